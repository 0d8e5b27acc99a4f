using System.Threading.Channels;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Intake.Monitor;
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

    private readonly Channel<IIntakeWork> waiting = Channel.CreateBounded<IIntakeWork>(new BoundedChannelOptions(LongestQueue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly IIntakeStore store;
    private readonly LiveFeed feed;
    private readonly JobSignal jobs;
    private readonly TimeProvider clock;
    private readonly ILogger<IntakeWriter> logger;
    private readonly Task loop;

    public IntakeWriter(Database database, LiveFeed feed, JobSignal jobs, TimeProvider clock, ILogger<IntakeWriter> logger)
    {
        store = database.Engine is DatabaseEngine.Sqlite ? new SqliteIntakeStore(database) : new PostgresIntakeStore(database);
        (this.feed, this.jobs, this.clock, this.logger) = (feed, jobs, clock, logger);
        loop = Task.Run(RunAsync);
    }

    /// <exception cref="IntakeOverloadedException">Too many messages wait already; nothing was stored.</exception>
    public Task<IntakeResult> StoreAsync(IntakeItem item) =>
        waiting.Writer.TryWrite(item) ? item.Completion.Task : throw new IntakeOverloadedException();

    /// <summary>Stores events as they are, to be worked on later; those that are here already are left alone.</summary>
    /// <exception cref="IntakeOverloadedException">Too many messages wait already; nothing was stored.</exception>
    public Task StoreAsync(RawEvents events) =>
        waiting.Writer.TryWrite(events) ? events.Completion.Task : throw new IntakeOverloadedException();

    public Task<IntakeState> LookUpAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken) => store.LookUpAsync(items, cancellationToken);

    /// <summary>Stores rows of a file.</summary>
    /// <exception cref="IntakeOverloadedException">Too many messages wait already; nothing was stored.</exception>
    public Task<ImportTally> StoreAsync(ImportBatch rows) =>
        waiting.Writer.TryWrite(rows) ? rows.Completion.Task : throw new IntakeOverloadedException();

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
        await store.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<IIntakeWork>(LargestBatch);
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            var rows = 0;
            while (rows < LargestBatch && waiting.Reader.TryRead(out var work))
            {
                batch.Add(work);
                rows += work.Rows;
            }

            await StoreAsync(batch);
        }
    }

    private async Task StoreAsync(List<IIntakeWork> batch)
    {
        try
        {
            await CommitAsync(batch);
        }
        catch (Exception exception) when (batch.Count > 1 && !Database.IsUnavailable(exception))
        {
            // One message must not take the others with it: each gets a transaction of its own.
            LogSplit(logger, batch.Count, exception);
            foreach (var work in batch)
                await StoreAsync([work]);
        }
        catch (Exception exception)
        {
            foreach (var work in batch)
                work.Fail(exception);
        }
    }

    private async Task CommitAsync(List<IIntakeWork> batch)
    {
        var items = batch.OfType<IntakeItem>().ToList();
        var raw = batch.OfType<RawEvents>().ToList();
        var imports = batch.OfType<ImportBatch>().ToList();
        List<IntakeItem> all = imports.Count is 0 ? items : [.. items, .. imports.SelectMany(static rows => rows.Items)];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await store.BeginAsync(all, CancellationToken.None);
                var planner = new IntakePlanner(all.Count > 0 ? await transaction.LoadAsync(CancellationToken.None) : IntakeState.Nothing, clock.GetUtcNow().UtcDateTime);
                var results = items.ConvertAll(planner.Plan);
                var tallies = imports.ConvertAll(planner.Plan);
                foreach (var events in raw)
                    planner.Rows.RawEvents.AddRange(events.Events);
                await transaction.CommitAsync(planner.Rows, CancellationToken.None);
                for (var i = 0; i < items.Count; i++)
                    items[i].Completion.TrySetResult(results[i]);
                for (var i = 0; i < imports.Count; i++)
                    imports[i].Succeed(tallies[i]);
                foreach (var events in raw)
                    events.Completion.TrySetResult();
                feed.Publish(planner.Events);
                Count(planner.Rows);
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

    private static void Count(IntakeRows rows)
    {
        foreach (var row in rows.Events)
            IntakeMeter.Became(row.Source, row.State);
        foreach (var closed in rows.ClosedEvents)
            IntakeMeter.Became(closed.Item.Incoming.Source, InboundState.Processed);
        foreach (var row in rows.RawEvents)
            IntakeMeter.Became(row.Source, row.State);
    }

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} messages failed and is stored one by one.")]
    private static partial void LogSplit(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Debug, "Attempt {Attempt} to store {Count} messages met another node's and is repeated.")]
    private static partial void LogRace(ILogger logger, int attempt, int count);
}

/// <summary>More comes in than can be stored. HTTP 503, nothing was stored.</summary>
public sealed class IntakeOverloadedException() : Exception("Too many messages wait to be stored.");
