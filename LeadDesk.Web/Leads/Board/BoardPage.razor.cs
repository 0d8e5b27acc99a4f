using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Board;
using LeadDesk.Leads.Filtering;
using LeadDesk.Leads.Views;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LeadDesk.Web.Leads.Board;

/// <summary>A pipeline's stages side by side. Each holds the cards somebody looks at; leads that others move go to their new place by themselves.</summary>
public sealed partial class BoardPage(
    LeadQueries queries,
    LeadColumnQueries beside,
    BoardQueries heads,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    FirstPaint paint,
    LiveFeed feed,
    TimeProvider time,
    ToastService toasts,
    NavigationManager navigation,
    ILogger<BoardPage> logger) : IDisposable
{
    /// <summary>Leads of one stage that are counted where running totals do not tell.</summary>
    private const int MostCounted = 1000;

    /// <summary>How often counts and sums follow what changes, at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly Leaving leaving = new();
    private IReadOnlyList<BoardColumnState> columns = [];
    private LeadListAddress address = new() { Place = LeadListAddress.BoardPath };
    private LeadFilter filter = new();
    private Frame? frame;
    private StageDialog? dialog;
    private LiveLeads? live;
    private Throttle? counting;
    private MarkupString stages;
    private DateTime now;
    private string from = "";
    private int run;
    private bool adding, loading;

    private (LeadSort Sort, string Name)[] Orders =>
    [
        (LeadSort.Created, T["Newest first"]), (LeadSort.Activity, T["Last activity"]), (LeadSort.Score, T["Score"]), (LeadSort.Value, T["Value"]), (LeadSort.FollowUp, T["Next follow-up"]), (LeadSort.Name, T["Name"]),
    ];

    private string? Summary
    {
        get
        {
            if (frame is not { } shown || columns.Any(column => column.Head is null))
                return null;
            var (count, value, more) = (columns.Sum(column => column.Head!.Count), columns.Sum(column => column.Head!.Value), columns.Any(column => column.Head!.More));
            var words = more ? T["{0}+ leads", count.ToString("N0", CultureInfo.CurrentCulture)] : count == 1 ? T["1 lead"] : T["{0} leads", count.ToString("N0", CultureInfo.CurrentCulture)];
            return value is 0 ? words : $"{words} · {LeadMoney.Short(value, shown.Company.Currency)}{(more ? "+" : null)}";
        }
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        leaving.Dispose();
        live?.Dispose();
        counting?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        ReadAddress();
        var user = await me.GetAsync();
        if (!RendererInfo.IsInteractive)
        {
            await ShowPaintAsync(user, await paint.ReadAsync(user, token => ReadPaintAsync(user, token)));
            return;
        }

        navigation.LocationChanged += Moved;
        counting = new Throttle(Pace, _ => InvokeAsync(CountAsync), exception => LogFailed(logger, exception), time);
        live = new LiveLeads(feed, time, logger, user.CompanyId, _ => true, changes => InvokeAsync(() => FollowAsync(changes)));
        await ShowPaintAsync(user, paint.Take<BoardPaint>(user));
        await LoadAsync(sameLeads: true);
    }

    private void ReadAddress() => address = LeadListAddress.Parse(new Uri(navigation.Uri).Query) with { Place = LeadListAddress.BoardPath, Stage = null };

    /// <summary>Reads every column from its beginning; another call meanwhile makes this one end.</summary>
    /// <param name="sameLeads">The filter is as it was: counts stay until there are new ones.</param>
    private async Task LoadAsync(bool sameLeads)
    {
        var mine = ++run;
        loading = true;
        var user = await me.GetAsync();
        var scope = await ScopeAsync(user, leaving.Token);
        var channels = frame?.Channels ?? await queries.ChannelsAsync(user, leaving.Token);
        if (mine != run)
            return;
        Show(scope, channels);
        var read = ColumnsIn(scope);
        if (sameLeads)
            read.ForEach(column => column.Head = columns.FirstOrDefault(known => known.Stage.Id == column.Stage.Id)?.Head);
        foreach (var column in read)
        {
            await column.Window.LoadAsync(user, FilterOf(column), LeadColumnWants.None, leaving.Token);
            if (mine != run)
                return;
        }

        (columns, loading) = (read, false);
        StateHasChanged();
        counting?.Request();
    }

    private void Show(FilterScope scope, IReadOnlyList<string> channels)
    {
        (filter, now, from) = (address.ToFilter(scope), scope.Now, address.ToQuery());
        stages = LeadTable.StageOptions(scope.Company);
        frame = new Frame(scope.Company, scope, channels, PipelineIn(scope));
    }

    private long PipelineIn(FilterScope scope) =>
        scope.Company.Pipelines.FirstOrDefault(pipeline => pipeline.Id == address.Pipeline)?.Id ?? scope.Company.FirstStage.PipelineId;

    private List<BoardColumnState> ColumnsIn(FilterScope scope) =>
        [.. scope.Company.Stages.Where(stage => stage.PipelineId == PipelineIn(scope)).Select(stage => new BoardColumnState(stage, queries, beside))];

    private LeadFilter FilterOf(BoardColumnState column) => filter with { StageId = column.Stage.Id };

    private async Task<FilterScope> ScopeAsync(CurrentUser user, CancellationToken cancellationToken) =>
        new(await companies.GetAsync(user.CompanyId, cancellationToken), await directory.OfAsync(user.CompanyId), user, time.GetUtcNow().UtcDateTime);

    private async Task CountAsync()
    {
        if (leaving.IsCancellationRequested)
            return;
        var (counted, mine) = (columns, run);
        try
        {
            var read = await heads.HeadsAsync(await me.GetAsync(), filter, Filters(filter), [.. counted.Select(column => column.Stage)], MostCounted, leaving.Token);
            if (mine != run)
                return;
            foreach (var (column, head) in counted.Zip(read))
                column.Head = head;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    /// <summary>Reads the cards around the one somebody looks at; while it reads only the last place asked for is remembered.</summary>
    private async Task ShowAsync(BoardColumnState column, int row)
    {
        column.Wanted = row;
        if (column.Placing)
            return;
        column.Placing = true;
        try
        {
            while (column.Wanted is { } wanted)
            {
                column.Wanted = null;
                await column.Window.ShowAsync(await me.GetAsync(), wanted, leaving.Token);
            }
        }
        finally
        {
            column.Placing = false;
        }
    }

    private async Task FollowAsync(LiveChanges changes)
    {
        if (frame is null || loading || await me.FindAsync() is not { } user)
            return;
        if (changes.Everything)
            await LoadAsync(sameLeads: true);
        else
            await TakeAsync(user, changes.Ids, null);
        counting?.Request();
        StateHasChanged();
    }

    /// <summary>Reads some leads once for all columns, and puts each where it belongs.</summary>
    /// <param name="shown">One that this person has just moved.</param>
    private async Task TakeAsync(CurrentUser user, IReadOnlyCollection<long> ids, long? shown)
    {
        var (mine, here) = (columns, await queries.AmongAsync(user, filter, ids, leaving.Token));
        var values = await beside.OfAsync(user, [.. here.Select(row => row.Id)], LeadColumnWants.None, leaving.Token);
        foreach (var column in mine)
        {
            var rows = here.Where(row => row.StageId == column.Stage.Id).ToList();
            if (!column.Window.Take(ids, rows, values, shown))
                continue;
            await column.Window.LoadAsync(user, FilterOf(column), LeadColumnWants.None, leaving.Token);
            column.Window.Take(ids, rows, values, shown);
        }
    }

    /// <summary><c>lead stage</c>, as js/board.js says it.</summary>
    private Task MoveAsync(ChangeEventArgs change) =>
        (change.Value as string)?.Split(' ') is [var lead, var stage] && long.TryParse(lead, CultureInfo.InvariantCulture, out var leadId) && long.TryParse(stage, CultureInfo.InvariantCulture, out var stageId)
            ? MoveAsync(leadId, stageId)
            : Task.CompletedTask;

    private async Task MoveAsync(long leadId, long stageId)
    {
        if (dialog is null || frame is not { } shown)
            return;
        var former = columns.FirstOrDefault(column => column.Window.Rows.Any(row => row.Id == leadId))?.Stage;
        var moved = await dialog.MoveAsync(leadId, stageId);
        // Undone from its toast on another page.
        if (leaving.IsCancellationRequested)
            return;
        await TakeAsync(await me.GetAsync(), [leadId], leadId);
        counting?.Request();
        if (moved is not null && former is not null && former.Id != stageId && shown.Company.Stage(stageId) is { } stage)
            toasts.Show(T["Moved to {0}", stage.Name], undo: () => MoveAsync(leadId, former.Id));
        StateHasChanged();
    }

    private void ChoosePipeline(ChangeEventArgs change)
    {
        if (long.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var id))
            navigation.NavigateTo((address with { Pipeline = id == frame?.Company.FirstStage.PipelineId ? null : id }).Href);
    }

    private void ChooseOrder(ChangeEventArgs change)
    {
        if (Enum.TryParse<LeadSort>(change.Value as string, out var sort) && sort != address.Sort)
            navigation.NavigateTo(address.SortedBy(sort).Href);
    }

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location) is { AbsolutePath: LeadListAddress.BoardPath })
            _ = InvokeAsync(ReadAgainAsync);
    }

    private async Task ReadAgainAsync()
    {
        try
        {
            var before = address;
            ReadAddress();
            if (address != before)
                await LoadAsync(sameLeads: false);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            // Nobody awaits a change of address: the page's error boundary gets it.
            await DispatchExceptionAsync(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The counts of the board could not be read; they follow with the next change.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    /// <summary>What the board needs to know besides its cards.</summary>
    private sealed record Frame(CompanyRules Company, FilterScope Scope, IReadOnlyList<string> Channels, long PipelineId);
}
