using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Scoring;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads.Views;

public sealed partial class LeadViewTabs(TimeProvider time, ILogger<LeadViewTabs> logger) : IDisposable
{
    /// <summary>How often the counts follow what comes in, at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
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

    /// <summary>How many leads an address shows, up to a bound.</summary>
    [Parameter, EditorRequired] public Func<LeadListAddress, int, CancellationToken, Task<int>> Count { get; set; } = null!;

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

    protected override void OnInitialized() =>
        throttle = new Throttle(Pace, _ => InvokeAsync(CountAsync), exception => LogFailed(logger, exception), time);

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
    private IEnumerable<(string Name, LeadListAddress Address)> Shown()
    {
        var all = Address.Cleared;
        yield return (T["All"], all);
        yield return (T["Hot"], all with { Grade = Grade.Hot });
        yield return (T["Waiting for an answer"], all with { Response = ResponseState.Waiting, Sort = LeadSort.Response, Ascending = true });
        if (User.SeesAllLeads)
        {
            yield return (T["Unassigned"], all with { Owner = LeadListAddress.Nobody });
            yield return (T["Mine"], all with { Owner = LeadListAddress.Me });
        }

        yield return (T["Won"], all with { Outcome = LeadOutcome.Won });
        foreach (var view in Views.Where(view => view.Pinned || view.Id == Address.ViewId))
            yield return (view.Name, LeadListAddress.Parse($"view={view.Id}", _ => view.Query) with { Place = Address.Place });
    }

    private void Build()
    {
        var shown = Shown().ToList();
        bool IsHere(LeadListAddress tab) => tab.ViewId is { } id ? Address.ViewId == id : Address.ViewId is null && Address.View == tab.View;
        usual = shown.Exists(tab => tab.Address.ViewId is null && IsHere(tab.Address));
        tabs =
        [
            .. shown.Select(tab => counts.TryGetValue(tab.Address.Href, out var count)
                ? new Tab(tab.Name, tab.Address.Href, IsHere(tab.Address), Math.Min(count, LeadListPage.MostCounted), count > LeadListPage.MostCounted)
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
            foreach (var (_, address) in Shown().ToList())
                counts[address.Href] = await Count(address, LeadListPage.MostCounted + 1, leaving.Token);
            Build();
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
