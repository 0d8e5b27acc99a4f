using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Forms;

public sealed partial class HostedForm
{
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Where it is posted to.</summary>
    [Parameter] public string Action { get; set; } = "";

    /// <summary>See <see cref="LeadDesk.Intake.Forms.FormStamp"/>.</summary>
    [Parameter] public string Stamp { get; set; } = "";

    /// <summary>Shows the thanks instead.</summary>
    [Parameter] public bool Sent { get; set; }
}
