using System.Text.Json;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Writes the facets of a batch of leads: what is new or changed, and what is not there any more. What stays the same costs a look.</summary>
internal static class LeadFacetStore
{
    private const string Changed = "ON CONFLICT (lead_id, facet) DO UPDATE SET key = excluded.key WHERE lead_facets.key <> excluded.key";

    public static async Task WriteAsync(AppDbContext context, IReadOnlyList<LeadSearchSource> leads, CancellationToken cancellationToken)
    {
        var facets = leads.SelectMany(lead => LeadFacets.Of(lead).Select(facet => new LeadFacet { CompanyId = lead.CompanyId, LeadId = lead.LeadId, Facet = (int)facet.Facet, Key = facet.Key })).ToList();
        if (context.Database.IsNpgsql())
        {
            await context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO lead_facets (lead_id, facet, key, company_id) SELECT * FROM unnest({{0}}, {{1}}, {{2}}, {{3}}) {Changed}",
                [
                    facets.Select(facet => facet.LeadId).ToArray(), facets.Select(facet => facet.Facet).ToArray(), facets.Select(facet => facet.Key).ToArray(),
                    facets.Select(facet => facet.CompanyId).ToArray(),
                ],
                cancellationToken);
        }
        else
        {
            var rows = JsonSerializer.Serialize(facets.Select(facet => new object[] { facet.LeadId, facet.Facet, facet.Key, facet.CompanyId }));
            await context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO lead_facets (lead_id, facet, key, company_id) SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each({{0}}) WHERE true {Changed}",
                [rows], cancellationToken);
        }

        await RemoveAsync(context, leads, facets, cancellationToken);
    }

    /// <summary>A city that was emptied.</summary>
    private static async Task RemoveAsync(AppDbContext context, IReadOnlyList<LeadSearchSource> leads, List<LeadFacet> facets, CancellationToken cancellationToken)
    {
        var ids = leads.Select(lead => lead.LeadId).ToList();
        var kept = facets.Select(facet => (facet.LeadId, facet.Facet)).ToHashSet();
        var stored = await context.LeadFacets.IgnoreQueryFilters().Where(facet => EF.Parameter(ids).Contains(facet.LeadId))
            .Select(facet => new { facet.LeadId, facet.Facet }).ToListAsync(cancellationToken);
        foreach (var gone in stored.Where(facet => !kept.Contains((facet.LeadId, facet.Facet))))
            await context.LeadFacets.IgnoreQueryFilters().Where(facet => facet.LeadId == gone.LeadId && facet.Facet == gone.Facet).ExecuteDeleteAsync(cancellationToken);
    }
}
