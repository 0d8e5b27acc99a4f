using System.Collections.Immutable;
using LeadDesk.Live;

namespace LeadDesk.Reports;

/// <summary>The dashboard of one company, or of one owner in it, while anybody looks at it.</summary>
internal sealed class DashboardSource : IDisposable
{
    private readonly long companyId;
    private readonly long owner;
    private readonly DashboardQueries queries;
    private readonly Lock gate = new();
    private readonly Throttle throttle;
    private readonly ITimer clock;
    private readonly IDisposable subscription;
    private ImmutableArray<Action> watchers = [];
    private readonly Action<Exception> failed;
    private volatile DashboardSnapshot? current;

    /// <param name="owner">0 for all leads.</param>
    public DashboardSource(long companyId, long owner, DashboardQueries queries, LiveFeed live, TimeProvider time, Action<Exception> failed)
    {
        (this.companyId, this.owner, this.queries, this.failed) = (companyId, owner, queries, failed);
        throttle = new Throttle(DashboardFeed.Interval, RefreshAsync, failed, time);
        // Before the first read, so that nothing that happens meanwhile is missed.
        subscription = live.Subscribe(companyId, Heard);
        clock = time.CreateTimer(static state => ((Throttle)state!).Request(), throttle, DashboardFeed.Clock, DashboardFeed.Clock);
        throttle.Request();
    }

    public DashboardSnapshot? Current => current;

    public void Add(Action watcher)
    {
        lock (gate)
        {
            watchers = watchers.Add(watcher);
            if (current is not null)
                Tell(watcher);
        }
    }

    /// <returns>Whether anybody still watches.</returns>
    public bool Remove(Action watcher)
    {
        lock (gate)
        {
            watchers = watchers.Remove(watcher);
            return !watchers.IsEmpty;
        }
    }

    public void Dispose()
    {
        subscription.Dispose();
        clock.Dispose();
        throttle.Dispose();
    }

    /// <summary>Each on a pool thread of its own: drawing a page runs on the thread that tells it, and there may be hundreds.</summary>
    private void Tell(Action watcher) => ThreadPool.UnsafeQueueUserWorkItem(
        static told =>
        {
            try
            {
                told.watcher();
            }
            catch (Exception exception)
            {
                told.failed(exception);
            }
        },
        (watcher, failed),
        preferLocal: false);

    private void Heard(IReadOnlyList<LeadEvent> events)
    {
        if (owner is 0 || events.Any(change => change.IsReload || change.OwnerId == owner || change.FormerOwnerId == owner))
            throttle.Request();
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var read = await queries.ReadAsync(companyId, owner, cancellationToken);
        lock (gate)
        {
            var snapshot = read.Reusing(current);
            if (ReferenceEquals(snapshot, current))
                return;
            current = snapshot;
            foreach (var watcher in watchers)
                Tell(watcher);
        }
    }
}
