using System.Globalization;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class QuickNote(LeadService leads, CurrentUserAccessor me, ToastService toasts, IJSRuntime js)
{
    private string? text;
    private string? error;
    private long? shown;
    private bool busy;

    /// <summary>The lead to note something on; null keeps it closed.</summary>
    [Parameter, EditorRequired] public LeadRow? Lead { get; set; }

    [Parameter, EditorRequired] public EventCallback OnClosed { get; set; }

    protected override void OnParametersSet()
    {
        if (Lead?.Id != shown)
            (shown, text, error) = (Lead?.Id, null, null);
    }

    private async Task SaveAsync()
    {
        if (busy || Lead is not { } lead)
            return;
        busy = true;
        try
        {
            var outcome = await leads.AddNoteAsync(await me.GetAsync(), lead.Id, text, CancellationToken.None);
            error = outcome.Refusal is { } refusal ? T[refusal.Message].Value : null;
            if (!outcome.Succeeded)
                return;
            await js.InvokeVoidAsync("leaddesk.clearDraft", string.Create(CultureInfo.InvariantCulture, $"note-{lead.Id}"));
            toasts.Show(T["The note stands on the timeline."]);
            await OnClosed.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
