using System.Globalization;
using LeadDesk.Access;
using LeadDesk.FollowUps;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using LeadDesk.Web.Leads;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.FollowUps;

/// <summary>What is to be done, by time: one's own, everybody's, or one person's. Tab and person are in the address.</summary>
public sealed partial class FollowUpsPage(
    FollowUpQueries queries, FollowUpActions actions, UserDirectory directory, CurrentUserAccessor me, ReaderZone zone, LiveFeed feed, TimeProvider time, NavigationManager navigation, ILogger<FollowUpsPage> logger) : IDisposable
{
    private const int Length = 50;
    private const string Mine = "me";
    private const string Everybody = "all";
    private const string Overdue = "overdue", Today = "today", Week = "week", Later = "later", Done = "done", Open = "";

    private FollowUpDialog? dialog;
    private CurrentUser? user;
    private IReadOnlyList<DirectoryUser> people = [];
    private List<FollowUpView>? items;
    private FollowUpCounts counts = new(0, 0, 0, 0);
    private DayEnds ends = new(default, default, default);
    private string place = Open;
    private string? next;
    private (string? When, string? Of)? shown;
    private LiveLeads? live;

    /// <summary>overdue, today, week, later or done; all open ones without it.</summary>
    [SupplyParameterFromQuery] public string? When { get; set; }

    /// <summary>me, all or a person's id.</summary>
    [SupplyParameterFromQuery(Name = "of")] public string? Whose { get; set; }

    private string Of => Whose == Everybody || people.Any(person => person.Id.ToString(CultureInfo.InvariantCulture) == Whose) ? Whose! : Mine;

    private long? PersonId => Of switch
    {
        Mine => user?.UserId,
        Everybody => null,
        var id => long.Parse(id, CultureInfo.InvariantCulture),
    };

    private string? Summary => items is null ? null : counts.Overdue > 0 ? T["{0} overdue", counts.Overdue].Value : T["Nothing is overdue"].Value;

    private IReadOnlyList<Tab> TabItems =>
    [
        TabOf(T["Open"], Open, counts.Overdue + counts.Today + counts.Week + counts.Later),
        TabOf(T["Overdue"], Overdue, counts.Overdue),
        TabOf(T["Due today"], Today, counts.Today),
        TabOf(T["This week"], Week, counts.Week),
        TabOf(T["Later"], Later, counts.Later),
        TabOf(T["Done"], Done, null),
    ];

    public void Dispose() => live?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || shown == (When, Whose))
            return;
        shown = (When, Whose);
        user = await me.GetAsync();
        people = [.. (await directory.OfAsync(user.CompanyId)).All.Where(person => user.SeesAllLeads && person is { Active: true, Role: not Role.Integration } && person.Id != user.UserId)];
        place = When is Overdue or Today or Week or Later or Done ? When : Open;
        live ??= new LiveLeads(feed, time, logger, user.CompanyId, _ => true, _ => InvokeAsync(FollowAsync));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        user = await me.GetAsync();
        var now = time.GetUtcNow().UtcDateTime;
        ends = DayEnds.Of(now, await zone.GetAsync());
        counts = await queries.CountsAsync(user, PersonId, now, ends.Today, ends.Week, CancellationToken.None);
        var page = await queries.ListAsync(user, Filter(now), null, Length, CancellationToken.None);
        (items, next) = ([.. page.Value?.Items ?? []], page.Value?.NextCursor);
    }

    private async Task MoreAsync()
    {
        var page = await queries.ListAsync(await me.GetAsync(), Filter(ends.Now), next, Length, CancellationToken.None);
        if (!page.Succeeded)
            return;
        items!.AddRange(page.Value.Items);
        next = page.Value.NextCursor;
    }

    private FollowUpFilter Filter(DateTime now) => place switch
    {
        Overdue => new FollowUpFilter(UserId: PersonId, DueBefore: now),
        Today => new FollowUpFilter(UserId: PersonId, DueFrom: now, DueBefore: ends.Today),
        Week => new FollowUpFilter(UserId: PersonId, DueFrom: ends.Today, DueBefore: ends.Week),
        Later => new FollowUpFilter(UserId: PersonId, DueFrom: ends.Week),
        Done => new FollowUpFilter(FollowUpState.Done, PersonId),
        _ => new FollowUpFilter(UserId: PersonId),
    };

    private IEnumerable<IGrouping<string, FollowUpView>> Groups() => items!.GroupBy(item =>
        item.DoneAt is not null ? T["Done"].Value
        : item.DueAt < ends.Now ? T["Overdue"].Value
        : item.DueAt < ends.Today ? T["Due today"].Value
        : item.DueAt < ends.Week ? T["This week"].Value : T["Later"].Value);

    private async Task DoneAsync(FollowUpView item)
    {
        await actions.DoneAsync(item, ReadAsync);
        await ReadAsync();
    }

    private async Task SnoozeAsync((FollowUpView Item, Func<DateTime, DateTime> To) wanted)
    {
        await actions.SnoozeAsync(wanted.Item, wanted.To);
        await ReadAsync();
    }

    private async Task DeleteAsync(FollowUpView item)
    {
        await actions.DeleteAsync(item, ReadAsync);
        await ReadAsync();
    }

    /// <summary>A long list that somebody reads is not cut short by what happens elsewhere.</summary>
    private async Task FollowAsync()
    {
        if (items is null || items.Count > Length || await me.FindAsync() is null)
            return;
        await ReadAsync();
        StateHasChanged();
    }

    private Task ChooseAsync(string of)
    {
        navigation.NavigateTo(HrefOf(place, of));
        return Task.CompletedTask;
    }

    private Tab TabOf(string name, string word, int? count) => new(name, HrefOf(word, Of), place == word, items is null ? null : count);

    private static string HrefOf(string when, string of)
    {
        var query = string.Join('&', new[] { when.Length > 0 ? $"when={when}" : null, of == Mine ? null : $"of={of}" }.OfType<string>());
        return query.Length is 0 ? "/follow-ups" : $"/follow-ups?{query}";
    }
}
