using LeadDesk.Access;
using LeadDesk.Leads;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

/// <content>How the list follows what others change.</content>
public sealed partial class LeadListPage
{
    /// <summary>What was told while the list was read.</summary>
    private LiveChanges? missed;

    /// <summary>Changed rows change in their place; new ones slide in when nobody is looking further down or pointing at the list, else they are offered.</summary>
    private async Task FollowAsync(LiveChanges changes)
    {
        if (frame is null || await me.FindAsync() is not { } user)
            return;
        if (loading)
        {
            missed = missed is null ? changes : missed.And(changes);
            return;
        }

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

    /// <summary>The rows held as they are now, and those that have come to the top since.</summary>
    private async Task RefreshShownAsync(CurrentUser user)
    {
        var ids = window.Rows.Select(row => row.Id).ToHashSet();
        if (!window.HasEarlier)
            ids.UnionWith((await window.BeginningAsync(user, window.Filter, null, CancellationToken.None)).Rows.Select(row => row.Id));
        var news = new List<LeadRow>();
        foreach (var some in ids.Chunk(LiveLeads.Most))
            news.AddRange(await window.RefreshAsync(user, some, CancellationToken.None));
        if (news.Count > 0)
            await TakeInAsync(news);
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
            count = count is { More: false } known ? known with { Count = known.Count + 1 } : count;
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
