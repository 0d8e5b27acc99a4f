using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Counts a company's leads anew, because a change of its time zone moves them to other days. One transaction; changes of
/// leads wait until it is over, readers do not.
/// </summary>
internal sealed class RecountLeads(Database database, CompanyDirectory companies) : IJobHandler
{
    public static string Kind => CompanyService.RecountJob;

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("A recount belongs to a company.");
        // Another node may have changed the zone.
        companies.Forget(companyId);
        var company = await companies.GetAsync(companyId, cancellationToken);
        await database.WriteAsync(companyId, async context =>
        {
            await HoldCountersAsync(context, cancellationToken);
            var counters = await CountAsync(context, company.Zone, cancellationToken);
            await context.LeadCounters.ExecuteDeleteAsync(cancellationToken);
            context.LeadCounters.AddRange(counters.Select(counter => new LeadCounter
            {
                CompanyId = companyId,
                Metric = counter.Key.Metric,
                Day = counter.Key.Day,
                OwnerId = counter.Key.OwnerId,
                Key = counter.Key.Key,
                Count = counter.Value,
            }));
            return counters.Count;
        }, cancellationToken);
    }

    /// <summary>
    /// Whoever has counted already commits first, and so is seen below; whoever has not adds to the new totals afterwards.
    /// On SQLite a write is alone anyway.
    /// </summary>
    private async Task HoldCountersAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        if (database.Engine is DatabaseEngine.Postgres)
            await context.Database.ExecuteSqlAsync($"LOCK TABLE lead_counters IN EXCLUSIVE MODE", cancellationToken);
    }

    private static async Task<Dictionary<CounterKey, long>> CountAsync(AppDbContext context, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        // Only what counts: a million leads with their texts would be gigabytes.
        var leads = context.Leads.AsNoTracking().Select(lead => new Lead
        {
            Channel = lead.Channel,
            CreatedAt = lead.CreatedAt,
            FirstResponseAt = lead.FirstResponseAt,
            Grade = lead.Grade,
            Marks = lead.Marks,
            Outcome = lead.Outcome,
            OwnerId = lead.OwnerId,
            StageChangedAt = lead.StageChangedAt,
            StageId = lead.StageId,
            Value = lead.Value,
        });
        var counters = new Dictionary<CounterKey, long>();
        await foreach (var lead in leads.AsAsyncEnumerable().WithCancellation(cancellationToken))
            CounterKeys.Add(counters, lead, zone, +1);
        return counters;
    }
}
