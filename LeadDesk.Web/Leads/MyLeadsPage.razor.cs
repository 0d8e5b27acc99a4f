using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Leads.Views;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LeadDesk.Web.Leads;

/// <summary>What one has to do next: own leads that wait, the most overdue first, then the rest by activity.</summary>
public sealed partial class MyLeadsPage(
    LeadQueries queries,
    LeadService leads,
    LeadColumnQueries extras,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    LiveFeed feed,
    TimeProvider time,
    ToastService toasts,
    NavigationManager navigation,
    ILogger<MyLeadsPage> logger) : IDisposable
{
    private const string Path = "/my-leads";

    private LeadWindow? waiting;
    private LeadWindow? others;
    private CompanyRules? company;
    private LiveLeads? live;
    private string? search;
    private int stretchesRead;

    private LeadListAddress WaitingView => new() { Owner = LeadListAddress.Me, Response = ResponseState.Waiting, Sort = LeadSort.Response, Ascending = true, Search = search };

    private LeadListAddress OthersView => new() { Owner = LeadListAddress.Me, Response = ResponseState.Answered, Sort = LeadSort.Activity, Search = search };

    private string? Summary => waiting switch
    {
        null => null,
        { Count: 0 } => T["Nobody waits for you"].Value,
        { HasMore: true } => T["{0}+ wait for you", waiting.Count].Value,
        { Count: 1 } => T["1 waits for you"].Value,
        _ => T["{0} wait for you", waiting.Count].Value,
    };

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        live?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        search = LeadListAddress.Parse(new Uri(navigation.Uri).Query).Search;
        navigation.LocationChanged += Moved;
        var user = await me.GetAsync();
        live = new LiveLeads(feed, time, logger, user.CompanyId, change => change.OwnerId == user.UserId || change.FormerOwnerId == user.UserId, _ => InvokeAsync(FollowAsync));
        await LoadAsync(user);
    }

    private async Task LoadAsync(CurrentUser user)
    {
        company = await companies.GetAsync(user.CompanyId, CancellationToken.None);
        waiting = await ReadAsync(user, WaitingView, company);
        others = await ReadAsync(user, OthersView, company);
        stretchesRead++;
    }

    private async Task<LeadWindow> ReadAsync(CurrentUser user, LeadListAddress view, CompanyRules rules)
    {
        var read = new LeadWindow(queries, extras);
        await read.LoadAsync(user, view.ToFilter(new FilterScope(rules, await directory.OfAsync(user.CompanyId), user, time.GetUtcNow().UtcDateTime)), null, CancellationToken.None);
        return read;
    }

    private async Task MoreAsync(LeadWindow window)
    {
        await window.MoreAsync(await me.GetAsync(), CancellationToken.None);
        stretchesRead++;
    }

    private async Task ReachAsync((LeadRow Row, ContactWay Way) wanted)
    {
        var outcome = await leads.ReachOutAsync(await me.GetAsync(), wanted.Row.Id, wanted.Way, CancellationToken.None);
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
    }

    private async Task FollowAsync()
    {
        if (await me.FindAsync() is not { } user)
            return;
        await LoadAsync(user);
        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location) is not { AbsolutePath: Path } location)
            return;
        search = LeadListAddress.Parse(location.Query).Search;
        _ = InvokeAsync(ShowAsync);
    }

    private async Task ShowAsync()
    {
        try
        {
            await FollowAsync();
        }
        catch (Exception exception)
        {
            // Nobody awaits a change of address: the page's error boundary gets it.
            await DispatchExceptionAsync(exception);
        }
    }
}
