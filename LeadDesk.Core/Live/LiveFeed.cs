using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Live;

/// <summary>
/// Says what changed, to every open screen of every node. Publishing costs the caller only a short lock: events are
/// gathered and handed out on the pool, at once when it is quiet and every 20 ms when much happens.
/// It is a hint to read again, not a record: who needs every change reads the timeline or gets a job.
/// </summary>
public sealed partial class LiveFeed : IDisposable
{
    /// <summary>What waits for one company before it becomes one reload.</summary>
    internal const int WaitingPerCompany = 1000;

    private static readonly TimeSpan HandOutInterval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly EventBuffer _waiting = new(WaitingPerCompany);
    private readonly Throttle _handOut;
    private readonly ILogger<LiveFeed> _logger;
    private ImmutableDictionary<long, ImmutableHashSet<LiveSubscription>> _subscriptions = ImmutableDictionary<long, ImmutableHashSet<LiveSubscription>>.Empty;
    private Action<IReadOnlyList<LeadEvent>>? _otherNodes;

    public LiveFeed(TimeProvider time, ILogger<LiveFeed> logger)
    {
        _logger = logger;
        Signals = new LiveSignals(exception => LogFailed(logger, exception));
        _handOut = new Throttle(HandOutInterval, HandOutAsync, exception => LogFailed(logger, exception), time);
    }

    /// <summary>What passes without being a change of a lead.</summary>
    public LiveSignals Signals { get; }

    /// <summary>Call after the commit. Never throws and never waits for anybody.</summary>
    public void Publish(IReadOnlyList<LeadEvent> events)
    {
        if (events.Count is 0)
            return;
        Receive(events);
        _otherNodes?.Invoke(events);
    }

    /// <summary>
    /// Calls <paramref name="handler"/> on the pool with what changes in the company, in order, one call at a time, until disposed.
    /// A handler that is slow gets what happened meanwhile in one call, or a reload when that was too much; one that throws is
    /// logged and called again next time. Neither concerns the others.
    /// </summary>
    public IDisposable Subscribe(long companyId, Action<IReadOnlyList<LeadEvent>> handler)
    {
        var subscription = new LiveSubscription(companyId, handler, Remove, exception => LogFailed(_logger, exception));
        ImmutableInterlocked.AddOrUpdate(ref _subscriptions, companyId, _ => [subscription], (_, others) => others.Add(subscription));
        return subscription;
    }

    public void Dispose() => _handOut.Dispose();

    /// <summary>Where published events go besides this node's subscribers.</summary>
    internal void SendTo(Action<IReadOnlyList<LeadEvent>> otherNodes) => _otherNodes = otherNodes;

    /// <summary>Hands out what another node published.</summary>
    internal void Receive(IReadOnlyList<LeadEvent> events)
    {
        lock (_gate)
            _waiting.Add(events);
        _handOut.Request();
    }

    /// <summary>Tells every subscriber of this node to read again, because events may have been missed.</summary>
    internal void ReloadAll() => Receive([.. _subscriptions.Keys.Select(LeadEvent.Reload)]);

    private Task HandOutAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, List<LeadEvent>> changes;
        lock (_gate)
            changes = _waiting.Take();
        foreach (var (companyId, events) in changes)
        {
            foreach (var subscription in _subscriptions.GetValueOrDefault(companyId, []))
                subscription.Enqueue(events);
        }

        return Task.CompletedTask;
    }

    private void Remove(LiveSubscription subscription)
    {
        ImmutableInterlocked.Update(
            ref _subscriptions,
            static (all, gone) =>
            {
                if (!all.TryGetValue(gone.CompanyId, out var others))
                    return all;
                others = others.Remove(gone);
                return others.IsEmpty ? all.Remove(gone.CompanyId) : all.SetItem(gone.CompanyId, others);
            },
            subscription);
    }

    [LoggerMessage(LogLevel.Error, "A reader of live events failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
