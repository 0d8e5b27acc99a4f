using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads.Views;

public sealed partial class SaveViewDialog(SavedViewService views, CurrentUserAccessor me)
{
    private string? name;
    private string? error;
    private bool shared, withColumns;
    private bool pinned = true;
    private bool busy;
    private bool shown;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter, EditorRequired] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The view to change; null makes a new one.</summary>
    [Parameter] public SavedView? View { get; set; }

    /// <summary>What a new view keeps.</summary>
    [Parameter, EditorRequired] public string Query { get; set; } = "";

    [Parameter, EditorRequired] public ColumnLayout Columns { get; set; } = ListColumns.Default;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = null!;

    /// <summary>The view as it is stored now.</summary>
    [Parameter, EditorRequired] public EventCallback<SavedView> OnSaved { get; set; }

    protected override void OnParametersSet()
    {
        if (Open && !shown)
            (name, error, shared, pinned, withColumns) = (View?.Name, null, View?.Shared ?? false, View?.Pinned ?? true, false);
        shown = Open;
    }

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var user = await me.GetAsync();
            var outcome = View is { } known
                ? await views.UpdateAsync(user, known.Id, new SavedViewEdit(name, shared, pinned, known.Query, known.Columns), known.Version, CancellationToken.None)
                : await views.CreateAsync(user, new SavedViewEdit(name, shared, pinned, Query, withColumns ? Columns.Write() : null), CancellationToken.None);
            if (!outcome.Succeeded)
            {
                error = outcome.Refusal.Message;
                return;
            }

            await OpenChanged.InvokeAsync(false);
            await OnSaved.InvokeAsync(outcome.Value);
        }
        finally
        {
            busy = false;
        }
    }
}
