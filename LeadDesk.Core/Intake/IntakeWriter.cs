using System.Threading.Channels;
using LeadDesk.Data;
using LeadDesk.Intake.Storage;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Intake;

/// <summary>
/// Shared commits: whatever waits while one transaction is being made durable goes into the next one together. A
/// sender is answered only after its commit. Under load a commit carries many messages, alone it carries one at once.
/// </summary>
internal sealed partial class IntakeWriter : IAsyncDisposable
{
    /// <summary>Larger commits gain little and make everybody wait longer.</summary>
    private const int LargestBatch = 256;

    /// <summary>Messages waiting beyond this are refused with "try again", so that memory stays bounded.</summary>
    private const int LongestQueue = 10_000;

    private const int AttemptsAfterRaces = 5;

    private readonly Channel<IntakeItem> waiting = Channel.CreateBounded<IntakeItem>(new BoundedChannelOptions(LongestQueue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly IIntakeStore store;
    private readonly LiveFeed feed;
    private readonly JobSignal jobs;
    private readonly ILogger<IntakeWriter> logger;
    private readonly Task loop;

    public IntakeWriter(Database database, LiveFeed feed, JobSignal jobs, ILogger<IntakeWriter> logger)
    {
        store = database.Engine is DatabaseEngine.Sqlite ? new SqliteIntakeStore(database) : new PostgresIntakeStore(database);
        (this.feed, this.jobs, this.logger) = (feed, jobs, logger);
        loop = Task.Run(RunAsync);
    }

    /// <exception cref="IntakeOverloadedException">Too many messages wait already; nothing was stored.</exception>
    public Task<IntakeResult> StoreAsync(IntakeItem item) =>
        waiting.Writer.TryWrite(item) ? item.Completion.Task : throw new IntakeOverloadedException();

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
        await store.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<IntakeItem>(LargestBatch);
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && waiting.Reader.TryRead(out var item))
                batch.Add(item);
            await StoreAsync(batch);
        }
    }

    private async Task StoreAsync(List<IntakeItem> batch)
    {
        try
        {
            await CommitAsync(batch);
        }
        catch (Exception exception) when (batch.Count > 1 && !Database.IsUnavailable(exception))
        {
            // One message must not take the others with it: each gets a transaction of its own.
            LogSplit(logger, batch.Count, exception);
            foreach (var item in batch)
                await StoreAsync([item]);
        }
        catch (Exception exception)
        {
            foreach (var item in batch)
                item.Completion.TrySetException(exception);
        }
    }

    private async Task CommitAsync(List<IntakeItem> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await store.BeginAsync(batch, CancellationToken.None);
                var planner = new IntakePlanner(await transaction.LoadAsync(CancellationToken.None));
                var results = batch.ConvertAll(planner.Plan);
                await transaction.CommitAsync(planner.Rows, CancellationToken.None);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Completion.TrySetResult(results[i]);
                feed.Publish(planner.Events);
                if (planner.Rows.Jobs.Count > 0)
                    jobs.Wake();
                return;
            }
            catch (Exception exception) when (attempt < AttemptsAfterRaces && Database.IsLostRace(exception))
            {
                LogRace(logger, attempt, batch.Count);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} messages failed and is stored one by one.")]
    private static partial void LogSplit(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Debug, "Attempt {Attempt} to store {Count} messages met another node's and is repeated.")]
    private static partial void LogRace(ILogger logger, int attempt, int count);
}

/// <summary>More comes in than can be stored. HTTP 503, nothing was stored.</summary>
public sealed class IntakeOverloadedException() : Exception("Too many messages wait to be stored.");
