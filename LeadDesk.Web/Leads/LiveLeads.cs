using System.Globalization;
using LeadDesk.Live;

namespace LeadDesk.Web.Leads;

/// <param name="Ids">Which leads changed; at most <see cref="LiveLeads.Most"/>.</param>
/// <param name="Everything">More changed than is worth naming: read all again.</param>
internal sealed record LiveChanges(IReadOnlyCollection<long> Ids, bool Everything)
{
    public bool Concern(long leadId) => Everything || Ids.Contains(leadId);

    public LiveChanges And(LiveChanges later)
    {
        HashSet<long> both = [.. Ids, .. later.Ids];
        return Everything || later.Everything || both.Count > LiveLeads.Most ? new LiveChanges([], Everything: true) : new LiveChanges(both, Everything: false);
    }
}

/// <summary>What an open page hears of the live feed: changes gathered and told at most four times a second, the first at once.</summary>
internal sealed partial class LiveLeads : IDisposable
{
    public const int Most = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Func<LeadEvent, bool> concerns;
    private readonly Func<LiveChanges, Task> refresh;
    private readonly Throttle throttle;
    private readonly IDisposable subscription;

    // The reader's language; the pool's threads have none, and a redraw there would be in another one.
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;
    private HashSet<long> changed = [];
    private bool everything;

    /// <param name="concerns">Which events matter to the page; a reload always does.</param>
    /// <param name="refresh">Called on the pool, never twice at a time, in the language of whoever made this.</param>
    public LiveLeads(LiveFeed feed, TimeProvider time, ILogger logger, long companyId, Func<LeadEvent, bool> concerns, Func<LiveChanges, Task> refresh)
    {
        (this.concerns, this.refresh) = (concerns, refresh);
        throttle = new Throttle(Interval, _ => RefreshAsync(), exception => LogFailed(logger, exception), time);
        subscription = feed.Subscribe(companyId, Gather);
    }

    public void Dispose()
    {
        subscription.Dispose();
        throttle.Dispose();
    }

    private void Gather(IReadOnlyList<LeadEvent> events)
    {
        var any = false;
        lock (gate)
        {
            foreach (var change in events)
            {
                if (!change.IsReload && !concerns(change))
                    continue;
                any = true;
                everything |= change.IsReload || changed.Count >= Most;
                if (!everything)
                    changed.Add(change.LeadId);
            }
        }

        if (any)
            throttle.Request();
    }

    private async Task RefreshAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        LiveChanges told;
        lock (gate)
        {
            told = new LiveChanges(changed, everything);
            (changed, everything) = ([], false);
        }

        await refresh(told);
    }

    [LoggerMessage(LogLevel.Warning, "An open page could not follow the live feed; it goes on with the next change.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
