using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.IntakeMonitor;

public sealed partial class IntakePage(
    InboundEventQueries queries, InboundEventService service, IntakeRateQueries rateQueries, CurrentUserAccessor users, ToastService toasts, NavigationManager navigation, IJSRuntime js, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);

    private static readonly InboundState?[] Shown = [null, InboundState.Received, InboundState.Failed, InboundState.Unreadable, InboundState.Ignored, InboundState.Processed];

    private readonly Leaving leaving = new();
    private IntakeAddress address = new();
    private IntakeList? list;
    private IntakeRates? rates;
    private IReadOnlyList<InboundStateCount> counts = [];
    private ConfirmDialog confirm = null!;

    [Parameter] public long? Id { get; set; }

    [Parameter, SupplyParameterFromQuery(Name = "state")] public string? StateWord { get; set; }

    [Parameter, SupplyParameterFromQuery(Name = "source")] public string? SourceWord { get; set; }

    [Parameter, SupplyParameterFromQuery(Name = "origin")] public string? OriginWord { get; set; }

    [Parameter, SupplyParameterFromQuery(Name = "search")] public string? SearchWord { get; set; }

    private IReadOnlyList<Tab> States => [.. Shown.Select(state =>
    {
        var count = counts.FirstOrDefault(count => count.State == state);
        return new Tab(state is { } known ? T.Of(known) : T["All"], (address with { State = state, Id = null }).Href, address.State == state, count?.Count, count?.More is true);
    })];

    public void Dispose() => leaving.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await ReadNumbersAsync();
        _ = RefreshAsync();
    }

    /// <summary>The words of the query are parameters only so that a change of the address comes here.</summary>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = IntakeAddress.Read(navigation.Uri, Id);
        var same = list is not null && wanted with { Id = null } == address with { Id = null };
        address = wanted;
        if (same || !RendererInfo.IsInteractive)
            return;
        var read = new IntakeList(queries, wanted.Filter);
        if (await read.MoreAsync(await users.GetAsync(), leaving.Token) is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        if (wanted.Filter == address.Filter)
            list = read;
    }

    private async Task RefreshAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(RefreshInterval, time);
            while (await timer.WaitForNextTickAsync(leaving.Token))
                await InvokeAsync(TickAsync);
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            // The page was left, or the session has ended.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    /// <summary>A database that is busy for a moment is asked again at the next tick; what is on the page stays.</summary>
    private async Task TickAsync()
    {
        try
        {
            await ReadNumbersAsync();
            if (list is { } open)
            {
                await open.RefreshAsync(await users.GetAsync(), leaving.Token);
                if (open.Fresh > 0 && (open.Rows.Count is 0 || await js.InvokeAsync<bool>("leaddesk.listIsCalm", leaving.Token)))
                    open.ShowFresh();
            }

            StateHasChanged();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            toasts.Show(T["The database does not answer. Trying again…"], ToastTone.Error);
        }
    }

    private async Task ReadNumbersAsync()
    {
        var user = await users.GetAsync();
        rates = Value(await rateQueries.GetAsync(user)) ?? rates;
        counts = Value(await queries.CountsAsync(user, leaving.Token)) ?? counts;
    }

    private async Task MoreAsync()
    {
        if (await list!.MoreAsync(await users.GetAsync(), leaving.Token) is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
    }

    private void Search(string? text) => navigation.NavigateTo((address with { Search = IntakeAddress.Clean(text), Id = null }).Href);

    private async Task ProcessAllAsync()
    {
        if (!await confirm.AskAsync(T["Process all failed events again?"], T["All failed events of these filters are worked on once more, at most {0} at once. Nothing is lost and no lead is made twice.", InboundEventService.MostAtOnce], T["Process all again"]))
            return;
        if ((await service.ProcessFailedAgainAsync(await users.GetAsync(), address.Filter, CancellationToken.None)) is { Succeeded: true, Value: var count })
            toasts.Show(T["{0} events are processed again.", count]);
        await TickAsync();
    }

    private TValue? Value<TValue>(Outcome<TValue> outcome)
        where TValue : class
    {
        if (outcome.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        return outcome.Value;
    }
}
