using LeadDesk.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadPeopleCard
{
    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private Lead Lead => View.Lead;

    private async Task MergeAsync(LeadDuplicate other)
    {
        var agreed = await confirm!.AskAsync(
            T["Merge these two leads?"],
            T["Everything of {0} moves here: messages, timeline, addresses. What is empty here is filled from there.", other.Name],
            T["Merge leads"]);
        if (!agreed)
            return;
        var outcome = await leads.MergeAsync(await me.GetAsync(), Lead.Id, [other.LeadId], null, CancellationToken.None);
        if (outcome.Succeeded)
            toasts.Show(T["{0} was merged into this lead.", other.Name]);
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
    private string OwnerName => View.People.OwnerName(Lead.OwnerId);
}
