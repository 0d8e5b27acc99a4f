namespace LeadDesk.Live;

/// <summary>
/// Events that wait to be passed on, bounded: when a company has more than fit, they become one reload.
/// So nothing is ever lost silently, and a slow reader costs no memory. Not thread-safe.
/// </summary>
internal sealed class EventBuffer(int perCompany)
{
    private readonly Dictionary<long, List<LeadEvent>> _companies = [];

    public bool IsEmpty => _companies.Count is 0;

    public void Add(IReadOnlyList<LeadEvent> events)
    {
        foreach (var change in events)
            Add(change);
    }

    /// <summary>Empties the buffer; the events of each company in their order.</summary>
    public IReadOnlyDictionary<long, List<LeadEvent>> Take()
    {
        var taken = new Dictionary<long, List<LeadEvent>>(_companies);
        _companies.Clear();
        return taken;
    }

    private void Add(LeadEvent change)
    {
        if (!_companies.TryGetValue(change.CompanyId, out var waiting))
            _companies[change.CompanyId] = waiting = [];
        if (waiting is [{ IsReload: true }])
            return;
        if (change.IsReload || waiting.Count >= perCompany)
        {
            waiting.Clear();
            waiting.Add(LeadEvent.Reload(change.CompanyId));
            return;
        }

        waiting.Add(change);
    }
}
