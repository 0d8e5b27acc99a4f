using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Ui;

public sealed partial class Dialog(IJSRuntime js)
{
    private ElementReference element;
    private bool shown;

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

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == shown)
            return;
        shown = Open;
        await js.InvokeVoidAsync(Open ? "leaddesk.showDialog" : "leaddesk.closeDialog", element);
    }

    private async Task ClosedAsync()
    {
        shown = false;
        if (Open)
            await OpenChanged.InvokeAsync(false);
    }
}
