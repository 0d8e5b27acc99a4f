using LeadDesk.Access;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Duplicates;

public sealed partial class DuplicatesCard(DuplicateQueries duplicates, DuplicateService service, MergeQueries mergeQueries, MergeService mergeService, CurrentUserAccessor me, ToastService toasts)
{
    private IReadOnlyList<(DuplicateLead Lead, DuplicatePair Pair)> others = [];
    private IReadOnlyList<MergeItem> merges = [];
    private ConfirmDialog confirm = null!;
    private int? readVersion;
    private bool mayMerge;
    private bool busy;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    /// <summary>The lead's version: read again when it changes.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    /// <summary>The lead is another one now: something was taken out of it.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (readVersion == Version || !RendererInfo.IsInteractive)
            return;
        readVersion = Version;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var user = await me.GetAsync();
        mayMerge = user.Can(Permission.MergeLeads);
        others = await duplicates.OfLeadAsync(user, LeadId, CancellationToken.None);
        merges = [.. (await mergeQueries.OfLeadAsync(user, LeadId, CancellationToken.None)).Where(merge => merge.UndoneAt is null)];
    }

    private async Task DismissAsync(DuplicateLead other)
    {
        var outcome = await service.DismissAsync(await me.GetAsync(), [LeadId, other.Id], CancellationToken.None);
        if (outcome.Succeeded)
            toasts.Show(T["They are not brought up as duplicates again."]);
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await ReadAsync();
    }

    private async Task UndoAsync(MergeItem merge)
    {
        if (!await confirm.AskAsync(T["Undo this merge?"], T["Each lead gets back what belonged to it. Fields that were changed since stay as they are."], T["Undo merge"]))
            return;
        busy = true;
        var outcome = await mergeService.UndoAsync(await me.GetAsync(), merge.Id, CancellationToken.None);
        busy = false;
        toasts.Show(MergeWords.Undone(T, outcome), outcome.Succeeded ? ToastTone.Success : ToastTone.Error);
        await ReadAsync();
        await OnChanged.InvokeAsync();
    }
}
