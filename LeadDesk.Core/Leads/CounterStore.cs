using System.Text.Json;
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

    /// <summary>As many counters as one lead can stand in go by one statement each, whose text is the same every time.</summary>
    private const int FewCounters = 24;

    public static async Task ApplyAsync(AppDbContext context, long companyId, Dictionary<CounterKey, long> deltas, CancellationToken cancellationToken)
    {
        if (deltas.Count > FewCounters)
        {
            await ApplyManyAsync(context, companyId, InOrder(deltas).ToList(), cancellationToken);
            return;
        }

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

    private static Task ApplyManyAsync(AppDbContext context, long companyId, List<KeyValuePair<CounterKey, long>> deltas, CancellationToken cancellationToken)
    {
        const string Insert = "INSERT INTO lead_counters (company_id, metric, owner_id, day, key, count) ";
        const string Add = " ON CONFLICT (company_id, metric, owner_id, day, key) DO UPDATE SET count = lead_counters.count + excluded.count";
        if (deltas.Count is 0)
            return Task.CompletedTask;
        if (context.Database.IsNpgsql())
        {
            return context.Database.ExecuteSqlRawAsync(
                Insert + "SELECT {0}, * FROM unnest({1}, {2}, {3}, {4}, {5})" + Add,
                [
                    companyId,
                    deltas.ConvertAll(delta => (int)delta.Key.Metric).ToArray(),
                    deltas.ConvertAll(delta => delta.Key.OwnerId).ToArray(),
                    deltas.ConvertAll(delta => delta.Key.Day).ToArray(),
                    deltas.ConvertAll(delta => delta.Key.Key).ToArray(),
                    deltas.ConvertAll(delta => delta.Value).ToArray(),
                ],
                cancellationToken);
        }

        var rows = JsonSerializer.Serialize(deltas.ConvertAll(delta => new object[] { (int)delta.Key.Metric, delta.Key.OwnerId, delta.Key.Day, delta.Key.Key, delta.Value }));
        return context.Database.ExecuteSqlRawAsync(
            Insert + "SELECT {0}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each({1}) WHERE true" + Add, [companyId, rows], cancellationToken);
    }
}
