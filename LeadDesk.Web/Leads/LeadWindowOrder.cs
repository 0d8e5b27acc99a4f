using LeadDesk.Leads;

namespace LeadDesk.Web.Leads;

/// <content>Where a row that came or changed belongs.</content>
public sealed partial class LeadWindow
{
    /// <summary>Of an order that rows do not tell, only the whole list knows where a new one belongs.</summary>
    private bool IsWithin(LeadRow row) => !HasMore || (RowsTell && (stretches[^1].Rows is not [.., var last] || Compare(row, last) < 0));

    private bool RowsTell => Filter.Sort is LeadSort.Created or LeadSort.Score or LeadSort.Name or LeadSort.Activity or LeadSort.Response;

    private int Compare(LeadRow one, LeadRow other)
    {
        var order = Filter.Sort switch
        {
            LeadSort.Score => one.Score.CompareTo(other.Score),
            LeadSort.Name => string.Compare(one.DisplayName, other.DisplayName, StringComparison.OrdinalIgnoreCase),
            LeadSort.Activity => one.LastActivityAt.CompareTo(other.LastActivityAt),
            LeadSort.Response => one.ResponseDueAt.CompareTo(other.ResponseDueAt),
            _ => one.CreatedAt.CompareTo(other.CreatedAt),
        };
        order = order is 0 ? one.Id.CompareTo(other.Id) : order;
        return Filter.Ascending ? order : -order;
    }

    /// <summary>A lead that moved between two reads must not stand in the list twice.</summary>
    private Stretch WithoutHeld(Stretch stretch)
    {
        var held = Rows.Select(row => row.Id).ToHashSet();
        stretch.Rows.RemoveAll(row => held.Contains(row.Id));
        return stretch;
    }
}
