using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Adds changes to the running totals inside the caller's transaction.</summary>
internal static class CounterStore
{
    /// <summary>In this order everywhere, so that transactions that meet on PostgreSQL do not deadlock.</summary>
    public static IEnumerable<KeyValuePair<CounterKey, long>> InOrder(Dictionary<CounterKey, long> deltas) =>
        deltas.Where(delta => delta.Value is not 0)
            .OrderBy(delta => delta.Key.Metric).ThenBy(delta => delta.Key.OwnerId).ThenBy(delta => delta.Key.Day).ThenBy(delta => delta.Key.Key, StringComparer.Ordinal);

    public static async Task ApplyAsync(AppDbContext context, long companyId, Dictionary<CounterKey, long> deltas, CancellationToken cancellationToken)
    {
        foreach (var ((metric, day, owner, key), change) in InOrder(deltas))
        {
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO lead_counters (company_id, metric, owner_id, day, key, count) VALUES ({companyId}, {(int)metric}, {owner}, {day}, {key}, {change})
                ON CONFLICT (company_id, metric, owner_id, day, key) DO UPDATE SET count = lead_counters.count + excluded.count
                """,
                cancellationToken);
        }
    }
}
