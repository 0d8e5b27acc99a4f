using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

/// <summary>What the parts of a lead's page show.</summary>
/// <param name="User">Who looks at it.</param>
public sealed record LeadView(LeadDetails Details, CurrentUser User, CompanyRules Company, CompanyUsers People)
{
    public Lead Lead => Details.Lead;

    public IReadOnlyList<long> HelperIds { get; } = [.. Details.Helpers.Select(helper => helper.UserId)];
}

public sealed partial class LeadPage(
    LeadQueries queries,
    LeadService leads,
    LeadFateQueries fates,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    LiveFeed feed,
    TimeProvider time,
    ToastService toasts,
    NavigationManager navigation,
    ILogger<LeadPage> logger) : IDisposable
{
    private const string FirstTab = "timeline";

    private LeadView? view;
    private LeadNeighbours neighbours = LeadNeighbours.None;
    private LeadListAddress list = LeadListAddress.Default;
    private string tab = FirstTab;
    private LiveLeads? live;
    private FollowUpDialog? followUp;
    private TimelineFilter show;
    private LeadFate? fate;
    private bool gone;

    [Parameter] public long Id { get; set; }

    /// <summary>Query of the list one came from.</summary>
    [SupplyParameterFromQuery] public string? From { get; set; }

    /// <summary>Which part a phone shows.</summary>
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    /// <summary>What the timeline is narrowed to.</summary>
    [SupplyParameterFromQuery] public string? Show { get; set; }

    private (string Word, string Name)[] Tabs => [("facts", T["Facts"]), (FirstTab, T["Timeline"]), ("score", T["Plan and score"])];

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
        show = Enum.TryParse<TimelineFilter>(Show?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : TimelineFilter.All;
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
        if (await me.FindAsync() is { } user && !await queries.CanSeeAsync(user, Id, CancellationToken.None) && !LeadsOn(await fates.FindAsync(user, Id, CancellationToken.None)))
            navigation.NotFound();
    }

    /// <summary>Somebody who opens a lead that is gone is shown the way on when there is one.</summary>
    private static bool LeadsOn(LeadFate? fate) => fate is { MergedInto: not null } or { MayRestore: true };

    private async Task OpenAsync()
    {
        (view, gone) = (null, false);
        await ReadAsync();
        if (gone)
        {
            if (!LeadsOn(fate))
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
        fate = details.Succeeded ? null : await fates.FindAsync(user, id, CancellationToken.None);
        gone = !details.Succeeded;
        view = details.Succeeded
            ? new LeadView(details.Value, user, await companies.GetAsync(user.CompanyId, CancellationToken.None), await directory.OfAsync(user.CompanyId))
            : null;
    }

    private async Task ReachAsync(ContactWay way)
    {
        var outcome = await leads.ReachOutAsync(await me.GetAsync(), Id, way, CancellationToken.None);
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await ReadAsync();
    }

    private async Task FollowAsync()
    {
        if ((view is null && !gone) || await me.FindAsync() is null)
            return;
        await ReadAsync();
        StateHasChanged();
    }

    private string HrefOf(string word, TimelineFilter filter)
    {
        var query = new List<string>(3);
        if (!string.IsNullOrEmpty(From))
            query.Add($"from={Uri.EscapeDataString(From)}");
        if (word != FirstTab)
            query.Add($"tab={word}");
        if (filter is not TimelineFilter.All)
            query.Add($"show={JsonNamingPolicy.SnakeCaseLower.ConvertName(filter.ToString())}");
        return query.Count == 0 ? $"/leads/{Id}" : $"/leads/{Id}?{string.Join('&', query)}";
    }
}
