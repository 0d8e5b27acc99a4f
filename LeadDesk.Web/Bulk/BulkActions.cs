using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Bulk;

/// <summary>Runs changes of many leads for a page and says in toasts what became of them; the toast takes the change back.</summary>
public sealed class BulkActions(BulkService bulk, UndoService undo, BulkWatch watch, CurrentUserAccessor me, ToastService toasts, IStringLocalizer<Texts> texts)
{
    /// <returns>What was done, or why the request as a whole was refused, which the caller shows.</returns>
    public async Task<Outcome<BulkResult>> RunAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        var done = await bulk.RunAsync(await me.GetAsync(), request, cancellationToken);
        if (!done.Succeeded)
            return done;
        var result = done.Value;
        if (result.Running)
            await watch.LookAsync(cancellationToken);
        else if (result.UndoToken is { } token)
            toasts.Show(Words(request.Action, result), ToastTone.Success, () => UndoAsync(token));
        else
            toasts.Show(Words(request.Action, result), ToastTone.Info);
        return done;
    }

    /// <summary>Also called from a toast, when the page that made it is long gone.</summary>
    public async Task UndoAsync(string token) => await SayAsync(await undo.UndoAsync(await me.GetAsync(), token, CancellationToken.None));

    public async Task UndoAsync(long bulkId) => await SayAsync(await undo.UndoAsync(await me.GetAsync(), UndoKind.Bulk, bulkId, CancellationToken.None));

    private async Task SayAsync(Outcome<UndoResult> undone)
    {
        if (!undone.Succeeded)
            toasts.Show(texts[undone.Refusal.Message], ToastTone.Error);
        else if (undone.Value.BulkId is not null)
            await watch.LookAsync(CancellationToken.None);
        else if (undone.Value.NotRestored is [var first, ..] left)
            toasts.Show(texts["{0} leads are as they were. {1} were changed since and stay, {2} among them.", Number(undone.Value.Restored), Number(left.Count), first.Name], ToastTone.Info);
        else
            toasts.Show(undone.Value.Restored is 1 ? texts["The lead is as it was."] : texts["{0} leads are as they were.", Number(undone.Value.Restored)]);
    }

    private string Words(BulkAction action, BulkResult result)
    {
        var changed = result.Changed;
        var words = (action, changed) switch
        {
            (_, 0) => texts["No lead was changed."],
            (BulkAction.Delete, 1) => texts["1 lead was deleted."],
            (BulkAction.Delete, _) => texts["{0} leads were deleted.", Number(changed)],
            (BulkAction.Restore, 1) => texts["1 lead was restored."],
            (BulkAction.Restore, _) => texts["{0} leads were restored.", Number(changed)],
            (_, 1) => texts["1 lead was changed."],
            _ => texts["{0} leads were changed.", Number(changed)],
        };
        return result.Skipped.Count is 0 ? words : $"{words.Value} {(result.Skipped.Count is 1 ? texts["1 was left out."] : texts["{0} were left out.", Number(result.Skipped.Count)]).Value}";
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
