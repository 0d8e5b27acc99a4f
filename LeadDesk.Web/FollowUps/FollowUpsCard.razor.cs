using LeadDesk.FollowUps;
using LeadDesk.Web.Access;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.FollowUps;

public sealed partial class FollowUpsCard(FollowUpQueries queries, FollowUpActions actions, CurrentUserAccessor me)
{
    private IReadOnlyList<FollowUpView>? items;
    private (long LeadId, int Version) shown;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnAdd { get; set; }

    [Parameter, EditorRequired] public EventCallback<FollowUpView> OnEdit { get; set; }

    /// <summary>The lead changed with its follow-ups.</summary>
    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (View.Lead.Id, View.Lead.Version))
            return;
        shown = (View.Lead.Id, View.Lead.Version);
        items = await queries.OfLeadAsync(await me.GetAsync(), View.Lead.Id, CancellationToken.None);
    }

    private async Task DoneAsync(FollowUpView item)
    {
        await actions.DoneAsync(item, OnChanged.InvokeAsync);
        await OnChanged.InvokeAsync();
    }

    private async Task SnoozeAsync((FollowUpView Item, Func<DateTime, DateTime> To) wanted)
    {
        await actions.SnoozeAsync(wanted.Item, wanted.To);
        await OnChanged.InvokeAsync();
    }

    private async Task DeleteAsync(FollowUpView item)
    {
        await actions.DeleteAsync(item, OnChanged.InvokeAsync);
        await OnChanged.InvokeAsync();
    }
}
