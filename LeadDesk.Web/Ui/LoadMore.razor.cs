using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class LoadMore
{
    private bool busy;

    /// <summary>Whether the list goes on.</summary>
    [Parameter, EditorRequired] public bool More { get; set; }

    /// <summary>How many are loaded; a change tells that the next batch may be asked for.</summary>
    [Parameter, EditorRequired] public int Loaded { get; set; }

    /// <summary>Loads the next batch.</summary>
    [Parameter, EditorRequired] public EventCallback OnMore { get; set; }

    private async Task LoadAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            await OnMore.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
