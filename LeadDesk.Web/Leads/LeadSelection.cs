namespace LeadDesk.Web.Leads;

/// <summary>
/// Which leads of a list are selected: some by id, or all that match the list's filter except some. It belongs to one open page and is
/// used on that page's own dispatcher, like any component.
/// </summary>
public sealed class LeadSelection
{
    /// <summary>More ids than this are never marked one by one; "all that match" is for that.</summary>
    public const int Most = 10_000;

    private readonly HashSet<long> ids = [];
    private readonly HashSet<long> except = [];
    private int matching;

    /// <summary>Told after every change.</summary>
    public Action? Changed { get; set; }

    /// <summary>The selected leads; empty while <see cref="All"/>.</summary>
    public IReadOnlySet<long> Ids => ids;

    /// <summary>Everything that matches the list's filter, but for <see cref="Except"/>.</summary>
    public bool All { get; private set; }

    /// <summary>The leads taken out of <see cref="All"/>; empty otherwise.</summary>
    public IReadOnlySet<long> Except => except;

    /// <summary>How many leads are selected; for <see cref="All"/> as many as matched when they were selected, which may be a bound ("1,000+").</summary>
    public int Count => All ? Math.Max(0, matching - except.Count) : ids.Count;

    public bool Contains(long id) => All ? !except.Contains(id) : ids.Contains(id);

    public void Toggle(long id)
    {
        var set = All ? except : ids;
        if (!set.Remove(id) && set.Count < Most)
            set.Add(id);
        Changed?.Invoke();
    }

    /// <summary>Selects some leads besides those that are.</summary>
    public void Range(IEnumerable<long> some)
    {
        foreach (var id in some)
        {
            if (All)
                except.Remove(id);
            else if (ids.Count < Most)
                ids.Add(id);
        }

        Changed?.Invoke();
    }

    /// <summary>Takes some leads out.</summary>
    public void Without(IEnumerable<long> some)
    {
        foreach (var id in some)
        {
            if (!All)
                ids.Remove(id);
            else if (except.Count < Most)
                except.Add(id);
        }

        Changed?.Invoke();
    }

    /// <summary>Selects everything that matches the list's filter.</summary>
    /// <param name="count">How many match now.</param>
    public void SelectAll(int count)
    {
        ids.Clear();
        except.Clear();
        (All, matching) = (true, count);
        Changed?.Invoke();
    }

    public void Clear()
    {
        if (!All && ids.Count is 0)
            return;
        ids.Clear();
        except.Clear();
        (All, matching) = (false, 0);
        Changed?.Invoke();
    }
}
