using System.Text.Json;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LeadDesk.Leads.Trash;

/// <summary>
/// Removes leads for good with everything that hangs on them, a whole table by one statement. Which tables those are comes from the
/// model itself (whatever has a LeadId), so that a new one cannot be forgotten: rows of a lead go, rows that merely point to one lose
/// the pointer. The running totals and the audit are the caller's work.
/// </summary>
internal static class LeadRemoval
{
    /// <param name="ids">Leads of the context's company.</param>
    /// <returns>How many are gone: those that were merged into them go, too.</returns>
    public static async Task<int> RemoveAsync(AppDbContext context, long companyId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        // What was planned while the tables were empty would read them whole.
        if (context.Database.IsNpgsql())
            await context.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off", cancellationToken);
        var all = await WithMergedAsync(context, [.. ids], cancellationToken);
        await RemoveNearKeysAsync(context, companyId, all, cancellationToken);
        var merges = await context.MergedLeads.Where(row => EF.Parameter(all).Contains(row.LeadId)).Select(row => row.MergeId).Distinct().ToListAsync(cancellationToken);
        foreach (var statement in StatementsOf(context))
            await context.Database.ExecuteSqlRawAsync(statement, [companyId, Parameter(context, all)], cancellationToken);
        if (merges.Count > 0)
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

    /// <summary>Keys of signs begin with their value, so each is found by the addresses that made it, together with its lead.</summary>
    private static async Task RemoveNearKeysAsync(AppDbContext context, long companyId, List<long> ids, CancellationToken cancellationToken)
    {
        var contacts = await context.LeadContacts.Where(row => EF.Parameter(ids).Contains(row.LeadId) && row.Kind != ContactKind.ChannelId).Select(row => new { row.LeadId, row.Kind, row.Value }).ToListAsync(cancellationToken);
        var leads = await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => EF.Parameter(ids).Contains(lead.Id))
            .Select(lead => new { lead.Id, lead.Phone, lead.Email, lead.EmailValid }).ToListAsync(cancellationToken);
        var keys = contacts.SelectMany(row => (row.Kind is ContactKind.Phone ? LeadContacts.Near(row.Value, null) : LeadContacts.Near(null, row.Value)).Select(value => (Value: value, Id: row.LeadId)))
            .Concat(leads.SelectMany(lead => LeadContacts.Near(lead.Phone, lead.EmailValid ? lead.Email : null).Select(value => (Value: value, lead.Id))))
            .ToHashSet();
        if (context.Database.IsNpgsql())
        {
            await context.Database.ExecuteSqlRawAsync(
                "DELETE FROM lead_near_keys AS near USING unnest({1}, {2}) AS gone (value, lead_id) WHERE near.company_id = {0} AND near.value = gone.value COLLATE \"C\" AND near.lead_id = gone.lead_id",
                [companyId, keys.Select(static key => key.Value).ToArray(), keys.Select(static key => key.Id).ToArray()], cancellationToken);
        }
        else
        {
            await context.Database.ExecuteSqlRawAsync(
                "DELETE FROM lead_near_keys WHERE (company_id, value, lead_id) IN (SELECT {0}, value ->> 0, value ->> 1 FROM json_each({1}))",
                [companyId, JsonSerializer.Serialize(keys.Select(static key => new object[] { key.Value, key.Id }))], cancellationToken);
        }
    }

    private static IEnumerable<string> StatementsOf(AppDbContext context)
    {
        var these = context.Database.IsNpgsql() ? "= ANY ({1})" : "IN (SELECT value FROM json_each({1}))";
        // The first of all: an indexer that has taken one of them is waited for, and what it wrote is removed below.
        yield return $"DELETE FROM search_queue WHERE lead_id {these}";
        yield return $"DELETE FROM possible_duplicates WHERE company_id = {{0}} AND other_lead_id {these}";
        yield return $"DELETE FROM bulk_items WHERE bulk_id IN (SELECT id FROM bulk_changes WHERE company_id = {{0}}) AND lead_id {these}";
        // Those that need more than the lead's id to be found are done.
        Type[] done = [typeof(SearchQueueEntry), typeof(LeadNearKey), typeof(Bulk.BulkItem)];
        foreach (var entity in context.Model.GetEntityTypes())
        {
            if (done.Contains(entity.ClrType) || entity.FindProperty(nameof(LeadTag.LeadId)) is not { } property)
                continue;
            var (table, column) = (entity.GetTableName(), property.GetColumnName());
            var company = IsFoundByLead(entity) ? "" : "company_id = {0} AND ";
            yield return property.IsNullable ? $"UPDATE {table} SET {column} = NULL WHERE {company}{column} {these}" : $"DELETE FROM {table} WHERE {company}{column} {these}";
        }
    }

    /// <summary>Whether a key or an index begins with the lead; the others begin with the company.</summary>
    private static bool IsFoundByLead(IEntityType entity) =>
        entity.GetIndexes().Select(static index => index.Properties).Concat(entity.GetKeys().Select(static key => key.Properties)).Any(static properties => properties[0].Name == nameof(LeadTag.LeadId));

    private static object Parameter(AppDbContext context, List<long> ids) => context.Database.IsNpgsql() ? ids.ToArray() : JsonSerializer.Serialize(ids);
}
