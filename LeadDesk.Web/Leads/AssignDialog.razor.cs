using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class AssignDialog(LeadService leads, CurrentUserAccessor me, ToastService toasts)
{
    private long ownerId;
    private long? shown;

    /// <summary>The lead to hand over; null keeps it closed.</summary>
    [Parameter, EditorRequired] public LeadRow? Lead { get; set; }

    [Parameter, EditorRequired] public CompanyUsers People { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnClosed { get; set; }

    [Parameter, EditorRequired] public EventCallback<Lead> OnAssigned { get; set; }

    protected override void OnParametersSet()
    {
        if (Lead?.Id != shown)
            (shown, ownerId) = (Lead?.Id, Lead?.OwnerId ?? 0);
    }

    private async Task SaveAsync()
    {
        if (Lead is not { } lead)
            return;
        await OnClosed.InvokeAsync();
        await AssignAsync(lead.Id, ownerId is 0 ? null : ownerId, lead.OwnerId, mayUndo: true);
    }

    private async Task AssignAsync(long leadId, long? wanted, long? former, bool mayUndo)
    {
        var outcome = await leads.AssignAsync(await me.GetAsync(), leadId, wanted, null, CancellationToken.None);
        if (!outcome.Succeeded)
        {
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
            return;
        }

        await OnAssigned.InvokeAsync(outcome.Value);
        var name = wanted is { } id ? People.OwnerName(id) : T["Nobody"].Value;
        if (wanted != former)
            toasts.Show(T["Assigned to {0}", name], undo: mayUndo ? () => AssignAsync(leadId, former, wanted, mayUndo: false) : null);
    }
}
