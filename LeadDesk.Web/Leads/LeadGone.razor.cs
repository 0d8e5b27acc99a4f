using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadGone(LeadService leads, CurrentUserAccessor me, ToastService toasts)
{
    [Parameter, EditorRequired] public long LeadId { get; set; }

    /// <summary>Null when the lead is only not the reader's to see any more.</summary>
    [Parameter, EditorRequired] public LeadFate? Fate { get; set; }

    /// <summary>The list one came from.</summary>
    [Parameter, EditorRequired] public LeadListAddress List { get; set; } = LeadListAddress.Default;

    /// <summary>It is back.</summary>
    [Parameter, EditorRequired] public EventCallback OnRestored { get; set; }

    private string Why(LeadFate fate)
    {
        var who = T["By {0}.", fate.By ?? "LeadDesk"].Value;
        return fate.Because is null ? $"{who} {T["It stays in the trash for 30 days."]}" : $"{who} {T["Reason: {0}.", fate.Because.TrimEnd('.')]} {T["It stays in the trash for 30 days."]}";
    }

    private async Task RestoreAsync()
    {
        var outcome = await leads.RestoreAsync(await me.GetAsync(), LeadId, CancellationToken.None);
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnRestored.InvokeAsync();
    }
}
