using LeadDesk.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Leads;

/// <summary>Keeps the search up to date behind the changes. Any number of nodes may run one.</summary>
public sealed partial class LeadSearchIndexer(Database database, TimeProvider time, ILogger<LeadSearchIndexer> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Indexes everything that waits, without pauses; for a database that nobody else uses yet.</summary>
    internal static async Task CatchUpAsync(Database database, CancellationToken cancellationToken)
    {
        while ((await LeadSearchQueue.IndexAsync(database, LeadSearchPace.LargeBatchSize, static () => { }, cancellationToken)).Taken > 0)
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host must not wait for the first look at the database.
        await Task.Yield();
        var pace = new LeadSearchPace();
        using var timer = new PeriodicTimer(LeadSearchPace.WhenIdle, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                timer.Period = await IndexAsync(pace, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what waits is done after the next start.
        }
    }

    /// <returns>The pause until the next batch.</returns>
    private async Task<TimeSpan> IndexAsync(LeadSearchPace pace, CancellationToken stoppingToken)
    {
        try
        {
            var begun = time.GetTimestamp();
            var batch = await LeadSearchQueue.IndexAsync(database, pace.Size, () => begun = time.GetTimestamp(), stoppingToken);
            return pace.PauseAfter(batch, time.GetElapsedTime(begun), database.HasLongRun);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(logger, exception, AfterFailure.TotalSeconds);
            return AfterFailure;
        }
    }

    [LoggerMessage(LogLevel.Error, "The search could not be brought up to date; trying again in {Seconds} s.")]
    private static partial void LogFailed(ILogger logger, Exception exception, double seconds);
}
