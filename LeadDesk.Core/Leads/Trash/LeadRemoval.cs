using System.Text.Json;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Trash;

/// <summary>
/// Removes leads for good with everything that hangs on them. Which tables those are comes from the model itself (whatever has
/// a LeadId), so that a new one cannot be forgotten: rows of a lead go, rows that merely point to one lose the pointer.
/// </summary>
internal static class LeadRemoval
{
    /// <param name="ids">Leads of the context's company that are in the trash.</param>
    /// <returns>How many are gone: those that were merged into them go, too.</returns>
    public static async Task<int> RemoveAsync(AppDbContext context, long companyId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var all = await WithMergedAsync(context, [.. ids], cancellationToken);
        // Keys of signs begin with their value; they are found by the addresses that made them.
        var near = await NearKeysAsync(context, all, cancellationToken);
        await context.LeadNearKeys.Where(row => EF.Parameter(near).Contains(row.Value) && EF.Parameter(all).Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.PossibleDuplicates.Where(row => EF.Parameter(all).Contains(row.LeadId) || EF.Parameter(all).Contains(row.OtherLeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.BulkItems.Where(row => context.BulkChanges.Any(bulk => bulk.Id == row.BulkId && bulk.CompanyId == companyId) && EF.Parameter(all).Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        var merges = await context.MergedLeads.Where(row => EF.Parameter(all).Contains(row.LeadId)).Select(row => row.MergeId).Distinct().ToListAsync(cancellationToken);
        foreach (var statement in StatementsOf(context))
            await context.Database.ExecuteSqlRawAsync(statement, [Parameter(context, all)], cancellationToken);
        await context.LeadMerges.Where(row => EF.Parameter(merges).Contains(row.Id) && !context.MergedLeads.Any(merged => merged.MergeId == row.Id)).ExecuteDeleteAsync(cancellationToken);
        return await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => EF.Parameter(all).Contains(lead.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<List<long>> WithMergedAsync(AppDbContext context, List<long> ids, CancellationToken cancellationToken)
    {
        var all = new List<long>(ids);
        for (var level = ids; level.Count > 0; all.AddRange(level))
        {
            var into = level;
            level = await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter])
                .Where(lead => lead.DeletedAt != null && lead.MergedIntoId != null && EF.Parameter(into).Contains(lead.MergedIntoId.Value) && !EF.Parameter(all).Contains(lead.Id))
                .Select(lead => lead.Id).ToListAsync(cancellationToken);
        }

        return all;
    }

    private static async Task<List<string>> NearKeysAsync(AppDbContext context, List<long> ids, CancellationToken cancellationToken)
    {
        var contacts = await context.LeadContacts.Where(row => EF.Parameter(ids).Contains(row.LeadId) && row.Kind != ContactKind.ChannelId).Select(row => new { row.Kind, row.Value }).ToListAsync(cancellationToken);
        var leads = await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => EF.Parameter(ids).Contains(lead.Id))
            .Select(lead => new { lead.Phone, lead.Email, lead.EmailValid }).ToListAsync(cancellationToken);
        return
        [
            .. contacts.SelectMany(row => row.Kind is ContactKind.Phone ? LeadContacts.Near(row.Value, null) : LeadContacts.Near(null, row.Value))
                .Concat(leads.SelectMany(lead => LeadContacts.Near(lead.Phone, lead.EmailValid ? lead.Email : null)))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> StatementsOf(AppDbContext context)
    {
        // Those that need more than the lead's id to be found are done above.
        Type[] done = [typeof(LeadNearKey), typeof(PossibleDuplicate), typeof(Bulk.BulkItem)];
        var these = context.Database.IsNpgsql() ? " = ANY ({0})" : " IN (SELECT value FROM json_each({0}))";
        foreach (var entity in context.Model.GetEntityTypes())
        {
            if (done.Contains(entity.ClrType) || entity.FindProperty(nameof(LeadTag.LeadId)) is not { } property)
                continue;
            var (table, column) = (entity.GetTableName(), property.GetColumnName());
            yield return property.IsNullable ? string.Concat("UPDATE ", table, " SET ", column, " = NULL WHERE ", column, these) : string.Concat("DELETE FROM ", table, " WHERE ", column, these);
        }
    }

    private static object Parameter(AppDbContext context, List<long> ids) => context.Database.IsNpgsql() ? ids.ToArray() : JsonSerializer.Serialize(ids);
}
