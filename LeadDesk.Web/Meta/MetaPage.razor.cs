using LeadDesk.Intake.Meta;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class MetaPage(MetaConnectionQueries queries, MetaConnectionService service, CurrentUserAccessor users, ToastService toasts, NavigationManager navigation)
{
    private readonly Refresher refresher = new();
    private IReadOnlyList<MetaConnectionView>? connections;
    private bool adding;

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
        var page = await queries.ListAsync(await users.GetAsync(), null, MetaConnectionService.MostOfACompany, CancellationToken.None);
        connections = page.Value?.Items ?? connections ?? [];
    }

    private async Task SyncAsync(MetaConnectionView connection)
    {
        var started = await service.SyncAsync(await users.GetAsync(), connection.Id, CancellationToken.None);
        toasts.ShowOutcome(started, T, started.Value is { Queued: false } ? T["A run is under way already."] : T["A run begins now."]);
        await LoadAsync();
    }

    private Task AddedAsync(MetaConnectionView added)
    {
        navigation.NavigateTo($"/settings/meta/{added.Id}");
        return Task.CompletedTask;
    }
}
