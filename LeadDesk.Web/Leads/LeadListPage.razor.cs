using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Leads.Views;
using LeadDesk.Live;
using LeadDesk.Web.Access;
using LeadDesk.Web.Exports;
using LeadDesk.Web.Leads.Views;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadListPage(
    LeadQueries queries,
    LeadColumnQueries extras,
    SavedViewService savedViews,
    UserPreferences preferences,
    CompanyDirectory companies,
    UserDirectory directory,
    CurrentUserAccessor me,
    FirstPaint paint,
    LiveFeed feed,
    TimeProvider time,
    ToastService toasts,
    NavigationManager navigation,
    IJSRuntime js,
    ILogger<LeadListPage> logger) : IDisposable
{
    /// <summary>What the palette asks the list to do, in the address: <c>?do=new</c>.</summary>
    internal const string Doing = "do";

    internal const string Adding = "new";
    internal const string SelectingAll = "all";
    internal const string Exporting = "export";

    /// <summary>Beyond it the heading says "1,000+" where the running totals do not tell: counting a million would cost more than it tells.</summary>
    internal const int MostCounted = 1000;

    /// <summary>How many new leads are named before the button just says that there are more.</summary>
    private const int MostFresh = 99;

    private readonly LeadWindow window = new(queries, extras);
    private readonly LeadSelection selection = new();
    private readonly HashSet<long> fresh = [];
    private readonly HashSet<long> arrived = [];
    private LeadListAddress address = LeadListAddress.Default;
    private Frame? frame;
    private StageDialog? stageDialog;
    private ExportDialog? exporting;
    private LeadRow? assigned;
    private LiveLeads? live;
    private CancellationTokenSource? reading;
    private LeadCount? count;
    private int? placeWanted;
    private int heard, run;
    private bool placing;
    private bool loading = true;
    private bool adding;
    private bool asked;

    private string? Summary => count switch
    {
        null => null,
        { More: true } some => T["{0}+ leads", some.Count.ToString("N0", CultureInfo.CurrentCulture)].Value,
        { Count: 1 } => T["1 lead"].Value,
        { } known => T["{0} leads", known.Count.ToString("N0", CultureInfo.CurrentCulture)].Value,
    };

    private string FreshWords => fresh.Count switch
    {
        1 => T["1 new lead"],
        > MostFresh => T["{0}+ new leads", MostFresh],
        _ => T["{0} new leads", fresh.Count],
    };

    /// <summary>Null when there are more than were counted.</summary>
    private int? ExactCount => count is { More: false } known ? known.Count : null;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        selection.Changed -= StateHasChanged;
        live?.Dispose();
        StopReading();
    }

    protected override async Task OnInitializedAsync()
    {
        var user = await me.GetAsync();
        if (!RendererInfo.IsInteractive)
        {
            if (await paint.ReadAsync(user, token => ReadPaintAsync(user, token)) is { } read)
                await ShowPaintAsync(user, read);
            return;
        }

        navigation.LocationChanged += Moved;
        selection.Changed += StateHasChanged;
        live = new LiveLeads(feed, time, logger, user.CompanyId, _ => true, changes => InvokeAsync(() => FollowAsync(changes)));
        if (paint.Take<ListPaint>(user) is { } painted)
        {
            await ShowPaintAsync(user, painted);
            await FollowAsync(new LiveChanges([], Everything: true));
        }
        else
        {
            views = await savedViews.ListAsync(user, CancellationToken.None);
            own = ColumnLayout.Read(await preferences.GetAsync(user, UserPreferences.LeadColumns, CancellationToken.None)) ?? ListColumns.Default;
            ReadAddress();
            await LoadAsync();
        }
    }

    /// <summary>What the address asks for opens dialogs; they are there after a rendering.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (asked || frame is null)
            return;
        asked = true;
        await DoAskedAsync();
        StateHasChanged();
    }

    /// <summary>What the address asks for once; it is taken out of the address then.</summary>
    private async Task DoAskedAsync()
    {
        if (!QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(Doing, out var wanted))
            return;
        if (wanted == Adding)
            adding = true;
        else if (wanted == SelectingAll)
            await selection.SelectAllAsync(CountAllAsync);
        else if (wanted == Exporting && frame?.User.Can(Permission.ExportLeads) is true)
            await exporting!.AskAsync();
        navigation.NavigateTo(address.Href, replace: true);
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
            var scope = await ScopeAsync(user, mine.Token);
            var channels = frame?.Channels ?? await queries.ChannelsAsync(user, mine.Token);
            ChooseColumns(scope.Company);
            Show(scope, channels, await window.BeginningAsync(user, address.ToFilter(scope), ListColumns.WantsOf(columns), mine.Token));
            StateHasChanged();
            count = window.HasMore ? await queries.CountAsync(user, window.Filter, MostCounted, mine.Token) : new LeadCount(window.Count, More: false);
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

        if (missed is { } changes && !loading)
        {
            missed = null;
            await FollowAsync(changes);
        }
    }

    private void Show(FilterScope scope, IReadOnlyList<string> channels, LeadBeginning beginning)
    {
        window.Begin(address.ToFilter(scope), ListColumns.WantsOf(columns), beginning);
        frame = new Frame(scope.User, scope.Company, scope.Users, channels, scope);
        loading = false;
        heard++;
        run++;
        fresh.Clear();
        arrived.Clear();
    }

    /// <summary>Reads what stands around the row somebody looks at; while it reads only the last place asked for is remembered.</summary>
    private async Task ShowPlaceAsync(int row)
    {
        placeWanted = row;
        if (placing)
            return;
        placing = true;
        try
        {
            while (placeWanted is { } wanted)
            {
                placeWanted = null;
                await window.ShowAsync(await me.GetAsync(), wanted, CancellationToken.None);
            }
        }
        finally
        {
            placing = false;
        }
    }

    private async Task<LeadCount> CountOfAsync(LeadListAddress view, int most, CancellationToken cancellationToken)
    {
        var user = await me.GetAsync();
        var filter = view.ToFilter(await ScopeAsync(user, cancellationToken));
        // SQLite answers on the thread that asks; the page's own goes on meanwhile.
        return await Task.Run(() => queries.CountAsync(user, filter, most, cancellationToken), cancellationToken);
    }

    private async Task<FilterScope> ScopeAsync(CurrentUser user, CancellationToken cancellationToken) =>
        new(await companies.GetAsync(user.CompanyId, cancellationToken), await directory.OfAsync(user.CompanyId), user, time.GetUtcNow().UtcDateTime);

    private async Task<LeadFilter> FilterAsync() => address.ToFilter(await ScopeAsync(await me.GetAsync(), CancellationToken.None));

    private async Task<int> CountAllAsync() => (await CountOfAsync(address, int.MaxValue, CancellationToken.None)).Count;

    private async Task MoveAsync((LeadRow Row, long StageId) wanted)
    {
        if (stageDialog is not { } dialog)
            return;
        var moved = await dialog.MoveAsync(wanted.Row.Id, wanted.StageId);
        if (moved is not null)
            window.Replace(LeadQueries.RowOf(moved));
        else
            // The choice in the row goes back to the stage that the lead still has.
            window.Replace(wanted.Row with { });
        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location) is { AbsolutePath: LeadListAddress.Path })
            _ = InvokeAsync(ShowAsync);
    }

    private async Task ShowAsync()
    {
        try
        {
            var (before, user) = (address, await me.GetAsync());
            views = await savedViews.ListAsync(user, CancellationToken.None);
            ReadAddress();
            if (address == before)
            {
                await DoAskedAsync();
                StateHasChanged();
                return;
            }

            if (address.View != before.View || address.Search != before.Search || address.Filter != before.Filter)
                selection.Clear();
            count = null;
            await LoadAsync();
            await DoAskedAsync();
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
    private sealed record Frame(CurrentUser User, CompanyRules Company, CompanyUsers People, IReadOnlyList<string> Channels, FilterScope Scope);
}
