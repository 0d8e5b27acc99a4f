using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

/// <summary>What the parts of a lead's page show.</summary>
/// <param name="User">Who looks at it.</param>
public sealed record LeadView(LeadDetails Details, CurrentUser User, CompanyRules Company, CompanyUsers People)
{
    public Lead Lead => Details.Lead;
}

public sealed partial class LeadPage(
    LeadQueries queries,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    LiveFeed feed,
    TimeProvider time,
    NavigationManager navigation,
    ILogger<LeadPage> logger) : IDisposable
{
    private const string FirstTab = "timeline";

    private LeadView? view;
    private LeadNeighbours neighbours = LeadNeighbours.None;
    private LeadListAddress list = LeadListAddress.Default;
    private string tab = FirstTab;
    private LiveLeads? live;
    private bool gone;

    [Parameter] public long Id { get; set; }

    /// <summary>Query of the list one came from.</summary>
    [SupplyParameterFromQuery] public string? From { get; set; }

    /// <summary>Which part a phone shows.</summary>
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    private (string Word, string Name)[] Tabs => [("facts", T["Facts"]), (FirstTab, T["Timeline"]), ("score", T["Score"])];

    public void Dispose() => live?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            await AnswerMissingAsync();
            return;
        }

        list = LeadListAddress.Parse(From);
        tab = Tab is "facts" or "score" ? Tab : FirstTab;
        if (view?.Lead.Id == Id)
            return;
        if (live is null)
        {
            var user = await me.GetAsync();
            live = new LiveLeads(feed, time, logger, user.CompanyId, change => change.LeadId == Id, _ => InvokeAsync(FollowAsync));
        }

        await OpenAsync();
    }

    /// <summary>Before the first paint, so that a lead that is not there is HTTP 404.</summary>
    private async Task AnswerMissingAsync()
    {
        if (await me.FindAsync() is { } user && !await queries.CanSeeAsync(user, Id, CancellationToken.None))
            navigation.NotFound();
    }

    private async Task OpenAsync()
    {
        (view, gone) = (null, false);
        await ReadAsync();
        if (gone)
        {
            navigation.NotFound();
            return;
        }

        if (view is { } shown)
            neighbours = await queries.NeighboursAsync(shown.User, list.ToFilter(new FilterScope(shown.Company, shown.People, shown.User, time.GetUtcNow().UtcDateTime)), Id, CancellationToken.None);
    }

    private async Task ReadAsync()
    {
        var (id, user) = (Id, await me.GetAsync());
        var details = await queries.GetAsync(user, id, CancellationToken.None);
        if (id != Id)
            return;
        gone = !details.Succeeded;
        view = details.Succeeded
            ? new LeadView(details.Value, user, await companies.GetAsync(user.CompanyId, CancellationToken.None), await directory.OfAsync(user.CompanyId))
            : null;
    }

    private async Task FollowAsync()
    {
        if (view is null || await me.FindAsync() is null)
            return;
        await ReadAsync();
        StateHasChanged();
    }

    private string HrefOf(string word)
    {
        var query = new List<string>(2);
        if (!string.IsNullOrEmpty(From))
            query.Add($"from={Uri.EscapeDataString(From)}");
        if (word != FirstTab)
            query.Add($"tab={word}");
        return query.Count == 0 ? $"/leads/{Id}" : $"/leads/{Id}?{string.Join('&', query)}";
    }
}
