using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.IntakeMonitor;

public sealed partial class IntakeDetails(InboundEventQueries queries, InboundEventService service, CurrentUserAccessor users, ToastService toasts)
{
    private InboundEventDetails? details;
    private bool missing;
    private bool busy;

    [Parameter, EditorRequired] public long Id { get; set; }

    /// <summary>The list without it.</summary>
    [Parameter, EditorRequired] public string CloseHref { get; set; } = "";

    /// <summary>The event was put back.</summary>
    [Parameter, EditorRequired] public EventCallback Changed { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    /// <summary>The page draws itself every two seconds; what waits is looked at again with it.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (details?.Row.State is InboundState.Received && !busy)
            await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var found = await queries.GetAsync(await users.GetAsync(), Id, CancellationToken.None);
        (details, missing) = (found.Value, found.Refusal?.Kind is RefusalKind.Missing);
        if (found.Refusal is { Kind: not RefusalKind.Missing } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
    }

    private async Task ProcessAgainAsync()
    {
        busy = true;
        try
        {
            var outcome = await service.ProcessAgainAsync(await users.GetAsync(), Id, CancellationToken.None);
            if (outcome.Refusal is { } refusal)
                toasts.Show(T[refusal.Message], ToastTone.Error);
            else
                toasts.Show(T["Event {0} is processed again.", Id]);
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }

        await Changed.InvokeAsync();
    }
}
