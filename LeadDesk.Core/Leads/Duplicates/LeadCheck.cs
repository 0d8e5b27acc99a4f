using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

internal sealed record LeadCheckMatch(ComparedLead Lead, MatchScore Score);

/// <summary>
/// Compares one lead with those of the company that could be the same person. They are found by indexed keys alone (address,
/// near key, name in both orders), so the time does not grow with the company.
/// </summary>
internal static class LeadCheck
{
    /// <summary>More leads under one key say nothing about any of them.</summary>
    private const int MostOfAKey = 10;

    /// <summary>Letters of the second word that must agree.</summary>
    private const int SecondWordLetters = 2;

    public static async Task<IReadOnlyList<LeadCheckMatch>> OfLeadAsync(AppDbContext context, CompanyRules company, long leadId, CancellationToken cancellationToken)
    {
        return await ComparedLeads.OfAsync(context, company, [leadId], cancellationToken) is [var lead, ..]
            ? await FindAsync(context, company, lead, LeadMatcher.DefaultThreshold, cancellationToken)
            : [];
    }

    /// <returns>Those at or above <paramref name="least"/>, the surest first.</returns>
    public static async Task<IReadOnlyList<LeadCheckMatch>> FindAsync(AppDbContext context, CompanyRules company, ComparedLead lead, int least, CancellationToken cancellationToken)
    {
        var ids = await CandidatesAsync(context, lead, cancellationToken);
        if (ids.Count is 0)
            return [];
        var (mine, theirs) = (new ProfileWriter(), new ProfileWriter());
        var profile = mine.Write(lead).Packed.ToArray();
        var matches = new List<LeadCheckMatch>();
        foreach (var other in await ComparedLeads.OfAsync(context, company, ids, cancellationToken))
            matches.Add(new LeadCheckMatch(other, LeadMatcher.Compare(new Profile(profile), theirs.Write(other), ValueRarity.Usual)));
        return [.. matches.Where(match => match.Score.Score >= least).OrderByDescending(match => match.Score.Bits)];
    }

    private static async Task<List<long>> CandidatesAsync(AppDbContext context, ComparedLead lead, CancellationToken cancellationToken)
    {
        var signs = LeadContacts.Near(lead.Phone, lead.EmailValid ? lead.Email : null).ToList();
        var byKeys = context.LeadNearKeys.Where(row => signs.Contains(row.Value)).Select(row => row.LeadId).Take(MostOfAKey * 2);
        if (NameRanges(lead.Name) is not [var straight, var turned])
            return signs.Count is 0 ? [] : await byKeys.Where(id => id != lead.Id).Distinct().ToListAsync(cancellationToken);
        // One trip for all; the branches are index walks.
#pragma warning disable CA1309 // The only comparison EF Core translates; both databases compare bytes.
        var all = byKeys
            .Concat(context.Leads.Where(row => string.Compare(row.NameKey, straight.From) >= 0 && string.Compare(row.NameKey, straight.To) < 0).Select(row => row.Id).Take(MostOfAKey))
            .Concat(context.Leads.Where(row => string.Compare(row.NameKey, turned.From) >= 0 && string.Compare(row.NameKey, turned.To) < 0).Select(row => row.Id).Take(MostOfAKey));
#pragma warning restore CA1309
        return [.. (await all.ToListAsync(cancellationToken)).Distinct().Where(id => id != lead.Id)];
    }

    /// <summary>"ali khan" asks for names from "ali kh" on, and from "khan al" on.</summary>
    private static (string From, string To)[] NameRanges(string? name)
    {
        if (SearchText.SortKey(name) is var key && key.Split(' ') is not { Length: >= 2 } words)
            return [];
        var last = words[^1];
        return [Range(key[..Math.Min(key.Length, words[0].Length + 1 + SecondWordLetters)]), Range($"{last} {words[0][..Math.Min(SecondWordLetters, words[0].Length)]}")];
    }

    private static (string From, string To) Range(string prefix) => (prefix, prefix + "\uFFFD");
}
