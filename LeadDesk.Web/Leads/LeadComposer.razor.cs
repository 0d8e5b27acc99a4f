using System.Globalization;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadComposer(LeadService leads, CurrentUserAccessor me, IJSRuntime js)
{
    private string? text;
    private string? error;
    private bool busy;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    [Parameter, EditorRequired] public EventCallback OnAdded { get; set; }

    private string Draft => string.Create(CultureInfo.InvariantCulture, $"note-{LeadId}");

    private async Task AddAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var outcome = await leads.AddNoteAsync(await me.GetAsync(), LeadId, text, CancellationToken.None);
            error = outcome.Refusal is { } refusal ? T[refusal.Message].Value : null;
            if (!outcome.Succeeded)
                return;
            text = null;
            await js.InvokeVoidAsync("leaddesk.clearDraft", Draft);
            await OnAdded.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
