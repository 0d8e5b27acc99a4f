using System.Collections.Concurrent;
using LeadDesk.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Jobs;

/// <summary>
/// Does the jobs that are due: claims as many as it has room for, runs them side by side, and writes down how each ended.
/// Any number of runners on any number of machines may work on one database.
/// </summary>
internal sealed partial class JobRunner(
    Database database,
    IServiceScopeFactory scopes,
    IEnumerable<JobHandlerRegistration> handlers,
    JobSignal signal,
    JobRunnerHealth health,
    TimeProvider time,
    ILogger<JobRunner> logger) : BackgroundService
{
    /// <summary>Jobs mostly wait for the database or another server, so there may be more of them than cores.</summary>
    private const int Concurrency = 8;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseCareInterval = JobStore.Lease / 4;

    /// <summary>How long running jobs may go on when the process stops; less than the host waits (30 s).</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, JobHandlerRegistration> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, RunningJob> _running = new();
    private readonly JobStore _store = new(database, $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host must not wait for the first look at the database.
        await Task.Yield();
        // A timer that only signals: the loop then waits for one thing, be it a new job, a free place or a tick.
        await using var poll = time.CreateTimer(static state => ((JobSignal)state!).Wake(), signal, TimeSpan.Zero, PollInterval);
        var leases = CareForLeasesAsync(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await signal.WaitAsync(stoppingToken);
                await StartDueJobsAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }

        await leases;
        await StopRunningJobsAsync();
    }

    private async Task StartDueJobsAsync(CancellationToken stoppingToken)
    {
        var room = Concurrency - _running.Count;
        if (room <= 0 || _handlers.Count is 0)
        {
            health.Looked(time.GetUtcNow().UtcDateTime);
            return;
        }

        try
        {
            foreach (var job in await _store.ClaimAsync([.. _handlers.Keys], room, time.GetUtcNow().UtcDateTime, stoppingToken))
                Start(job);
            health.Looked(time.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The database is away or busy: the next tick tries again, and the health check tells when that goes on.
            LogCannotClaim(logger, exception);
        }
    }

    private void Start(Job job)
    {
        var running = new RunningJob();
        _running[job.Id] = running;
        running.Task = Task.Run(async () =>
        {
            try
            {
                await RunAsync(job, running.Cancellation.Token);
            }
            finally
            {
                // Only this run: a job that failed may have been claimed again by now.
                _running.TryRemove(KeyValuePair.Create(job.Id, running));
                running.Cancellation.Dispose();
                signal.Wake();
            }
        });
    }

    private async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(job, cancellationToken);
        }
        catch (Exception exception)
        {
            // The claim runs out, and the job is tried again: that is what at-least-once means.
            LogCannotRecord(logger, exception, job.Id, job.Kind);
        }
    }

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await _handlers[job.Kind].RunAsync(scope.ServiceProvider, new JobRun(job.Id, job.CompanyId, job.Payload, job.Attempts), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(logger, job.Id, job.Kind);
            await _store.GiveBackAsync(job.Id);
            return;
        }
        catch (Exception exception)
        {
            var delay = RetrySchedule.DelayAfter(job.Attempts, Random.Shared.NextDouble());
            LogFailed(logger, exception.GetType().Name, job.Id, job.Kind, job.Attempts, delay is null);
            await _store.FailAsync(job.Id, JobError.Describe(exception), time.GetUtcNow().UtcDateTime + delay);
            return;
        }

        await _store.FinishAsync(job.Id);
    }

    /// <summary>Keeps the claims of long jobs, and takes over those of processes that died.</summary>
    private async Task CareForLeasesAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LeaseCareInterval, time);
        try
        {
            do
            {
                try
                {
                    await CareForLeasesOnceAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    LogCannotRenew(logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; the grace time is shorter than a lease.
        }
    }

    private async Task CareForLeasesOnceAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ids = _running.Keys.ToArray();
        if (ids.Length > 0)
        {
            var kept = await _store.RenewAsync(ids, now, stoppingToken);
            foreach (var lost in ids.Except(kept))
                await CancelAsync(lost);
        }

        var takenOver = await _store.TakeOverAsync(now, stoppingToken);
        if (takenOver is 0)
            return;
        LogTakenOver(logger, takenOver);
        signal.Wake();
    }

    private async Task StopRunningJobsAsync()
    {
        var tasks = _running.Values.Select(running => running.Task).ToArray();
        try
        {
            await Task.WhenAll(tasks).WaitAsync(Grace, time);
        }
        catch (TimeoutException)
        {
            foreach (var id in _running.Keys)
                await CancelAsync(id);
            await Task.WhenAll(tasks);
        }

        try
        {
            await _store.GiveBackAllAsync();
        }
        catch (Exception exception)
        {
            // The claims run out by themselves.
            LogCannotGiveBack(logger, exception);
        }
    }

    private async Task CancelAsync(long id)
    {
        if (!_running.TryGetValue(id, out var running))
            return;
        try
        {
            await running.Cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
    }

    private sealed class RunningJob
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public Task Task { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "Job {Id} ({Kind}) failed with {Error} in attempt {Attempt}; parked: {Parked}.")]
    private static partial void LogFailed(ILogger logger, string error, long id, string kind, int attempt, bool parked);

    [LoggerMessage(LogLevel.Information, "Job {Id} ({Kind}) was interrupted and given back.")]
    private static partial void LogInterrupted(ILogger logger, long id, string kind);

    [LoggerMessage(LogLevel.Warning, "Took over {Count} jobs of a process that ended.")]
    private static partial void LogTakenOver(ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Due jobs could not be claimed; trying again.")]
    private static partial void LogCannotClaim(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Claims could not be given back; they run out within a minute.")]
    private static partial void LogCannotGiveBack(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Claims could not be renewed; trying again.")]
    private static partial void LogCannotRenew(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "How job {Id} ({Kind}) ended could not be stored; it will run again.")]
    private static partial void LogCannotRecord(ILogger logger, Exception exception, long id, string kind);
}
