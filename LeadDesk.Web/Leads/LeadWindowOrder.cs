using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;

namespace LeadDesk.Web.Leads;

/// <content>Where a row that came or changed belongs.</content>
public sealed partial class LeadWindow
{
    /// <summary>Those of some changed leads that belong here now take their place, the others go: for windows side by side, which read together.</summary>
    /// <param name="ids">All that changed.</param>
    /// <param name="here">Those that this list has now.</param>
    /// <param name="shown">A lead that somebody has just put here: it is shown at the top rather than not at all.</param>
    /// <returns>Whether to read the list again: one came whose place rows do not tell.</returns>
    public bool Take(IReadOnlyCollection<long> ids, IReadOnlyCollection<LeadRow> here, IReadOnlyDictionary<long, LeadColumnValues> beside, long? shown = null)
    {
        if (stretches.Count is 0)
            return false;
        var now = here.ToDictionary(row => row.Id);
        foreach (var stretch in stretches)
            stretch.Rows.RemoveAll(row => ids.Contains(row.Id) && (!now.TryGetValue(row.Id, out var fresh) || (RowsTell && Compare(fresh, row) is not 0)));
        var (held, unplaced) = (Rows.Select(row => row.Id).ToHashSet(), false);
        foreach (var row in here)
        {
            if (held.Contains(row.Id))
                Replace(row);
            else if (first is 0 && RowsTell && IsWithin(row))
                Insert(row);
            else if (row.Id == shown)
                stretches[0].Rows.Insert(0, row);
            unplaced |= first is 0 && !RowsTell && !held.Contains(row.Id);
        }

        for (var at = 0; at < stretches.Count; at++)
            passed[first + at] = passed[first + at] with { Count = stretches[at].Rows.Count };
        Keep(beside.Where(pair => now.ContainsKey(pair.Key)).ToDictionary());
        return unplaced;
    }

    /// <summary>Where its order wants it.</summary>
    private void Insert(LeadRow row)
    {
        foreach (var stretch in stretches)
        {
            var at = stretch.Rows.FindIndex(other => Compare(row, other) < 0);
            if (at < 0 && stretch != stretches[^1])
                continue;
            stretch.Rows.Insert(at < 0 ? stretch.Rows.Count : at, row);
            inserted++;
            return;
        }
    }

    /// <summary>Of other orders only the database knows where a new one belongs.</summary>
    private bool RowsTell => Filter.Sort is LeadSort.Created or LeadSort.Score or LeadSort.Name or LeadSort.Activity or LeadSort.Response or LeadSort.Value or LeadSort.FollowUp;

    /// <summary>Those of some leads that belong above the end of the list as far as it is held.</summary>
    private async Task<IReadOnlyList<LeadRow>> WithinAsync(CurrentUser user, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (RowsTell || !HasMore || stretches[^1].Rows is not [.., var last])
            return [.. (await queries.AmongAsync(user, Filter, ids, cancellationToken)).Where(IsWithin)];
        var sorted = await queries.InOrderAsync(user, Filter, [.. ids, last.Id], cancellationToken);
        return [.. sorted.TakeWhile(row => row.Id != last.Id)];
    }

    private bool IsWithin(LeadRow row) => !HasMore || stretches[^1].Rows is not [.., var last] || Compare(row, last) < 0;

    private int Compare(LeadRow one, LeadRow other)
    {
        if (HasPlace(one) != HasPlace(other))
            return HasPlace(one) ? -1 : 1;
        // Those without a value stand last in both directions, newest first.
        var (sort, up) = HasPlace(one) ? (Filter.Sort, Filter.Ascending) : (LeadSort.Created, false);
        var order = sort switch
        {
            LeadSort.Score => one.Score.CompareTo(other.Score),
            LeadSort.Name => string.CompareOrdinal(one.NameKey, other.NameKey),
            LeadSort.Activity => one.LastActivityAt.CompareTo(other.LastActivityAt),
            LeadSort.Response => one.ResponseDueAt.CompareTo(other.ResponseDueAt),
            LeadSort.Value => Nullable.Compare(one.Value, other.Value),
            LeadSort.FollowUp => Nullable.Compare(one.NextFollowUpAt, other.NextFollowUpAt),
            _ => one.CreatedAt.CompareTo(other.CreatedAt),
        };
        order = order is 0 ? one.Id.CompareTo(other.Id) : order;
        return up ? order : -order;
    }

    private bool HasPlace(LeadRow row) => Filter.Sort switch { LeadSort.Value => row.Value is not null, LeadSort.FollowUp => row.NextFollowUpAt is not null, _ => true };

    /// <summary>A lead that moved between two reads must not stand in the list twice.</summary>
    private Stretch WithoutHeld(Stretch stretch)
    {
        var held = Rows.Select(row => row.Id).ToHashSet();
        stretch.Rows.RemoveAll(row => held.Contains(row.Id));
        return stretch;
    }
}
