using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Finding leads by what a person types: parts of names, e-mails, messages, and phone numbers in any spelling.
/// Letters in threes are indexed (SQLite FTS5, PostgreSQL pg_trgm); <see cref="LeadSearchIndexer"/> follows every change.
/// When the index is asked, and when the list is walked instead, <see cref="LeadFinder"/> decides.
/// </summary>
internal static class LeadSearch
{
    /// <returns>Null when there is nothing to look for.</returns>
    public static async Task<LeadSearchTerms?> ReadAsync(AppDbContext context, string? typed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        var region = await context.Companies.Where(company => company.Id == context.CompanyId).Select(company => company.Region).FirstOrDefaultAsync(cancellationToken);
        var terms = LeadSearchTerms.Read(typed, region);
        return terms.Pieces.Count is 0 && terms.NameStart is null ? null : terms;
    }

    /// <summary>
    /// The leads by their primary key. SQLite has no statistics of our tables and would take the list's index to be a few rows
    /// long, so there the order of the join is ours.
    /// </summary>
    public static IQueryable<Lead> WithIds(AppDbContext context, IReadOnlyList<long> ids) => context.Database.IsSqlite()
        ? context.Leads.FromSql($"SELECT lead.* FROM json_each({JsonSerializer.Serialize(ids)}) AS found CROSS JOIN leads AS lead ON lead.id = found.value")
        : context.Leads.Where(lead => EF.Parameter(ids).Contains(lead.Id));

    /// <summary>
    /// Leads among which all are whose indexed text has everything that was typed. SQLite's index knows no places: of longer pieces there may be leads that have
    /// their threes elsewhere, of other companies too; who asks looks at the leads themselves.
    /// </summary>
    public static IndexedTest Indexed(AppDbContext context, LeadSearchTerms terms, int rank)
    {
        if (terms.NameStart is { } start)
        {
            var beyond = start + "\U0010FFFF";
#pragma warning disable CA1309 // The only comparison EF Core translates; both databases compare bytes.
            return new(context.Leads.Where(lead => string.Compare(lead.NameKey, start) >= 0 && string.Compare(lead.NameKey, beyond) < 0).Select(lead => lead.Id), rank);
#pragma warning restore CA1309
        }

        if (context.Database.IsSqlite())
        {
            var threes = MatchOf(terms);
            return new(context.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM lead_search_threes WHERE lead_search_threes MATCH {threes}"), rank, IndexedTest.WeightOfThrees);
        }

        var entries = terms.Pieces.Aggregate(context.SearchEntries.AsQueryable(), (found, piece) => found.Where(entry => entry.Text.Contains(piece)));
        return new(entries.Select(entry => entry.LeadId), rank, IndexedTest.WeightOfText);
    }

    /// <summary>As FTS5 reads it, with everything quoted so that nothing typed acts as syntax.</summary>
    private static string MatchOf(LeadSearchTerms terms) =>
        string.Join(" AND ", terms.Indexed.SelectMany(LeadSearchTerms.Threes).Distinct(StringComparer.Ordinal)
            .Select(three => $"\"{three.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}
