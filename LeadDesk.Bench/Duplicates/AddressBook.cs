using LeadDesk.Bench.Lists;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Tests.Leads.Duplicates;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Bench.Duplicates;

/// <summary>
/// Makes the seeded leads into an address book without phones and e-mails, in which three of ten are careless copies: few names, streets
/// and dates for many people, so that nearly all must be compared by what they share with thousands.
/// </summary>
internal static class AddressBook
{
    private const int Seed = 7;
    private const int MostCopiesOfOne = 5;
    private const int MostMistakes = 8;
    private const double People = 1 / 1.3;
    private const int BatchSize = 20_000;

    private static readonly string[] Columns =
        [nameof(Lead.Name), nameof(Lead.NameKey), nameof(Lead.Phone), nameof(Lead.PhoneValid), nameof(Lead.Email), nameof(Lead.EmailValid), nameof(Lead.Organisation), nameof(Lead.City), nameof(Lead.Metadata)];

    /// <returns>For each lead, by its id, the number of the person it is.</returns>
    public static async Task<int[]> WriteAsync(Database product, int leads)
    {
        var people = (int)(leads * People);
        var made = new InventedPeople(Seed).Make(people, leads - people, MostCopiesOfOne, MostMistakes);
        var person = new int[leads + 1];
        foreach (var batch in made.Take(leads).Chunk(BatchSize))
        {
            foreach (var (lead, number) in batch)
                person[lead.Id] = number;
            await product.WriteAsync(Seeder.CompanyId, async context =>
            {
                await ManyRows.UpdateAsync(context, [.. batch.Select(row => LeadOf(row.Lead))], Columns, CancellationToken.None);
                return true;
            }, CancellationToken.None);
        }

        await product.WriteAsync(Seeder.CompanyId, async context =>
            await context.LeadNearKeys.ExecuteDeleteAsync() + await context.CustomFieldValues.ExecuteDeleteAsync() + await context.PossibleDuplicates.ExecuteDeleteAsync(), CancellationToken.None);
        return person;
    }

    /// <returns>The harmonic mean of how many of the scan's pairs are right and how many of the true ones it found.</returns>
    public static async Task<double> F1Async(Database product, int[] person)
    {
        var truth = person.Skip(1).CountBy(number => number).Sum(copies => (long)copies.Value * (copies.Value - 1) / 2);
        var (found, right) = (0L, 0L);
        await using var context = product.Open(Seeder.CompanyId);
        await foreach (var pair in context.PossibleDuplicates.Select(row => new { row.LeadId, row.OtherLeadId }).AsAsyncEnumerable())
        {
            found++;
            right += person[pair.LeadId] == person[pair.OtherLeadId] ? 1 : 0;
        }

        return 2.0 * right / (found + truth);
    }

    private static Lead LeadOf(ComparedLead lead) => new()
    {
        Id = lead.Id,
        CompanyId = Seeder.CompanyId,
        Channel = "",
        Name = lead.Name,
        NameKey = SearchText.SortKey(lead.Name),
        Metadata = lead.Metadata,
    };
}
