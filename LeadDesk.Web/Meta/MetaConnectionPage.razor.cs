using LeadDesk.Intake.Meta;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class MetaConnectionPage(
    MetaConnectionQueries queries, MetaConnectionService service, MetaConnectionTest tests, CurrentUserAccessor users, ToastService toasts, NavigationManager navigation)
{
    private const int RunsShown = 50;
    private const int DaysShown = 60;

    private readonly Refresher refresher = new();
    private MetaConnectionView? view;
    private IReadOnlyList<MetaForm> forms = [];
    private IReadOnlyList<MetaRun> runs = [];
    private IReadOnlyList<MetaGapDay> gaps = [];
    private MetaTestResult? result;
    private bool gone;
    private bool testing;
    private ConfirmDialog confirm = null!;

    [Parameter] public long Id { get; set; }

    public void Dispose() => refresher.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LoadAsync();
        refresher.Start(() => InvokeAsync(async () =>
        {
            await LoadAsync();
            StateHasChanged();
        }), DispatchExceptionAsync);
    }

    private async Task LoadAsync()
    {
        var user = await users.GetAsync();
        var found = await queries.GetAsync(user, Id, CancellationToken.None);
        gone = !found.Succeeded;
        view = found.Value;
        if (gone)
            return;
        forms = (await queries.FormsAsync(user, Id, CancellationToken.None)).Value ?? [];
        runs = (await queries.RunsAsync(user, Id, null, RunsShown, CancellationToken.None)).Value?.Items ?? [];
        gaps = (await queries.GapsAsync(user, Id, null, null, DaysShown, CancellationToken.None)).Value?.Items ?? [];
    }

    private async Task SyncAsync()
    {
        var started = await service.SyncAsync(await users.GetAsync(), Id, CancellationToken.None);
        toasts.ShowOutcome(started, T, started.Value is { Queued: false } ? T["A run is under way already."] : T["A run begins now."]);
        await LoadAsync();
    }

    private async Task CheckGapsAsync()
    {
        var started = await service.CheckGapsAsync(await users.GetAsync(), Id, CancellationToken.None);
        toasts.ShowOutcome(started, T, started.Value is { Queued: false } ? T["A run is under way already."] : T["The check of all 90 days begins now."]);
        await LoadAsync();
    }

    private async Task TestAsync(MetaTestRequest request)
    {
        testing = true;
        try
        {
            var outcome = await tests.RunAsync(await users.GetAsync(), Id, request, CancellationToken.None);
            if (outcome.Succeeded)
                result = outcome.Value;
            else
                toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
            await LoadAsync();
        }
        finally
        {
            testing = false;
        }
    }

    private async Task DeleteAsync()
    {
        if (!await confirm.AskAsync(T["Disconnect this page?"], T["No more leads come by this page; those that came stay."], T["Disconnect"]))
            return;
        var outcome = await service.DeleteAsync(await users.GetAsync(), Id, view?.Version, CancellationToken.None);
        toasts.ShowOutcome(outcome, T, T["The page is disconnected."]);
        if (outcome.Succeeded)
            navigation.NavigateTo("/settings/meta");
        else
            await LoadAsync();
    }
}
