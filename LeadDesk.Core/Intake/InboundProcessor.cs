using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Intake;

/// <summary>
/// Works on stored events right behind the answer: woken by the door, and once a second by itself for what another node
/// stored or what waited for its time. Any number of nodes may run one.
/// </summary>
internal sealed partial class InboundProcessor(InboundClaims claims, InboundRunner runner, InboundSignal signal, TimeProvider clock, ILogger<InboundProcessor> logger) : BackgroundService
{
    private const int ClaimedAtOnce = 400;

    /// <summary>One answer of Graph names at most fifty leads; two such make a batch.</summary>
    private const int LargestBatch = 100;

    /// <summary>Forms and mails carry files: few of them in memory at once.</summary>
    private const int LargestHeavyBatch = 4;

    /// <summary>One slow source must not hold up the others.</summary>
    private const int BatchesAtOnce = 8;

    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    /// <summary>Between two claims while much comes in, so that each takes many events instead of one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim slots = new(BatchesAtOnce, BatchesAtOnce);

    public override void Dispose()
    {
        slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host must not wait for the first look at the database.
        await Task.Yield();
        using var timer = new PeriodicTimer(Rhythm, clock);
        var running = new List<Task>();
        try
        {
            await ReleaseAsync(stoppingToken);
            while (true)
            {
                running.RemoveAll(static task => task.IsCompleted);
                var claimed = await StartDueAsync(running, stoppingToken);
                timer.Period = claimed switch { null => AfterFailure, 0 => Rhythm, _ => Pause };
                if (claimed is 0)
                    await signal.WaitAsync(timer, stoppingToken);
                else if (claimed is not ClaimedAtOnce)
                    await signal.WaitForTickAsync(timer, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; claims run out and what waits is done after the next start.
        }

        await Task.WhenAll(running);
    }

    private async Task ReleaseAsync(CancellationToken stoppingToken)
    {
        try
        {
            await claims.ReleaseAllAsync(clock.GetUtcNow().UtcDateTime, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The claims run out by themselves.
            LogCannotClaim(logger, exception, InboundClaims.Lease.TotalSeconds);
        }
    }

    /// <returns>How many events were claimed; null when the database did not let us.</returns>
    private async Task<int?> StartDueAsync(List<Task> running, CancellationToken stoppingToken)
    {
        try
        {
            await slots.WaitAsync(stoppingToken);
            slots.Release();
            var claimed = await claims.ClaimAsync(runner.Sources, ClaimedAtOnce, clock.GetUtcNow().UtcDateTime, stoppingToken);
            foreach (var group in claimed.GroupBy(one => (one.CompanyId, one.Source)))
            {
                foreach (var batch in group.Select(one => one.Id).Chunk(group.Key.Source is InboundSources.Form or InboundSources.Email ? LargestHeavyBatch : LargestBatch))
                {
                    await slots.WaitAsync(stoppingToken);
                    running.Add(RunAsync(group.Key.CompanyId, group.Key.Source, batch, stoppingToken));
                }
            }

            return claimed.Count;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogCannotClaim(logger, exception, AfterFailure.TotalSeconds);
            return null;
        }
    }

    private async Task RunAsync(long companyId, string source, long[] ids, CancellationToken stoppingToken)
    {
        using var done = new CancellationTokenSource();
        var keeping = KeepAsync(ids, done.Token);
        try
        {
            await runner.RunAsync(companyId, source, ids, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The claims run out; the next runner does them.
        }
        catch (Exception exception)
        {
            LogCannotRecord(logger, exception, ids.Length, source);
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
            slots.Release();
        }
    }

    /// <summary>A source that answers slowly must not have its events taken from us.</summary>
    private async Task KeepAsync(long[] ids, CancellationToken done)
    {
        using var timer = new PeriodicTimer(InboundClaims.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
                await claims.RenewAsync(ids, clock.GetUtcNow().UtcDateTime, done);
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The batch is done.
        }
        catch (Exception exception)
        {
            // Another runner may take them over; each lead is made once all the same.
            LogCannotRenew(logger, exception, ids.Length);
        }
    }

    [LoggerMessage(LogLevel.Error, "Waiting events could not be claimed; trying again in {Seconds} s.")]
    private static partial void LogCannotClaim(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(LogLevel.Warning, "The claims of {Count} events could not be renewed.")]
    private static partial void LogCannotRenew(ILogger logger, Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "What became of {Count} events of {Source} could not be stored; they will be worked on again.")]
    private static partial void LogCannotRecord(ILogger logger, Exception exception, int count, string source);
}

/// <summary>Tells this process's processor that there is something to do.</summary>
internal sealed class InboundSignal
{
    // One waiting signal is enough: the processor looks for everything that is due.
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task<bool>? tick;
    private Task<bool>? woken;

    /// <summary>Call after the commit that stored an event.</summary>
    public void Wake() => signals.Writer.TryWrite(true);

    /// <summary>Until the timer ticks. For one reader.</summary>
    public async Task WaitForTickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        await (tick ?? timer.WaitForNextTickAsync(cancellationToken).AsTask());
        tick = null;
    }

    /// <summary>Until somebody wakes it or the timer ticks. For one reader.</summary>
    public async Task WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        // What was not waited for to the end goes on for the next wait: a timer takes one waiter, and a channel would gather them.
        tick ??= timer.WaitForNextTickAsync(cancellationToken).AsTask();
        woken ??= signals.Reader.WaitToReadAsync(cancellationToken).AsTask();
        await await Task.WhenAny(tick, woken);
        if (tick.IsCompleted)
            tick = null;
        if (!woken.IsCompleted)
            return;
        signals.Reader.TryRead(out _);
        woken = null;
    }
}
