using LeadDesk.Live;
using Microsoft.AspNetCore.SignalR;

namespace LeadDesk.Web.Live;

/// <summary>
/// What one company's connections are told. A single change goes out at once; when much happens, changes are gathered for
/// 100 ms, and more than fifty of them become one reload. Totals are told at most four times a second.
/// </summary>
internal sealed class CompanyChannel : IDisposable
{
    private const int MostSingleChanges = 50;

    /// <summary>What may wait for a slow hub before it is forgotten for one reload.</summary>
    private const int MostWaiting = 2000;

    private static readonly TimeSpan ChangesInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StatsInterval = TimeSpan.FromMilliseconds(250);

    private readonly long _companyId;
    private readonly IHubContext<LeadHub> _hub;
    private readonly LeadHubConnections _connections;
    private readonly LeadHubSources _sources;
    private readonly Lock _gate = new();
    private readonly Throttle _sendChanges;
    private readonly Throttle _sendStats;
    private readonly IDisposable _subscription;
    private List<LeadEvent> _changes = [];
    private HashSet<long> _touchedOwners = [];
    private bool _everyoneTouched;

    public CompanyChannel(
        long companyId, LiveFeed feed, IHubContext<LeadHub> hub, LeadHubConnections connections, LeadHubSources sources, TimeProvider time, Action<Exception> failed)
    {
        (_companyId, _hub, _connections, _sources) = (companyId, hub, connections, sources);
        _sendChanges = new Throttle(ChangesInterval, SendChangesAsync, failed, time);
        _sendStats = new Throttle(StatsInterval, SendStatsAsync, failed, time);
        _subscription = feed.Subscribe(companyId, Receive);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _sendChanges.Dispose();
        _sendStats.Dispose();
    }

    private void Receive(IReadOnlyList<LeadEvent> events)
    {
        lock (_gate)
        {
            foreach (var change in events)
                Remember(change);
        }

        _sendChanges.Request();
        _sendStats.Request();
    }

    private void Remember(LeadEvent change)
    {
        _everyoneTouched |= change.IsReload;
        if (change.OwnerId is { } owner)
            _touchedOwners.Add(owner);
        if (change.FormerOwnerId is { } former)
            _touchedOwners.Add(former);
        if (_changes.Count >= MostWaiting)
            _changes = [LeadEvent.Reload(_companyId)];
        _changes.Add(change);
    }

    private async Task SendChangesAsync(CancellationToken cancellationToken)
    {
        List<LeadEvent> changes;
        lock (_gate)
            (changes, _changes) = (_changes, []);
        if (changes.Count > MostSingleChanges || changes.Exists(change => change.IsReload))
        {
            await SendReloadAsync(changes, cancellationToken);
            return;
        }

        var helpers = await HelpersAsync(changes, cancellationToken);
        foreach (var change in changes)
            await SendAsync(change, [.. helpers[change.LeadId].Where(helper => helper != change.OwnerId)], cancellationToken);
    }

    /// <summary>Those connected who see only their own leads and help with these, by lead.</summary>
    private async Task<ILookup<long, long>> HelpersAsync(IEnumerable<LeadEvent> changes, CancellationToken cancellationToken) =>
        (await _sources.Helpers(_companyId, _connections.OwnersOf(_companyId), [.. changes.Select(change => change.LeadId).Distinct()], cancellationToken)).ToLookup(row => row.LeadId, row => row.UserId);

    private async Task SendAsync(LeadEvent change, IReadOnlyList<long> helpers, CancellationToken cancellationToken)
    {
        var (method, message) = (LeadMessage.MethodOf(change), LeadMessage.Of(change));
        await _hub.Clients.Group(LeadHubGroups.Everything(_companyId)).SendAsync(method, message, cancellationToken);
        if (change.OwnerId is { } owner)
            await _hub.Clients.Group(LeadHubGroups.Owner(_companyId, owner)).SendAsync(method, message, cancellationToken);
        foreach (var helper in helpers)
            await _hub.Clients.Group(LeadHubGroups.Owner(_companyId, helper)).SendAsync(method, message, cancellationToken);
        if (change.FormerOwnerId is { } former && former != change.OwnerId && !helpers.Contains(former))
            await _hub.Clients.Group(LeadHubGroups.Owner(_companyId, former)).SendAsync(LeadMessage.UpdatedMethod, LeadMessage.Unassigned(change), cancellationToken);
    }

    private async Task SendReloadAsync(List<LeadEvent> changes, CancellationToken cancellationToken)
    {
        await _hub.Clients.Group(LeadHubGroups.Everything(_companyId)).SendAsync(LeadMessage.UpdatedMethod, LeadMessage.Reload, cancellationToken);
        foreach (var owner in _connections.OwnersOf(_companyId))
            await _hub.Clients.Group(LeadHubGroups.Owner(_companyId, owner)).SendAsync(LeadMessage.UpdatedMethod, LeadMessage.Reload, cancellationToken);

        // Whoever has one of these leads open hears of it by name all the same, if it is still theirs to see.
        var latest = changes.Where(change => !change.IsReload).GroupBy(change => change.LeadId).ToDictionary(group => group.Key, group => group.Last());
        var joined = _connections.Joined(_companyId);
        var helpers = await HelpersAsync(joined.SelectMany(connection => connection.LeadIds).Distinct().Where(latest.ContainsKey).Select(leadId => latest[leadId]), cancellationToken);
        foreach (var (connectionId, user, leadIds) in joined)
        {
            foreach (var leadId in leadIds)
            {
                if (latest.TryGetValue(leadId, out var change) && (user.SeesAllLeads || user.UserId == change.OwnerId || helpers[leadId].Contains(user.UserId)))
                    await _hub.Clients.Client(connectionId).SendAsync(LeadMessage.UpdatedMethod, LeadMessage.Of(change), cancellationToken);
            }
        }
    }

    private async Task SendStatsAsync(CancellationToken cancellationToken)
    {
        HashSet<long> touched;
        bool everyone;
        lock (_gate)
        {
            (touched, everyone) = (_touchedOwners, _everyoneTouched);
            (_touchedOwners, _everyoneTouched) = ([], false);
        }

        await _hub.Clients.Group(LeadHubGroups.Everything(_companyId))
            .SendAsync(LeadMessage.StatsMethod, await _sources.StatsAsync(_companyId, null, cancellationToken), cancellationToken);
        foreach (var owner in _connections.OwnersOf(_companyId).Where(owner => everyone || touched.Contains(owner)))
        {
            await _hub.Clients.Group(LeadHubGroups.Owner(_companyId, owner))
                .SendAsync(LeadMessage.StatsMethod, await _sources.StatsAsync(_companyId, owner, cancellationToken), cancellationToken);
        }
    }
}
