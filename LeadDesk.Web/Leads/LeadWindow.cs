using LeadDesk.Access;
using LeadDesk.Leads;

namespace LeadDesk.Web.Leads;

/// <summary>
/// The part of a list that an open page holds: a few stretches of it, however long it is. Scrolling on reads the next stretch and forgets
/// the first; scrolling back reads that one again by its cursor.
/// </summary>
internal sealed class LeadWindow(LeadQueries queries)
{
    public const int StretchLength = 50;

    private const int MostStretches = 4;

    /// <summary>How far one can scroll back; 100 bytes each.</summary>
    private const int MostEarlier = 1000;

    private readonly List<Stretch> stretches = [];
    private readonly List<string?> earlier = [];
    private int inserted;

    public LeadFilter Filter { get; private set; } = new();

    public IEnumerable<LeadRow> Rows => stretches.SelectMany(stretch => stretch.Rows);

    public int Count => stretches.Sum(stretch => stretch.Rows.Count);

    public bool HasEarlier => earlier.Count > 0;

    public bool HasMore => stretches is [.., { Next: not null }];

    /// <summary>So much was put in that the list should be read again, lest it grow without end.</summary>
    public bool IsOverfull => inserted >= StretchLength;

    public async Task LoadAsync(CurrentUser user, LeadFilter filter, CancellationToken cancellationToken)
    {
        var first = await ReadAsync(user, filter, null, cancellationToken);
        Filter = filter;
        inserted = 0;
        earlier.Clear();
        stretches.Clear();
        stretches.Add(first);
    }

    public async Task MoreAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (stretches is not [.., { Next: { } cursor }])
            return;
        var filter = Filter;
        var next = await ReadAsync(user, filter, cursor, cancellationToken);
        if (filter != Filter || stretches is not [.., { Next: { } still }] || still != cursor)
            return;
        stretches.Add(WithoutKnown(next));
        if (stretches.Count <= MostStretches)
            return;
        earlier.Add(stretches[0].Cursor);
        stretches.RemoveAt(0);
        if (earlier.Count > MostEarlier)
            earlier.RemoveAt(0);
    }

    public async Task EarlierAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (earlier is not [.., var cursor])
            return;
        var filter = Filter;
        var previous = await ReadAsync(user, filter, cursor, cancellationToken);
        if (filter != Filter || earlier is not [.., var still] || still != cursor)
            return;
        earlier.RemoveAt(earlier.Count - 1);
        stretches.Insert(0, WithoutKnown(previous));
        if (stretches.Count > MostStretches)
            stretches.RemoveAt(stretches.Count - 1);
    }

    /// <summary>Shows known rows as they are now, in their place; those that are gone go.</summary>
    /// <returns>Rows that are new to this list and belong within what is shown of it.</returns>
    public async Task<IReadOnlyList<LeadRow>> RefreshAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var known = Rows.Select(row => row.Id).Where(ids.Contains).ToHashSet();
        var fresh = (await queries.AmongAsync(user, new LeadFilter(), known, cancellationToken)).ToDictionary(row => row.Id);
        foreach (var stretch in stretches)
        {
            for (var at = stretch.Rows.Count - 1; at >= 0; at--)
            {
                var id = stretch.Rows[at].Id;
                if (fresh.TryGetValue(id, out var row))
                    stretch.Rows[at] = row;
                else if (known.Contains(id))
                    stretch.Rows.RemoveAt(at);
            }
        }

        var unknown = ids.Where(id => !known.Contains(id)).ToList();
        return unknown.Count is 0 ? [] : [.. (await queries.AmongAsync(user, Filter, unknown, cancellationToken)).Where(IsWithin)];
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
        !HasEarlier && Filter is { Sort: LeadSort.Created, Ascending: false } && (stretches is not [{ Rows: [var first, ..] }, ..] || row.Id > first.Id);

    /// <param name="row">One that <see cref="IsOnTop"/>.</param>
    public void PutOnTop(LeadRow row)
    {
        if (stretches.Count is 0 || Rows.Any(known => known.Id == row.Id))
            return;
        stretches[0].Rows.Insert(0, row);
        inserted++;
    }

    private async Task<Stretch> ReadAsync(CurrentUser user, LeadFilter filter, string? cursor, CancellationToken cancellationToken)
    {
        var page = await queries.ListAsync(user, filter, cursor, StretchLength, cancellationToken);
        return page.Succeeded
            ? new Stretch(cursor, [.. page.Value.Items], page.Value.NextCursor)
            : throw new InvalidOperationException($"The list refused its own cursor: {page.Refusal.Message}");
    }

    /// <summary>A lead that moved between two reads must not stand in the list twice.</summary>
    private Stretch WithoutKnown(Stretch stretch)
    {
        var known = Rows.Select(row => row.Id).ToHashSet();
        stretch.Rows.RemoveAll(row => known.Contains(row.Id));
        return stretch;
    }

    private bool IsWithin(LeadRow row) => !HasMore || stretches[^1].Rows is not [.., var last] || Compare(row, last) < 0;

    private int Compare(LeadRow one, LeadRow other)
    {
        var order = Filter.Sort switch
        {
            LeadSort.Score => one.Score.CompareTo(other.Score),
            LeadSort.Name => string.Compare(one.DisplayName, other.DisplayName, StringComparison.OrdinalIgnoreCase),
            LeadSort.Activity => one.LastActivityAt.CompareTo(other.LastActivityAt),
            LeadSort.Response => one.ResponseDueAt.CompareTo(other.ResponseDueAt),
            _ => 0,
        };
        order = order is 0 ? one.Id.CompareTo(other.Id) : order;
        return Filter.Ascending ? order : -order;
    }

    /// <param name="Cursor">Reads it again; null for the first of the list.</param>
    private sealed record Stretch(string? Cursor, List<LeadRow> Rows, string? Next);
}
