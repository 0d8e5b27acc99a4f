using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Duplicates;

public sealed partial class DuplicatesPage(DuplicateQueries queries, DuplicateService service, CurrentUserAccessor me, ToastService toasts, TimeProvider time) : IDisposable
{
    private const int GroupsOfAPage = 30;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    private readonly Leaving leaving = new();
    private DuplicateScan? scan;
    private DuplicateGroups? groups;
    private int threshold = DuplicateService.DefaultThreshold;
    private int shown = GroupsOfAPage;

    private bool Running => scan is { State: ScanState.Waiting or ScanState.Running };

    private string Progress
    {
        get
        {
            if (scan is not { StartedAt: { } started, Leads: > 0, Done: > 0 })
                return scan?.State is ScanState.Waiting ? T["Waiting to begin"] : T["Reading the leads"];
            var seconds = Math.Max(1, (time.GetUtcNow().UtcDateTime - started).TotalSeconds);
            var rate = scan.Done / seconds;
            return T["{0:N0} of {1:N0} leads, {2:N0} a second, about {3:N0} s left, {4:N0} pairs found", scan.Done, scan.Leads, rate, (scan.Leads - scan.Done) / Math.Max(1, rate), scan.Pairs];
        }
    }

    private string Outcome => scan!.State switch
    {
        ScanState.Cancelled => T["The scan was stopped. What it found so far is here."],
        ScanState.Failed when scan.Error is { } error => T[error],
        _ => T["{0:N0} leads compared, {1:N0} pairs found.", scan.Leads, scan.Pairs],
    };

    public void Dispose() => leaving.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        scan = await queries.ScanAsync(await me.GetAsync(), leaving.Token);
        threshold = scan?.Threshold ?? threshold;
        await ReadAsync();
        _ = RefreshAsync();
    }

    private async Task ReadAsync()
    {
        var user = await me.GetAsync();
        scan = await queries.ScanAsync(user, leaving.Token);
        var read = await queries.GroupsAsync(user, threshold, null, shown, leaving.Token);
        if (read.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        groups = read.Value ?? groups;
    }

    /// <summary>Follows a scan that runs, also one that somebody else started.</summary>
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

    /// <summary>A database that is busy for a moment is asked again at the next tick.</summary>
    private async Task TickAsync()
    {
        try
        {
            var before = scan;
            scan = await queries.ScanAsync(await me.GetAsync(), leaving.Token);
            if (scan?.Id == before?.Id && scan?.State == before?.State && scan?.Done == before?.Done)
                return;
            await ReadAsync();
            StateHasChanged();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            toasts.Show(T["The database does not answer. Trying again…"], ToastTone.Error);
        }
    }

    private async Task StartAsync() => await TellAsync(await service.StartAsync(await me.GetAsync(), threshold, CancellationToken.None));

    private async Task CancelAsync() => await TellAsync(await service.CancelAsync(await me.GetAsync(), CancellationToken.None));

    private async Task TellAsync<TValue>(Outcome<TValue> outcome)
    {
        if (outcome.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        await ReadAsync();
    }

    private async Task ThresholdAsync(ChangeEventArgs change)
    {
        threshold = int.Parse((string)change.Value!, CultureInfo.InvariantCulture);
        shown = GroupsOfAPage;
        await ReadAsync();
    }

    private async Task MoreAsync()
    {
        shown = Math.Min(shown + GroupsOfAPage, DuplicateQueries.MostGroups);
        await ReadAsync();
    }
}
