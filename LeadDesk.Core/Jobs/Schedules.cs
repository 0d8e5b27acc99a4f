using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.Extensions.Logging;
using Quartz;

namespace LeadDesk.Jobs;

/// <summary>A job that is asked for again and again.</summary>
/// <param name="Name">Unique; on PostgreSQL the schedule's row is found by it. Never changes.</param>
/// <param name="Every">From some seconds on: a rhythm, not a clock.</param>
public sealed record Schedule(string Name, string JobKind, TimeSpan Every);

/// <summary>
/// What runs by the clock. A schedule only adds a job: the work itself is claimed, retried and shown like any other.
/// The job's unique key keeps it from piling up when it takes longer than its rhythm, and from being added twice by two nodes.
/// </summary>
public static class Schedules
{
    public static IReadOnlyList<Schedule> All { get; } =
    [
        new("scoring.rescore", "scoring.rescore", TimeSpan.FromMinutes(1)),
        new("housekeeping.idempotency", "housekeeping.idempotency", TimeSpan.FromHours(1)),
        new("forms.due", "forms.due", TimeSpan.FromSeconds(30)),
        new("meta.due", "meta.due", TimeSpan.FromSeconds(5)),
        new("meta.conversions", "meta.conversions", TimeSpan.FromMinutes(1)),
        new("housekeeping.trash", "housekeeping.trash", TimeSpan.FromHours(1)),
        new("housekeeping.notices", "housekeeping.notices", TimeSpan.FromHours(1)),
        new("housekeeping.events", "housekeeping.events", TimeSpan.FromHours(1)),
        new("housekeeping.imports", "housekeeping.imports", TimeSpan.FromHours(1)),
    ];
}

/// <summary>What Quartz runs: adds the job of the schedule that fired.</summary>
[DisallowConcurrentExecution]
internal sealed partial class EnqueueScheduledJob(Database database, JobSignal signal, TimeProvider time, ILogger<EnqueueScheduledJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        if (Schedules.All.FirstOrDefault(schedule => schedule.Name == name) is not { } schedule)
        {
            // Left in the database by an earlier version.
            await context.Scheduler.DeleteJob(context.JobDetail.Key, cancellationToken);
            LogRemoved(logger, name);
            return;
        }

        await EnqueueAsync(schedule, cancellationToken);
    }

    internal async Task<bool> EnqueueAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var added = await database.WriteAsync(
            CompanyScope.Installation,
            context => JobQueue.AddAsync(context, schedule.JobKind, companyId: null, payload: null, now, schedule.Name, now, cancellationToken),
            cancellationToken);
        signal.Wake();
        return added;
    }

    [LoggerMessage(LogLevel.Information, "Removed the schedule {Name}, which this version does not have.")]
    private static partial void LogRemoved(ILogger logger, string name);
}
