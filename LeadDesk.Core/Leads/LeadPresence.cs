using LeadDesk.Access;
using LeadDesk.Live;

namespace LeadDesk.Leads;

/// <summary>
/// Who has which lead open, on every node. Nothing is stored: each node says what its pages have open, says so again in a
/// while, and forgets another node's pages that it has not heard of for longer.
/// </summary>
public sealed class LeadPresence : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(8);

    /// <summary>Three heartbeats, so that one may be lost.</summary>
    private static readonly TimeSpan Believed = Heartbeat * 3;

    private readonly Lock gate = new();
    private readonly Dictionary<(long CompanyId, long LeadId), List<Page>> leads = [];
    private readonly LeadQueries queries;
    private readonly LiveSignals signals;
    private readonly TimeProvider time;
    private readonly IDisposable subscription;
    private readonly ITimer timer;

    public LeadPresence(LeadQueries queries, LiveFeed feed, TimeProvider time)
    {
        (this.queries, signals, this.time) = (queries, feed.Signals, time);
        subscription = signals.Subscribe(Receive);
        timer = time.CreateTimer(_ => Beat(), null, Heartbeat, Heartbeat);
    }

    /// <summary>Says that a page of this user shows the lead, until disposed.</summary>
    /// <param name="changed">Called whenever others come or go, on any thread; it must only take note.</param>
    /// <returns>Null when the lead is not this user's to see.</returns>
    public async Task<IDisposable?> EnterAsync(CurrentUser user, long leadId, Action changed, CancellationToken cancellationToken)
    {
        if (!await queries.CanSeeAsync(user, leadId, cancellationToken))
            return null;
        var page = new Page(Random.Shared.NextInt64(1, 1L << 53), user.UserId, changed, time.GetTimestamp());
        var key = (user.CompanyId, leadId);
        Tell(Add(key, page));
        signals.Publish(Signal(key, page, LiveSignalKind.Opened));
        return new Leaving(() => Leave(key, page));
    }

    /// <summary>The other people who have the lead open, by id.</summary>
    public IReadOnlyList<long> Others(CurrentUser user, long leadId)
    {
        lock (gate)
            return leads.TryGetValue((user.CompanyId, leadId), out var pages) ? [.. pages.Select(page => page.UserId).Where(id => id != user.UserId).Distinct().Order()] : [];
    }

    public void Dispose()
    {
        timer.Dispose();
        subscription.Dispose();
    }

    private static LiveSignal Signal((long CompanyId, long LeadId) key, Page page, LiveSignalKind kind) => new(key.CompanyId, kind, page.UserId, key.LeadId, page.Session);

    private static void Tell(IEnumerable<Page> pages)
    {
        foreach (var page in pages)
            page.Changed?.Invoke();
    }

    private List<Page> Add((long CompanyId, long LeadId) key, Page page)
    {
        lock (gate)
        {
            if (!leads.TryGetValue(key, out var pages))
                leads[key] = pages = [];
            pages.Add(page);
            return [.. pages];
        }
    }

    private void Leave((long CompanyId, long LeadId) key, Page page)
    {
        Tell(Remove(key, page.Session));
        signals.Publish(Signal(key, page, LiveSignalKind.Closed));
    }

    private List<Page> Remove((long CompanyId, long LeadId) key, long session)
    {
        lock (gate)
        {
            if (!leads.TryGetValue(key, out var pages) || pages.RemoveAll(page => page.Session == session) is 0)
                return [];
            if (pages.Count is 0)
                leads.Remove(key);
            return [.. pages];
        }
    }

    private void Receive(LiveSignal signal)
    {
        var key = (signal.CompanyId, signal.LeadId);
        if (signal.Kind is LiveSignalKind.Closed)
            Tell(Remove(key, signal.Session));
        else if (signal.Kind is LiveSignalKind.Opened && IsNew(key, signal.Session))
        {
            var pages = Add(key, new Page(signal.Session, signal.UserId, null, time.GetTimestamp()));
            Tell(pages);
            // A newcomer hears at once who is here already.
            foreach (var own in pages.Where(page => page.Changed is not null))
                signals.Publish(Signal(key, own, LiveSignalKind.Opened));
        }
    }

    /// <summary>A page that is known already has been heard of just now.</summary>
    private bool IsNew((long CompanyId, long LeadId) key, long session)
    {
        lock (gate)
        {
            if (!leads.TryGetValue(key, out var pages) || pages.Find(page => page.Session == session) is not { } known)
                return true;
            known.HeardAt = time.GetTimestamp();
            return false;
        }
    }

    private void Beat()
    {
        if (!signals.HasOtherNodes)
            return;
        var said = new List<LiveSignal>();
        var left = new List<Page>();
        lock (gate)
        {
            foreach (var (key, pages) in leads.ToList())
            {
                if (pages.RemoveAll(page => page.Changed is null && time.GetElapsedTime(page.HeardAt) > Believed) > 0)
                    left.AddRange(pages);
                if (pages.Count is 0)
                    leads.Remove(key);
                said.AddRange(pages.Where(page => page.Changed is not null).Select(page => Signal(key, page, LiveSignalKind.Opened)));
            }
        }

        Tell(left);
        foreach (var signal in said)
            signals.Publish(signal);
    }

    /// <param name="Changed">Null for a page of another node.</param>
    private sealed record Page(long Session, long UserId, Action? Changed, long FirstHeardAt)
    {
        public long HeardAt { get; set; } = FirstHeardAt;
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
