using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;

namespace LeadDesk.Web.Leads;

/// <summary>The first stretch of a list, as one page hands it to another.</summary>
/// <param name="Next">Cursor of what comes after it; null at the list's end.</param>
/// <param name="Beside">What the columns show of each lead beside its row; null when none of it.</param>
public sealed record LeadBeginning(IReadOnlyList<LeadRow> Rows, string? Next, IReadOnlyDictionary<long, LeadColumnValues>? Beside);

/// <summary>
/// The part of a list that an open page holds: the stretch somebody looks at and its two neighbours, however long the list is. Of those
/// passed on the way only cursor and length are kept, so that scrolling back reads any of them again.
/// </summary>
public sealed partial class LeadWindow(LeadQueries queries, LeadColumnQueries extras)
{
    /// <summary>More rows than half of a high screen, so that a screen is always inside three stretches.</summary>
    public int StretchLength { get; init; } = 30;

    /// <summary>How far one can scroll and come back in steps; about 150 bytes each.</summary>
    private const int MostPassed = 3000;

    private readonly List<Passed> passed = [];
    private readonly List<Stretch> stretches = [];
    private readonly Dictionary<long, LeadColumnValues> known = [];
    private LeadColumnWants? wants;
    private int first;
    private int inserted;
    private bool forgotten;

    public LeadFilter Filter { get; private set; } = new();

    public IEnumerable<LeadRow> Rows => stretches.SelectMany(stretch => stretch.Rows);

    public int Count => stretches.Sum(stretch => stretch.Rows.Count);

    /// <summary>How many rows stand above those that are held.</summary>
    public int Before => passed.Take(first).Sum(stretch => stretch.Count);

    /// <summary>How many rows are known to stand below those that are held.</summary>
    public int After => passed.Skip(first + stretches.Count).Sum(stretch => stretch.Count);

    public bool HasEarlier => first > 0;

    /// <summary>Whether the list goes on below what is held.</summary>
    public bool HasMore => stretches is [.., { Next: not null }];

    /// <summary>So much was put in that the list should be read again, lest it grow without end.</summary>
    public bool IsOverfull => inserted >= StretchLength;

    /// <summary>Changes with everything that is read.</summary>
    public int Version { get; private set; }

    public LeadColumnValues? ExtrasOf(long leadId) => known.GetValueOrDefault(leadId);

    /// <param name="wanted">As in <see cref="BeginningAsync"/>.</param>
    public async Task LoadAsync(CurrentUser user, LeadFilter filter, LeadColumnWants? wanted, CancellationToken cancellationToken) =>
        Begin(filter, wanted, await BeginningAsync(user, filter, wanted, cancellationToken));

    /// <summary>Reads the first stretch of a list and changes nothing here.</summary>
    /// <param name="wanted">What the columns show beside the rows; null when none of it.</param>
    public async Task<LeadBeginning> BeginningAsync(CurrentUser user, LeadFilter filter, LeadColumnWants? wanted, CancellationToken cancellationToken)
    {
        var stretch = await ReadAsync(user, filter, null, cancellationToken);
        return new LeadBeginning(stretch.Rows, stretch.Next, await ExtrasAsync(user, stretch.Rows, wanted, cancellationToken));
    }

    /// <summary>Holds a list from its beginning on.</summary>
    public void Begin(LeadFilter filter, LeadColumnWants? wanted, LeadBeginning beginning)
    {
        (Filter, wants, first, inserted, forgotten) = (filter, wanted, 0, 0, false);
        passed.Clear();
        stretches.Clear();
        passed.Add(new Passed(null, beginning.Rows.Count));
        stretches.Add(new Stretch(null, [.. beginning.Rows], beginning.Next));
        Keep(beginning.Beside);
    }

    /// <summary>Reads what other columns show of the rows that are held.</summary>
    public async Task WantAsync(CurrentUser user, LeadColumnWants? wanted, CancellationToken cancellationToken)
    {
        wants = wanted;
        var read = await ExtrasAsync(user, Rows, wanted, cancellationToken);
        known.Clear();
        Keep(read);
    }

    /// <summary>Holds the stretch with this row and its neighbours; a row beyond what is known is that of the last known one.</summary>
    /// <param name="row">From 0, counted from the beginning of the list.</param>
    public async Task ShowAsync(CurrentUser user, int row, CancellationToken cancellationToken)
    {
        if (stretches.Count is 0)
            return;
        var middle = StretchOf(row);
        if (middle is 0 && forgotten)
        {
            await LoadAsync(user, Filter, wants, cancellationToken);
            return;
        }

        for (var at = Math.Max(0, middle - 1); at <= middle + 1; at++)
        {
            var held = at >= first && at < first + stretches.Count;
            if (!held && !await HoldAsync(user, at, cancellationToken))
                break;
        }

        while (first < middle - 1 && stretches.Count > 1)
        {
            Drop(stretches[0]);
            first++;
        }

        while (first + stretches.Count > middle + 2)
            Drop(stretches[^1]);
        ForgetFarthest();
    }

    /// <summary>Holds the next stretch.</summary>
    public Task MoreAsync(CurrentUser user, CancellationToken cancellationToken) => ShowAsync(user, Before + Count - 1, cancellationToken);

