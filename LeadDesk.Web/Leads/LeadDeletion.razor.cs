using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadDeletion(LeadService leads, CurrentUserAccessor me, ToastService toasts, NavigationManager navigation)
{
    private bool open;
    private string? reason;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    /// <summary>Where to go once it is gone.</summary>
    [Parameter, EditorRequired] public LeadListAddress List { get; set; } = LeadListAddress.Default;

    private async Task DeleteAsync()
    {
        open = false;
        var (id, name) = (View.Lead.Id, View.Details.DisplayName);
        var outcome = await leads.DeleteAsync(await me.GetAsync(), id, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), null, CancellationToken.None);
        if (!outcome.Succeeded)
        {
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
            return;
        }

        toasts.Show(T["{0} was deleted.", name], ToastTone.Success, () => RestoreAsync(id));
        navigation.NavigateTo(List.Href);
    }

    /// <summary>Called from the toast, when this component is long gone.</summary>
    private async Task RestoreAsync(long id)
    {
        var outcome = await leads.RestoreAsync(await me.GetAsync(), id, CancellationToken.None);
        if (outcome.Succeeded)
            navigation.NavigateTo($"/leads/{id}");
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
    }
}
