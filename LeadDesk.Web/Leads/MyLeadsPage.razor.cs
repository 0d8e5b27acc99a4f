using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Leads.Views;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LeadDesk.Web.Leads;

/// <summary>What one has to do next: own leads that wait, the most overdue first, then follow-ups that are due, then the other open ones by activity.</summary>
public sealed partial class MyLeadsPage(
    LeadQueries queries,
    LeadColumnQueries beside,
    LeadService leads,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    FirstPaint paint,
    LiveFeed feed,
    TimeProvider time,
    ToastService toasts,
    NavigationManager navigation,
    ILogger<MyLeadsPage> logger) : IDisposable
{
    private const string Path = "/my-leads";

    private IReadOnlyList<Part> parts = [];
    private StageDialog? dialog;
    private FollowUpDialog? followUps;
    private LeadRow? noted;
    private Lead? called;
    private LiveLeads? live;
    private MarkupString stages;
    private string? search;
    private int run;

    private string? Summary => parts switch
    {
        [] => null,
        [{ Window.Count: 0 }, ..] => T["Nobody waits for you"].Value,
        [{ Window: { HasMore: true } waiting }, ..] => T["{0}+ wait for you", waiting.Before + waiting.Count].Value,
        [{ Window.Count: 1 }, ..] => T["1 waits for you"].Value,
        [{ Window: var waiting }, ..] => T["{0} wait for you", waiting.Before + waiting.Count + waiting.After].Value,
    };

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        live?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        search = LeadListAddress.Parse(new Uri(navigation.Uri).Query).Search;
        var user = await me.GetAsync();
        if (!RendererInfo.IsInteractive)
        {
            await ShowAsync(user, await paint.ReadAsync(user, token => BeginningsAsync(user, token)));
            return;
        }

        navigation.LocationChanged += Moved;
        live = new LiveLeads(feed, time, logger, user.CompanyId, change => change.OwnerId == user.UserId || change.FormerOwnerId == user.UserId, _ => InvokeAsync(FollowAsync));
        await ShowAsync(user, paint.Take<List<LeadBeginning>>(user));
        await LoadAsync(user);
    }

    private async Task<List<LeadBeginning>> BeginningsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var (scope, read) = (await ScopeAsync(user, cancellationToken), new List<LeadBeginning>());
        foreach (var (_, view) in Views(scope))
            read.Add(await new LeadWindow(queries, beside).BeginningAsync(user, view.ToFilter(scope), LeadColumnWants.None, cancellationToken));
        return read;
    }

    /// <summary>Every part as it was read for the first paint, if it was.</summary>
    private async Task ShowAsync(CurrentUser user, List<LeadBeginning>? beginnings)
    {
        if (beginnings is null)
            return;
        var (scope, shown) = (await ScopeAsync(user, CancellationToken.None), new List<Part>());
        foreach (var ((title, view), beginning) in Views(scope).Zip(beginnings))
        {
            var window = new LeadWindow(queries, beside);
            window.Begin(view.ToFilter(scope), LeadColumnWants.None, beginning);
            shown.Add(new Part(title, view, window));
        }

        (parts, stages) = (shown, LeadTable.StageOptions(scope.Company));
    }

    private async Task<FilterScope> ScopeAsync(CurrentUser user, CancellationToken cancellationToken) =>
        new(await companies.GetAsync(user.CompanyId, cancellationToken), await directory.OfAsync(user.CompanyId), user, time.GetUtcNow().UtcDateTime);

    /// <summary>Reads every part around the place one looks at in it.</summary>
    private async Task LoadAsync(CurrentUser user)
    {
        var mine = ++run;
        var scope = await ScopeAsync(user, CancellationToken.None);
        var read = new List<Part>();
        foreach (var (title, view) in Views(scope))
        {
            var window = new LeadWindow(queries, beside);
            await window.LoadAsync(user, view.ToFilter(scope), LeadColumnWants.None, CancellationToken.None);
            if (parts.FirstOrDefault(part => part.Title == title) is { Window.HasEarlier: true } before)
                await window.ShowAsync(user, before.Window.Before, CancellationToken.None);
            read.Add(new Part(title, view, window));
        }

        if (mine == run)
            (parts, stages) = (read, LeadTable.StageOptions(scope.Company));
    }

    private IEnumerable<(string Title, LeadListAddress View)> Views(FilterScope scope)
    {
        var mine = new LeadListAddress { Owner = LeadListAddress.Me, Search = search };
        var answered = mine with { Response = ResponseState.Answered };
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(scope.Now, scope.Company.Zone)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        yield return (T["Waiting for your answer"], mine with { Response = ResponseState.Waiting, Sort = LeadSort.Response, Ascending = true });
        yield return (T["Follow-ups due"], answered with { Filter = "follow_up is overdue or follow_up is today", Sort = LeadSort.FollowUp, Ascending = true });
        yield return (T["In progress"], answered with { Filter = $"outcome is open and (follow_up is empty or follow_up after {today})", Sort = LeadSort.Activity });
        if (search is not null)
            yield return (T["Closed"], answered with { Filter = "outcome is not open", Sort = LeadSort.Activity });
    }

    private async Task ShowAsync(Part part, ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            await part.Window.ShowAsync(await me.GetAsync(), row, CancellationToken.None);
    }

    private async Task ReachAsync((LeadRow Row, ContactWay Way) wanted)
    {
        var outcome = await leads.ReachOutAsync(await me.GetAsync(), wanted.Row.Id, wanted.Way, CancellationToken.None);
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        else if (wanted.Way is ContactWay.Call)
            // The telephone rings beside it; how the call went is asked for here.
            called = outcome.Value;
    }

    private async Task CallLoggedAsync()
    {
        called = null;
        await FollowAsync();
    }

    private async Task MoveAsync((long LeadId, long StageId) wanted)
    {
        if (dialog is not null && await dialog.MoveAsync(wanted.LeadId, wanted.StageId) is { } moved)
            toasts.Show(T["{0} moved", LeadNames.Display(moved.Name, moved.Email, moved.Phone, moved.Id)]);
        await FollowAsync();
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
        _ = InvokeAsync(ReadAgainAsync);
    }

    private async Task ReadAgainAsync()
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

    /// <param name="View">The list the part is, for the lead page's next and previous.</param>
    private sealed record Part(string Title, LeadListAddress View, LeadWindow Window);
}
