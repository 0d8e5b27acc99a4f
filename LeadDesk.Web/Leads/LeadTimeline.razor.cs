using LeadDesk.Leads;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadTimeline(TimelineQueries queries, CurrentUserAccessor me)
{
    private const int Length = 30;

    /// <summary>More of a long history would weigh on the server; the newest are what one works with.</summary>
    private const int Most = 600;

    private List<TimelineItem>? items;
    private string? next;
    private (int Version, TimelineFilter Filter)? shown;
    private bool busy;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    /// <summary>The lead's; a change says that something was added.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    [Parameter, EditorRequired] public TimelineFilter Filter { get; set; }

    /// <summary>The page's address with another filter.</summary>
    [Parameter, EditorRequired] public Func<TimelineFilter, string> HrefOf { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (Version, Filter))
            return;
        if (shown?.Filter != Filter)
            (items, next) = (null, null);
        shown = (Version, Filter);
        var filter = Filter;
        var page = await queries.ListAsync(await me.GetAsync(), LeadId, filter, null, Length, CancellationToken.None);
        if (!page.Succeeded || filter != Filter)
            return;
        var newest = items is [var first, ..] ? first.Id : 0;
        var added = page.Value.Items.TakeWhile(item => item.Id > newest).ToList();
        // A merge moves older entries in between, and a long absence leaves a gap: then it begins anew.
        if (items is null || added.Count == page.Value.Items.Count || added.Exists(item => item.Kind is TimelineKind.Merged))
            (items, next) = ([.. page.Value.Items], page.Value.NextCursor);
        else
            Refresh(page.Value.Items, added);
    }

    /// <summary>What is shown already may have changed as well: a message was edited, taken back, delivered.</summary>
    private void Refresh(IReadOnlyList<TimelineItem> newest, List<TimelineItem> added)
    {
        var fresh = newest.ToDictionary(item => item.Id);
        for (var at = 0; at < items!.Count; at++)
            items[at] = fresh.GetValueOrDefault(items[at].Id, items[at]);
        items.InsertRange(0, added);
    }

    private async Task OlderAsync()
    {
        if (busy || items is null)
            return;
        busy = true;
        try
        {
            var page = await queries.ListAsync(await me.GetAsync(), LeadId, Filter, next, Length, CancellationToken.None);
            if (!page.Succeeded)
                return;
            items.AddRange(page.Value.Items);
            next = items.Count < Most ? page.Value.NextCursor : null;
        }
        finally
        {
            busy = false;
        }
    }
}
