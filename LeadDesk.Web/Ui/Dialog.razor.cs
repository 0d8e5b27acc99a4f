using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class Dialog
{
    private int closed;

    /// <summary>Heading and accessible name.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Whether it is open; bind it.</summary>
    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>Further class: <c>wide</c>.</summary>
    [Parameter] public string? Css { get; set; }

    /// <summary>No heading and padding: the content brings its own.</summary>
    [Parameter] public bool Bare { get; set; }

    /// <summary>A click beside it closes it. Not for forms: typed text would go.</summary>
    [Parameter] public bool Light { get; set; }

    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    /// <summary>Buttons, the main one last.</summary>
    [Parameter] public RenderFragment? Footer { get; set; }

    /// <summary>Empty while it is closed. Otherwise a number that changes when the reader closed it, so that one whose owner keeps it open is opened anew.</summary>
    private string Shown => Open ? closed.ToString(CultureInfo.InvariantCulture) : "";

    private async Task ClosedAsync()
    {
        closed++;
        if (Open)
            await OpenChanged.InvokeAsync(false);
    }
}
