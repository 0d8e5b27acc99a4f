using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Access;
using LeadDesk.Web.Leads;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Bulk;

public sealed partial class BulkBar(BulkService bulk, BulkWatch watch, CurrentUserAccessor me, ToastService toasts) : IDisposable
{
    private CurrentUser? user;
    private BulkDialog? dialog;
    private BulkResult? left;

    [Parameter, EditorRequired] public LeadSelection Selection { get; set; } = null!;

    /// <summary>What the list shows now; everything that matches is changed when all are selected.</summary>
    [Parameter, EditorRequired] public Func<Task<LeadFilter>> Filter { get; set; } = null!;

    /// <summary>The selected leads are wanted as a file.</summary>
    [Parameter, EditorRequired] public EventCallback OnExport { get; set; }

    private string Words => Selection.Count switch
    {
        _ when Selection.IsCounting => T["Counting…"],
        1 => T["1 selected"],
        var count => T["{0} selected", count.ToString("N0", CultureInfo.CurrentCulture)],
    };

    private bool IsShown => Selection.Count > 0 || Selection.All;

    public void Dispose()
    {
        Selection.Changed -= StateHasChanged;
        watch.Changed -= StateHasChanged;
    }

    protected override async Task OnInitializedAsync()
    {
        Selection.Changed += StateHasChanged;
        watch.Changed += StateHasChanged;
        user = await me.FindAsync();
    }

    private async Task AskAsync(BulkAction action)
    {
        left = null;
        await Selection.Counting;
        var which = new BulkRequest(action);
        which = Selection.All ? which with { Filter = await Filter(), Except = [.. Selection.Except] } : which with { Ids = [.. Selection.Ids] };
        await dialog!.AskAsync(which, Selection.Count);
    }

    private void Done(BulkResult result)
    {
        left = result.Skipped.Count > 0 ? result : null;
        Selection.Clear();
    }

    private async Task CancelAsync()
    {
        if (watch.Current is not { } going)
            return;
        var cancelled = await bulk.CancelAsync(await me.GetAsync(), going.Id, CancellationToken.None);
        if (!cancelled.Succeeded)
            toasts.Show(T[cancelled.Refusal.Message], ToastTone.Error);
        await watch.LookAsync(CancellationToken.None);
    }
}
