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
    private int? matching;
    private int asked;

    /// <summary>Told after every change.</summary>
    public Action? Changed { get; set; }

    /// <summary>The selected leads; empty while <see cref="All"/>.</summary>
    public IReadOnlySet<long> Ids => ids;

    /// <summary>Everything that matches the list's filter, but for <see cref="Except"/>.</summary>
    public bool All { get; private set; }

    /// <summary>The leads taken out of <see cref="All"/>; empty otherwise.</summary>
    public IReadOnlySet<long> Except => except;

    /// <summary>How many leads are selected; for <see cref="All"/> as many as matched when they were selected, 0 while they are <see cref="Counting"/>.</summary>
    public int Count => All ? Math.Max(0, (matching ?? 0) - except.Count) : ids.Count;

    /// <summary>Done when <see cref="Count"/> is known.</summary>
    public Task Counting { get; private set; } = Task.CompletedTask;

    public bool IsCounting => All && matching is null;

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

    /// <summary>Selects everything that matches the list's filter. It is selected at once, so that what is taken out while it is counted stays out.</summary>
    /// <param name="count">Counts how many match now.</param>
    public Task SelectAllAsync(Func<Task<int>> count)
    {
        ids.Clear();
        except.Clear();
        (All, matching) = (true, null);
        Changed?.Invoke();
        return Counting = CountAsync(count);
    }

    public void Clear()
    {
        if (!All && ids.Count is 0)
            return;
        ids.Clear();
        except.Clear();
        (All, matching) = (false, null);
        asked++;
        Changed?.Invoke();
    }

    private async Task CountAsync(Func<Task<int>> count)
    {
        var mine = ++asked;
        var counted = await count();
        if (mine != asked)
            return;
        matching = counted;
        Changed?.Invoke();
    }
}
