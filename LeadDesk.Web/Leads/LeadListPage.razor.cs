using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadListPage(
    LeadQueries queries,
    LeadService leads,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    LiveFeed feed,
    TimeProvider time,
    ToastService toasts,
    NavigationManager navigation,
    IJSRuntime js,
    ILogger<LeadListPage> logger) : IDisposable
{
    /// <summary>Beyond it the heading says "1,000+": an exact count of a million would cost more than it tells.</summary>
    private const int MostCounted = 1000;

    /// <summary>How many new leads are named before the button just says that there are more.</summary>
    private const int MostFresh = 99;

    private readonly LeadWindow window = new(queries);
    private readonly HashSet<long> fresh = [];
    private readonly HashSet<long> arrived = [];
    private LeadListAddress address = LeadListAddress.Default;
    private Frame? frame;
    private LiveLeads? live;
    private CancellationTokenSource? reading;
    private int? count;
    private int stretchesRead;
    private bool loading = true;
    private bool adding;

    private string? Summary => count is not { } known ? null : known switch
    {
        >= MostCounted => T["{0}+ leads", MostCounted.ToString("N0", CultureInfo.CurrentCulture)].Value,
        1 => T["1 lead"].Value,
        _ => T["{0} leads", known].Value,
    };

    private string FreshWords => fresh.Count switch
    {
        1 => T["1 new lead"],
        > MostFresh => T["{0}+ new leads", MostFresh],
        _ => T["{0} new leads", fresh.Count],
    };

    private IReadOnlyList<Tab> Views
    {
        get
        {
            var all = new LeadListAddress();
            var views = new List<Tab>
            {
                View(T["All"], all),
                View(T["Hot"], all with { Grade = Grade.Hot }),
                View(T["Waiting for an answer"], all with { Response = ResponseState.Waiting, Sort = LeadSort.Response, Ascending = true }),
            };
            if (frame is { User.SeesAllLeads: true })
            {
                views.Add(View(T["Unassigned"], all with { Owner = LeadListAddress.Nobody }));
                views.Add(View(T["Mine"], all with { Owner = LeadListAddress.Me }));
            }

            views.Add(View(T["Won"], all with { Outcome = LeadOutcome.Won }));
            return views;
        }
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        live?.Dispose();
        StopReading();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        address = LeadListAddress.Parse(new Uri(navigation.Uri).Query);
        navigation.LocationChanged += Moved;
        var user = await me.GetAsync();
        live = new LiveLeads(feed, time, logger, user.CompanyId, _ => true, changes => InvokeAsync(() => FollowAsync(changes)));
        await LoadAsync();
    }

    /// <summary>Reads the list from its beginning. Another call meanwhile makes this one end without effect.</summary>
    private async Task LoadAsync()
    {
        StopReading();
        using var mine = new CancellationTokenSource();
        reading = mine;
        loading = true;
        try
        {
            var user = await me.GetAsync();
            var company = await companies.GetAsync(user.CompanyId, mine.Token);
            var filter = address.ToFilter(company, user, time.GetUtcNow().UtcDateTime);
            var channels = frame?.Channels ?? await queries.ChannelsAsync(user, mine.Token);
            await window.LoadAsync(user, filter, mine.Token);
            frame = new Frame(user, company, await directory.OfAsync(user.CompanyId), channels);
            (loading, count) = (false, null);
            stretchesRead++;
            fresh.Clear();
            arrived.Clear();
            StateHasChanged();
            count = window.HasMore ? await queries.CountAsync(user, filter, MostCounted, mine.Token) : window.Count;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // The person has gone on to another view.
        }
        finally
        {
            if (reading == mine)
                reading = null;
        }
    }

    private async Task MoreAsync()
    {
        await window.MoreAsync(await me.GetAsync(), CancellationToken.None);
        stretchesRead++;
    }

    private async Task EarlierAsync()
    {
        await window.EarlierAsync(await me.GetAsync(), CancellationToken.None);
        stretchesRead++;
    }

    private async Task MoveAsync((LeadRow Row, long StageId) wanted)
    {
        var user = await me.GetAsync();
        var outcome = await leads.ChangeStageAsync(user, wanted.Row.Id, wanted.StageId, null, CancellationToken.None);
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        else if (await queries.RowAsync(user, wanted.Row.Id, CancellationToken.None) is { } now)
            window.Replace(now);
    }

    /// <summary>Changed rows change in their place; new ones slide in when nobody is looking further down or pointing at the list, else they are offered.</summary>
    private async Task FollowAsync(LiveChanges changes)
    {
        if (frame is null || loading || await me.FindAsync() is not { } user)
            return;
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

            window.PutOnTop(row);
            arrived.Add(row.Id);
            count = count is { } counted and < MostCounted ? counted + 1 : count;
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

    private Tab View(string name, LeadListAddress view) => new(name, view.Href, address.View == view.View);

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location) is not { AbsolutePath: LeadListAddress.Path } location || LeadListAddress.Parse(location.Query) is not { } wanted || wanted == address)
            return;
        address = wanted;
        _ = InvokeAsync(ShowAsync);
    }

    private async Task ShowAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception exception)
        {
            // Nobody awaits a change of address: the page's error boundary gets it.
            await DispatchExceptionAsync(exception);
        }
    }

    private void StopReading()
    {
        reading?.Cancel();
        reading = null;
    }

    /// <summary>What the list needs to know besides its rows.</summary>
    private sealed record Frame(CurrentUser User, CompanyRules Company, CompanyUsers People, IReadOnlyList<string> Channels);
}