    /// <summary>Shows known rows as they are now, in their place; those that are gone go.</summary>
    /// <returns>Rows that are new to this list and belong above its end as far as it is held.</returns>
    public async Task<IReadOnlyList<LeadRow>> RefreshAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var held = Rows.Select(row => row.Id).Where(ids.Contains).ToHashSet();
        var fresh = (await queries.AmongAsync(user, new LeadFilter(), held, cancellationToken)).ToDictionary(row => row.Id);
        var read = await ExtrasAsync(user, fresh.Values, wants, cancellationToken);
        foreach (var (stretch, index) in stretches.Select((stretch, index) => (stretch, index)))
        {
            for (var at = stretch.Rows.Count - 1; at >= 0; at--)
            {
                var id = stretch.Rows[at].Id;
                if (fresh.TryGetValue(id, out var row))
                    stretch.Rows[at] = row;
                else if (held.Contains(id))
                    stretch.Rows.RemoveAt(at);
            }

            passed[first + index] = passed[first + index] with { Count = stretch.Rows.Count };
        }

        Keep(read);
        var unknown = ids.Where(id => !held.Contains(id)).ToList();
        return unknown.Count is 0 ? [] : await WithinAsync(user, unknown, cancellationToken);
    }

    public void Replace(LeadRow changed)
    {
        foreach (var stretch in stretches)
        {
            var at = stretch.Rows.FindIndex(row => row.Id == changed.Id);
            if (at >= 0)
                stretch.Rows[at] = changed;
        }
    }

    /// <summary>Whether the row's place is above everything shown, so that it can be put there.</summary>
    public bool IsOnTop(LeadRow row) =>
        !HasEarlier && !forgotten && Filter is { Sort: LeadSort.Created, Ascending: false } && (stretches is not [{ Rows: [var top, ..] }, ..] || Compare(row, top) < 0);

    /// <param name="row">One that <see cref="IsOnTop"/>.</param>
    public async Task PutOnTopAsync(CurrentUser user, LeadRow row, CancellationToken cancellationToken)
    {
        if (stretches.Count is 0 || Rows.Any(held => held.Id == row.Id))
            return;
        var read = await ExtrasAsync(user, [row], wants, cancellationToken);
        if (first > 0 || Rows.Any(held => held.Id == row.Id))
            return;
        stretches[0].Rows.Insert(0, row);
        passed[0] = passed[0] with { Count = stretches[0].Rows.Count };
        Keep(read);
        inserted++;
    }

    private int StretchOf(int row)
    {
        for (var at = 0; at < passed.Count; at++)
        {
            row -= passed[at].Count;
            if (row < 0)
                return at;
        }

        return passed.Count - 1;
    }

    /// <returns>False when the list ends before it, or was read anew meanwhile.</returns>
    private async Task<bool> HoldAsync(CurrentUser user, int index, CancellationToken cancellationToken)
    {
        if (index >= passed.Count && (index > passed.Count || stretches is not [.., { Next: not null }] || first + stretches.Count != index))
            return false;
        var cursor = index < passed.Count ? passed[index].Cursor : stretches[^1].Next;
        var (version, filter) = (Version, Filter);
        var read = await ReadAsync(user, filter, cursor, cancellationToken);
        var beside = await ExtrasAsync(user, read.Rows, wants, cancellationToken);
        if (version != Version || filter != Filter)
            return false;
        if (index < first - 1 || index > first + stretches.Count)
        {
            // A jump: nothing of what was held is next to it.
            stretches.Clear();
            known.Clear();
            first = index;
        }

        Place(index, WithoutHeld(read));
        Keep(beside);
        return true;
    }

    private void Place(int index, Stretch stretch)
    {
        if (index < first)
        {
            stretches.Insert(0, stretch);
            first = index;
        }
        else
        {
            stretches.Add(stretch);
        }

        var entry = new Passed(stretch.Cursor, stretch.Rows.Count);
        if (index == passed.Count)
            passed.Add(entry);
        else
            passed[index] = entry;
    }

    private void Drop(Stretch stretch)
    {
        stretches.Remove(stretch);
        foreach (var row in stretch.Rows)
            known.Remove(row.Id);
    }

    private void ForgetFarthest()
    {
        while (passed.Count > MostPassed && first > 0)
        {
            passed.RemoveAt(0);
            first--;
            forgotten = true;
        }
    }

    private async Task<Stretch> ReadAsync(CurrentUser user, LeadFilter filter, string? cursor, CancellationToken cancellationToken)
    {
        var page = await queries.ListAsync(user, filter, cursor, StretchLength, cancellationToken);
        return page.Succeeded
            ? new Stretch(cursor, [.. page.Value.Items], page.Value.NextCursor)
            : throw new InvalidOperationException($"The list refused its own cursor: {page.Refusal.Message}");
    }

    private async Task<IReadOnlyDictionary<long, LeadColumnValues>?> ExtrasAsync(CurrentUser user, IEnumerable<LeadRow> rows, LeadColumnWants? wanted, CancellationToken cancellationToken) =>
        wanted is null ? null : await extras.OfAsync(user, [.. rows.Select(row => row.Id)], wanted, cancellationToken);

    /// <summary>Everything that was read comes through here.</summary>
    private void Keep(IReadOnlyDictionary<long, LeadColumnValues>? read)
    {
        Version++;
        foreach (var (id, beside) in read ?? new Dictionary<long, LeadColumnValues>())
            known[id] = beside;
    }

    /// <param name="Cursor">Reads it again; null for the first of the list.</param>
    private sealed record Stretch(string? Cursor, List<LeadRow> Rows, string? Next);

    private sealed record Passed(string? Cursor, int Count);
}
