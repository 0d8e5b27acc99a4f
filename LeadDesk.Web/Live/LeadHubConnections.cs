using LeadDesk.Access;

namespace LeadDesk.Web.Live;

/// <summary>Who is connected to this node, and which leads they have open. Opens a company's live events with its first connection.</summary>
internal sealed class LeadHubConnections(LeadHubDispatcher dispatcher)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (IDisposable Events, int Connections)> _companies = [];

    public void Add(string connectionId, CurrentUser user)
    {
        lock (_gate)
        {
            _connections.Add(connectionId, new Connection(user, []));
            var (events, count) = _companies.TryGetValue(user.CompanyId, out var company) ? company : (dispatcher.Open(user.CompanyId, this), 0);
            _companies[user.CompanyId] = (events, count + 1);
        }
    }

    public void Remove(string connectionId)
    {
        IDisposable? last = null;
        lock (_gate)
        {
            if (!_connections.Remove(connectionId, out var connection))
                return;
            var (events, count) = _companies[connection.User.CompanyId];
            if (count > 1)
            {
                _companies[connection.User.CompanyId] = (events, count - 1);
                return;
            }

            _companies.Remove(connection.User.CompanyId);
            last = events;
        }

        last.Dispose();
    }

    public CurrentUser? UserOf(string connectionId)
    {
        lock (_gate)
            return _connections.GetValueOrDefault(connectionId)?.User;
    }

    /// <returns>False when the connection is gone or has joined as many as it may.</returns>
    public bool Join(string connectionId, long leadId, int most)
    {
        lock (_gate)
        {
            if (!_connections.TryGetValue(connectionId, out var connection))
                return false;
            if (connection.Joined.Contains(leadId))
                return true;
            return connection.Joined.Count < most && connection.Joined.Add(leadId);
        }
    }

    public void Leave(string connectionId, long leadId)
    {
        lock (_gate)
            _connections.GetValueOrDefault(connectionId)?.Joined.Remove(leadId);
    }

    /// <summary>The connections of a company that have leads open, and which.</summary>
    public IReadOnlyList<(string ConnectionId, CurrentUser User, long[] LeadIds)> Joined(long companyId)
    {
        lock (_gate)
        {
            return
            [
                .. _connections
                    .Where(entry => entry.Value.User.CompanyId == companyId && entry.Value.Joined.Count > 0)
                    .Select(entry => (entry.Key, entry.Value.User, entry.Value.Joined.ToArray())),
            ];
        }
    }

    /// <summary>The connected people of a company who see only their own leads.</summary>
    public IReadOnlyCollection<long> OwnersOf(long companyId)
    {
        lock (_gate)
            return _connections.Values.Where(connection => connection.User.CompanyId == companyId && !connection.User.SeesAllLeads).Select(connection => connection.User.UserId).ToHashSet();
    }

    private sealed record Connection(CurrentUser User, HashSet<long> Joined);
}
