using System.Globalization;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Duplicates;

public sealed partial class DuplicateGroupCard(DuplicateService service, CurrentUserAccessor me, ToastService toasts)
{
    [Parameter, EditorRequired] public DuplicateGroup Group { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnDismissed { get; set; }

    private string MergeHref => $"/leads/merge?ids={string.Join(',', Group.Leads.Select(lead => lead.Id.ToString(CultureInfo.InvariantCulture)))}";

    private async Task DismissAsync()
    {
        var outcome = await service.DismissAsync(await me.GetAsync(), [.. Group.Leads.Select(lead => lead.Id)], CancellationToken.None);
        if (outcome.Succeeded)
            toasts.Show(T["They are not brought up as duplicates again."]);
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnDismissed.InvokeAsync();
    }
}
