using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class MenuItem
{
    /// <summary>Where it leads.</summary>
    [Parameter] public string? Href { get; set; }

    /// <summary>Icon name.</summary>
    [Parameter] public string? Symbol { get; set; }

    /// <summary>Shows a tick.</summary>
    [Parameter] public bool Selected { get; set; }

    /// <summary>Runs when there is no address.</summary>
    [Parameter] public EventCallback OnClick { get; set; }

    /// <summary>The words.</summary>
    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }
}
