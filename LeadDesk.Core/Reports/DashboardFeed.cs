using LeadDesk.Access;
using LeadDesk.Live;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Reports;

/// <summary>
/// Keeps open dashboards up to date. Everybody who sees the same leads shares one snapshot, which is read anew when
/// something changed: at once when it was quiet, at most every <see cref="Interval"/> otherwise, however many look at it.
/// </summary>
public sealed partial class DashboardFeed(DashboardQueries queries, LiveFeed live, TimeProvider time, ILogger<DashboardFeed> logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Response goals end and days begin without any event; also how soon a failed read is repeated.</summary>
    internal static readonly TimeSpan Clock = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly Dictionary<(long CompanyId, long Owner), DashboardSource> sources = [];

    /// <summary>
    /// Calls <paramref name="changed"/> on the pool when there is a first snapshot and whenever a part of it differs, until disposed.
    /// </summary>
    public DashboardWatch Watch(CurrentUser user, Action changed)
    {
        var key = (user.CompanyId, Owner: LeadStatsQueries.OwnerOf(user));
        lock (gate)
        {
            if (!sources.TryGetValue(key, out var source))
                sources[key] = source = new DashboardSource(key.CompanyId, key.Owner, queries, live, time, exception => LogFailed(logger, exception));
            source.Add(changed);
            return new DashboardWatch(source, () => Leave(key, source, changed));
        }
    }

    private void Leave((long CompanyId, long Owner) key, DashboardSource source, Action changed)
    {
        lock (gate)
        {
            if (source.Remove(changed))
                return;
            sources.Remove(key);
        }

        source.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "A dashboard could not be read; trying again soon.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

/// <summary>One open page that looks at a dashboard. Dispose it with the page.</summary>
public sealed class DashboardWatch : IDisposable
{
    private readonly DashboardSource source;
    private Action? leave;

    internal DashboardWatch(DashboardSource source, Action leave) => (this.source, this.leave) = (source, leave);

    /// <summary>The present state; null until the first read is through.</summary>
    public DashboardSnapshot? Current => source.Current;

    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
