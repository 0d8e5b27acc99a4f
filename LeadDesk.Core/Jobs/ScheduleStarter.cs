using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace LeadDesk.Jobs;

/// <summary>
/// Starts Quartz once the program answers: on PostgreSQL it first reads its catalogue and joins the cluster, and nobody who
/// opens a page should wait for that. A database that is away at that moment is tried again.
/// </summary>
internal sealed partial class ScheduleStarter(
    ISchedulerFactory factory, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ScheduleStarter> logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private IScheduler? _scheduler;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is not null)
            await _scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        using var retry = new PeriodicTimer(RetryInterval, time);
        do
        {
            try
            {
                _scheduler = await factory.GetScheduler(stoppingToken);
                await _scheduler.Start(stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogCannotStart(logger, exception);
            }
        }
        while (await retry.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "The schedules could not be started; trying again.")]
    private static partial void LogCannotStart(ILogger logger, Exception exception);
}
