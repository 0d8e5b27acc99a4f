using System.Globalization;
using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>The jobs of one connection. The key lets one of a kind wait or run at a time, on all nodes together.</summary>
internal static class MetaJobs
{
    public const string Schedule = "schedule";
    public const string Manual = "manual";
    public const string Backfill = "backfill";
    public const string Gap = "gap";

    /// <param name="Connection">Its id.</param>
    public sealed record Request(long Connection, string Trigger);

    /// <returns>False when one waits or runs already.</returns>
    public static Task<bool> AddAsync(AppDbContext context, string kind, MetaConnection connection, string trigger, DateTime now, CancellationToken cancellationToken) =>
        JobQueue.AddAsync(
            context,
            kind,
            connection.CompanyId,
            JsonSerializer.Serialize(new Request(connection.Id, trigger)),
            now,
            connection.Id.ToString(CultureInfo.InvariantCulture),
            now,
            cancellationToken);

    public static Request Read(JobRun run) => JsonSerializer.Deserialize<Request>(run.Payload!)!;
}

/// <summary>Asked for by the schedule: adds a run for every connection that is due, and the daily gap check.</summary>
internal sealed class MetaDue(Database database, JobSignal signal, TimeProvider clock) : IJobHandler
{
    /// <summary>More than runners could do until it is asked again.</summary>
    private const int Most = 500;

    private static readonly TimeSpan BetweenGapChecks = TimeSpan.FromDays(1);

    /// <summary>A check that failed is made again so much later.</summary>
    private static readonly TimeSpan AfterFailedCheck = TimeSpan.FromHours(1);

    public static string Kind => "meta.due";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<MetaConnection> due;
        List<MetaConnection> overdue;
        await using (var context = database.Open(CompanyScope.Installation))
        {
            var active = context.MetaConnections.IgnoreQueryFilters([AppDbContext.CompanyFilter]).Where(row => row.State == MetaConnectionState.Active);
            due = await active.Where(row => row.NextRunAt <= now).OrderBy(row => row.NextRunAt).Take(Most).ToListAsync(cancellationToken);
            overdue = await Unchecked(context, active, now).Take(Most).ToListAsync(cancellationToken);
        }

        if (due.Count + overdue.Count is 0)
            return;
        await database.WriteAsync(
            CompanyScope.Installation,
            async context =>
            {
                foreach (var connection in due)
                    await MetaJobs.AddAsync(context, MetaSync.Kind, connection, MetaJobs.Schedule, now, cancellationToken);
                foreach (var connection in overdue)
                    await MetaJobs.AddAsync(context, MetaGapCheck.Kind, connection, MetaJobs.Schedule, now, cancellationToken);
                return due.Count;
            },
            cancellationToken);
        signal.Wake();
    }

    private static IQueryable<MetaConnection> Unchecked(AppDbContext context, IQueryable<MetaConnection> active, DateTime now)
    {
        var (checkedBefore, failedBefore) = (now - BetweenGapChecks, now - AfterFailedCheck);
        var runs = context.MetaRuns.IgnoreQueryFilters([AppDbContext.CompanyFilter]);
        return active
            .Where(row => row.LastSyncAt != null && (row.LastGapCheckAt ?? row.CreatedAt) <= checkedBefore)
            .Where(row => !runs.Any(run => run.ConnectionId == row.Id && run.Trigger == MetaJobs.Gap && run.StartedAt > failedBefore))
            .OrderBy(row => row.Id);
    }
}
