using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Scoring;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Leads.Views;

public sealed partial class LeadViewTabs(TimeProvider time, ILogger<LeadViewTabs> logger) : IDisposable
{
    /// <summary>How often the counts follow what comes in, at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, LeadCount> counts = new(StringComparer.Ordinal);
    private readonly Leaving leaving = new();
    private IReadOnlyList<Tab> tabs = [];
    private Throttle? throttle;
    private int told = -1;
    private bool usual;

    [Parameter, EditorRequired] public LeadListAddress Address { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public IReadOnlyList<SavedView> Views { get; set; } = [];

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = null!;

    /// <summary>The list differs from the saved view it started from.</summary>
    [Parameter, EditorRequired] public bool Changed { get; set; }

    /// <summary>Changes whenever the leads may have: the counts follow.</summary>
    [Parameter, EditorRequired] public int Heard { get; set; }

    /// <summary>How many leads some addresses show, to begin with.</summary>
    [Parameter, EditorRequired] public IReadOnlyDictionary<string, LeadCount> Known { get; set; } = new Dictionary<string, LeadCount>();

    /// <summary>How many leads an address shows, up to a bound.</summary>
    [Parameter, EditorRequired] public Func<LeadListAddress, int, CancellationToken, Task<LeadCount>> Count { get; set; } = null!;

    /// <summary>The list shown was counted.</summary>
    [Parameter, EditorRequired] public EventCallback<LeadCount> OnCounted { get; set; }

    /// <summary>Asks for a name: for a new view, or to change the one given.</summary>
    [Parameter, EditorRequired] public EventCallback<SavedView?> OnSave { get; set; }

    /// <summary>Keeps the list as it is now in the view.</summary>
    [Parameter, EditorRequired] public EventCallback<SavedView> OnUpdate { get; set; }

    [Parameter, EditorRequired] public EventCallback<SavedView> OnDelete { get; set; }

    [Parameter, EditorRequired] public EventCallback<(SavedView View, int Step)> OnMove { get; set; }

    private SavedView? Current => Views.FirstOrDefault(view => view.Id == Address.ViewId);

    public void Dispose()
    {
        leaving.Dispose();
        throttle?.Dispose();
    }

    protected override void OnInitialized()
    {
        foreach (var (href, count) in Known)
            counts[href] = count;
        if (RendererInfo.IsInteractive)
            throttle = new Throttle(Pace, _ => InvokeAsync(CountAsync), exception => LogFailed(logger, exception), time);
    }

    protected override void OnParametersSet()
    {
        Build();
        if (told == Heard)
            return;
        told = Heard;
        throttle?.Request();
    }

    private string HrefOf(long viewId) => $"{Address.Place}?view={viewId}";

    /// <summary>The address of each tab with its name.</summary>
    public static IEnumerable<(string Name, LeadListAddress Address)> Shown(LeadListAddress address, IReadOnlyList<SavedView> views, CurrentUser user, IStringLocalizer<Texts> texts)
    {
        var all = address.Cleared;
        yield return (texts["All"], all);
        yield return (texts["Hot"], all with { Grade = Grade.Hot });
        yield return (texts["Waiting for an answer"], all with { Response = ResponseState.Waiting, Sort = LeadSort.Response, Ascending = true });
        if (user.SeesAllLeads)
        {
            yield return (texts["Unassigned"], all with { Owner = LeadListAddress.Nobody });
            yield return (texts["Mine"], all with { Owner = LeadListAddress.Me });
        }

        yield return (texts["Won"], all with { Outcome = LeadOutcome.Won });
        foreach (var view in views.Where(view => view.Pinned || view.Id == address.ViewId))
            yield return (view.Name, LeadListAddress.Parse($"view={view.Id}", _ => view.Query) with { Place = address.Place });
    }

    private void Build()
    {
        var shown = Shown(Address, Views, User, T).ToList();
        bool IsHere(LeadListAddress tab) => tab.ViewId is { } id ? Address.ViewId == id : Address.ViewId is null && Address.View == tab.View;
        usual = shown.Exists(tab => tab.Address.ViewId is null && IsHere(tab.Address));
        tabs =
        [
            .. shown.Select(tab => counts.TryGetValue(tab.Address.Href, out var count)
                ? new Tab(tab.Name, tab.Address.Href, IsHere(tab.Address), count.Count, count.More)
                : new Tab(tab.Name, tab.Address.Href, IsHere(tab.Address))),
        ];
    }

    /// <summary>One after the other: nobody waits for them, and an open list must not take every connection.</summary>
    private async Task CountAsync()
    {
        if (leaving.IsCancellationRequested)
            return;
        try
        {
            foreach (var (_, address) in Shown(Address, Views, User, T).ToList())
                counts[address.Href] = await Count(address, LeadListPage.MostCounted, leaving.Token);
            Build();
            if (counts.TryGetValue(Address.Href, out var here))
                await OnCounted.InvokeAsync(here);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The counts of the views could not be read; they follow with the next change.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
