using LeadDesk.Access;
using LeadDesk.Leads;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

/// <content>How the list follows what others change.</content>
public sealed partial class LeadListPage
{
    /// <summary>Changed rows change in their place; new ones slide in when nobody is looking further down or pointing at the list, else they are offered.</summary>
    private async Task FollowAsync(LiveChanges changes)
    {
        if (frame is null || loading || await me.FindAsync() is not { } user)
            return;
        heard++;
        if (changes.Everything)
        {
            if (!window.HasEarlier && await IsCalmAsync())
                await LoadAsync();
            else
                await RefreshShownAsync(user);
            StateHasChanged();
            return;
        }

        var news = await window.RefreshAsync(user, changes.Ids, CancellationToken.None);
        if (news.Count > 0)
            await TakeInAsync(news);
        StateHasChanged();
    }

    private async Task RefreshShownAsync(CurrentUser user)
    {
        foreach (var ids in window.Rows.Select(row => row.Id).Chunk(LiveLeads.Most).ToList())
            await window.RefreshAsync(user, ids, CancellationToken.None);
    }

    private async Task TakeInAsync(IReadOnlyList<LeadRow> news)
    {
        var calm = fresh.Count == 0 && news.All(window.IsOnTop) && await IsCalmAsync();
        if (calm && window.IsOverfull)
        {
            await LoadAsync();
            return;
        }

        foreach (var row in news.OrderBy(row => row.Id))
        {
            if (!calm)
            {
                if (fresh.Count <= MostFresh)
                    fresh.Add(row.Id);
                continue;
            }

            await window.PutOnTopAsync(await me.GetAsync(), row, CancellationToken.None);
            arrived.Add(row.Id);
            count = count is { } counted and <= MostCounted ? counted + 1 : count;
        }
    }

    /// <summary>An empty list has nothing that could jump.</summary>
    private async Task<bool> IsCalmAsync()
    {
        if (window.Count == 0)
            return true;
        try
        {
            return await js.InvokeAsync<bool>("leaddesk.listIsCalm");
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is away for a moment; nobody knows what its owner looks at.
            return false;
        }
    }
}
