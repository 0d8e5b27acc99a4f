namespace LeadDesk.Simulators.Graph;

/// <summary>Pages, forms, tokens and leads in memory. Safe for concurrent use.</summary>
internal sealed class GraphStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SimulatedPage> _pages = [];
    private readonly Dictionary<string, SimulatedForm> _forms = [];
    private readonly Dictionary<string, SimulatedToken> _tokens = [];
    private readonly Dictionary<string, SimulatedLead> _leads = [];

    /// <summary>By form; oldest first, in the order of <see cref="LeadPosition"/>.</summary>
    private readonly Dictionary<string, List<SimulatedLead>> _leadsOfForm = [];

    public IReadOnlyList<SimulatedPage> Pages { get { lock (_lock) return [.. _pages.Values]; } }

    public int LeadCount { get { lock (_lock) return _leads.Count; } }

    public void Add(SimulatedPage page)
    {
        lock (_lock) _pages[page.Id] = page;
    }

    public void Add(SimulatedForm form)
    {
        lock (_lock)
        {
            _forms[form.Id] = form;
            _leadsOfForm.TryAdd(form.Id, []);
        }
    }

    public void Set(SimulatedToken token)
    {
        lock (_lock) _tokens[token.Value] = token;
    }

    public void Add(SimulatedLead lead)
    {
        lock (_lock)
        {
            if (!_leadsOfForm.TryGetValue(lead.FormId, out var leads)) throw new InvalidOperationException($"There is no form {lead.FormId}.");
            if (!_leads.TryAdd(lead.Id, lead)) throw new InvalidOperationException($"There is a lead {lead.Id} already.");
            var place = LeadPosition.FirstAfter(leads, LeadPosition.Of(lead));
            leads.Insert(place, lead);
        }
    }

    public bool RemoveLead(string id)
    {
        lock (_lock) return _leads.Remove(id, out var lead) && _leadsOfForm[lead.FormId].Remove(lead);
    }

    public SimulatedPage? Page(string id)
    {
        lock (_lock) return _pages.GetValueOrDefault(id);
    }

    public SimulatedForm? Form(string id)
    {
        lock (_lock) return _forms.GetValueOrDefault(id);
    }

    public SimulatedToken? Token(string value)
    {
        lock (_lock) return _tokens.GetValueOrDefault(value);
    }

    public SimulatedToken? TokenOf(string pageId)
    {
        lock (_lock) return _tokens.Values.FirstOrDefault(token => token.PageId == pageId);
    }

    public SimulatedLead? Lead(string id)
    {
        lock (_lock) return _leads.GetValueOrDefault(id);
    }

    /// <summary>Newest first, as Graph lists them.</summary>
    public IReadOnlyList<SimulatedForm> FormsOf(string pageId)
    {
        lock (_lock) return [.. _forms.Values.Where(form => form.PageId == pageId).OrderByDescending(form => form.CreatedAt).ThenByDescending(form => form.Id, StringComparer.Ordinal)];
    }

    public IReadOnlyList<SimulatedForm> Forms { get { lock (_lock) return [.. _forms.Values]; } }

    public int CountLeads(string formId, Func<SimulatedLead, bool> which)
    {
        lock (_lock) return _leadsOfForm[formId].Count(which);
    }

    /// <summary>Up to <paramref name="most"/> leads of a form that are older than the position and match, newest first.</summary>
    public IReadOnlyList<SimulatedLead> Older(string formId, LeadPosition? than, int most, Func<SimulatedLead, bool> matches)
    {
        lock (_lock)
        {
            var leads = _leadsOfForm[formId];
            var found = new List<SimulatedLead>();
            var start = than is { } position ? LeadPosition.FirstNotBefore(leads, position) : leads.Count;
            for (var i = start - 1; i >= 0 && found.Count < most; i--)
            {
                if (matches(leads[i])) found.Add(leads[i]);
            }

            return found;
        }
    }

    /// <summary>Up to <paramref name="most"/> leads of a form that are newer than the position and match, those nearest to it, newest first.</summary>
    public IReadOnlyList<SimulatedLead> Newer(string formId, LeadPosition than, int most, Func<SimulatedLead, bool> matches)
    {
        lock (_lock)
        {
            var leads = _leadsOfForm[formId];
            var found = new List<SimulatedLead>();
            for (var i = LeadPosition.FirstAfter(leads, than); i < leads.Count && found.Count < most; i++)
            {
                if (matches(leads[i])) found.Add(leads[i]);
            }

            found.Reverse();
            return found;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _pages.Clear();
            _forms.Clear();
            _tokens.Clear();
            _leads.Clear();
            _leadsOfForm.Clear();
        }
    }
}
