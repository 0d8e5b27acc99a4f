using LeadDesk.FollowUps;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.FollowUps;

public sealed partial class FollowUpRow
{
    [Parameter, EditorRequired] public FollowUpView Item { get; set; } = null!;

    /// <summary>The reader's id; others' names are shown.</summary>
    [Parameter, EditorRequired] public long Me { get; set; }

    /// <summary>Shows whose it is to call, for lists over several leads.</summary>
    [Parameter] public bool WithLead { get; set; }

    [Parameter, EditorRequired] public EventCallback<FollowUpView> OnDone { get; set; }

    [Parameter, EditorRequired] public EventCallback<(FollowUpView Item, Func<DateTime, DateTime> To)> OnSnooze { get; set; }

    [Parameter, EditorRequired] public EventCallback<FollowUpView> OnEdit { get; set; }

    [Parameter, EditorRequired] public EventCallback<FollowUpView> OnDelete { get; set; }

    private string Title => WithLead ? $"{T.Of(Item.Kind)}, {Item.LeadName}" : Item.Text ?? T.Of(Item.Kind);
}
