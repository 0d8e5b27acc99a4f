using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <summary>Leads with one of these facets: what stands for "contains" where the keys of a facet are few.</summary>
internal sealed record FacetKeysTest(LeadFacetKind Facet, IReadOnlyList<string> Keys) : LeadTest;

/// <summary>
/// Few facts have many values: cities, campaigns, sources. Their keys are read from one to the next along the index, a few microseconds each, and
/// "contains" is asked of the keys instead of the leads.
/// </summary>
internal static class LeadFacetKeys
{
    private const int MostKeys = 300;

    /// <returns>A test that all leads meet which meet this one, for looking them up.</returns>
    public static async Task<LeadTest> ResolveAsync(AppDbContext context, LeadTest test, CancellationToken cancellationToken)
    {
        switch (test)
        {
            case AnyTest any:
                return new AnyTest(await ResolveAsync(context, any.Parts, cancellationToken));
            case AllTests all:
                return new AllTests(await ResolveAsync(context, all.Parts, cancellationToken));
            // A key begins with a letter or a digit, so what does not may stand before it.
            case TextTest { Match: TextMatch.Contains, Value: [var first, ..] piece, Field: var field } when char.IsLetterOrDigit(first) && LeadFacets.OfField(field) is { } facet:
                var keys = await ReadAsync(context, facet, cancellationToken);
                return keys.Count > MostKeys ? test : new FacetKeysTest(facet, keys.FindAll(key => key.Length >= Common.SearchText.MaxSortKey - 1 || key.Contains(piece, StringComparison.Ordinal)));
            default:
                return test;
        }
    }

    public static async Task<List<LeadTest>> ResolveAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken)
    {
        var resolved = new List<LeadTest>();
        foreach (var test in tests)
            resolved.Add(await ResolveAsync(context, test, cancellationToken));
        return resolved;
    }

    /// <returns>In their order; one more than <see cref="MostKeys"/> when there are more.</returns>
    private static Task<List<string>> ReadAsync(AppDbContext context, LeadFacetKind facet, CancellationToken cancellationToken)
    {
        var (company, number) = (context.CompanyId, (int)facet);
        return context.Database.SqlQuery<string>(
            $"""
            WITH RECURSIVE found (key, number) AS (
                SELECT min(key), 1 FROM lead_facets WHERE company_id = {company} AND facet = {number}
                UNION ALL
                SELECT (SELECT min(later.key) FROM lead_facets AS later WHERE later.company_id = {company} AND later.facet = {number} AND later.key > found.key), found.number + 1
                FROM found WHERE found.key IS NOT NULL AND found.number <= {MostKeys})
            SELECT key AS "Value" FROM found WHERE key IS NOT NULL
            """).ToListAsync(cancellationToken);
    }
}
