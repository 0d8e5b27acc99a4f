using LeadDesk.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadCards
{
    [Parameter, EditorRequired] public LeadWindow Window { get; set; } = null!;

    /// <summary>Changes whenever the window does.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    /// <summary>Query of the list they belong to.</summary>
    [Parameter, EditorRequired] public string From { get; set; } = "";

    /// <summary>The options of every row's stage, one markup for all.</summary>
    [Parameter, EditorRequired] public MarkupString Stages { get; set; }

    /// <summary>Somebody pressed a way to reach the person.</summary>
    [Parameter, EditorRequired] public EventCallback<(LeadRow Row, ContactWay Way)> OnReach { get; set; }

    [Parameter, EditorRequired] public EventCallback<LeadRow> OnNote { get; set; }

    [Parameter, EditorRequired] public EventCallback<LeadRow> OnFollowUp { get; set; }

    [Parameter, EditorRequired] public EventCallback<(long LeadId, long StageId)> OnMove { get; set; }

    /// <summary>Reaching out is noted on the lead, so it waits for the connection like every other control.</summary>
    private string? Reach(string address) => RendererInfo.IsInteractive ? address : null;

    private string? Role => RendererInfo.IsInteractive ? null : "link";

    private string? Waits => RendererInfo.IsInteractive ? null : "true";
}
