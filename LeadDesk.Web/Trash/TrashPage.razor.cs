using LeadDesk.Leads.Bulk;
using LeadDesk.Leads.Trash;
using LeadDesk.Web.Access;
using LeadDesk.Web.Bulk;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Trash;

public sealed partial class TrashPage(TrashQueries queries, TrashService trash, BulkActions actions, CurrentUserAccessor me, TimeProvider time, ToastService toasts)
{
    private const int PageSize = 100;

    private readonly List<TrashRow> rows = [];
    private readonly HashSet<long> chosen = [];
    private ConfirmDialog? confirm;
    private string? next;
    private DateTime now;
    private bool loading = true;
    private bool busy;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            await LoadAsync();
    }

    private async Task LoadAsync()
    {
        rows.Clear();
        chosen.Clear();
        next = null;
        await MoreAsync();
        loading = false;
    }

    private async Task MoreAsync()
    {
        now = time.GetUtcNow().UtcDateTime;
        var page = await queries.ListAsync(await me.GetAsync(), next, PageSize, CancellationToken.None);
        if (!page.Succeeded)
        {
            toasts.Show(T[page.Refusal.Message], ToastTone.Error);
            return;
        }

        rows.AddRange(page.Value.Items);
        next = page.Value.NextCursor;
    }

    private void Choose(long id, bool wanted)
    {
        if (wanted)
            chosen.Add(id);
        else
            chosen.Remove(id);
    }

    private void ChooseAll(bool wanted)
    {
        chosen.Clear();
        if (wanted)
            chosen.UnionWith(rows.Select(row => row.Id));
    }

    private Task RestoreAsync(IReadOnlyList<long> ids) => WorkAsync(async () =>
    {
        var done = await actions.RunAsync(new BulkRequest(BulkAction.Restore) { Ids = ids }, CancellationToken.None);
        if (!done.Succeeded)
            toasts.Show(T[done.Refusal.Message], ToastTone.Error);
    });

    private async Task RemoveAsync(IReadOnlyList<long> ids)
    {
        var title = ids.Count is 1 ? T["Delete 1 lead for good?"] : T["Delete {0} leads for good?", ids.Count];
        if (!await confirm!.AskAsync(title, T["Messages, notes, files and everything else of them go, too. This cannot be undone."], T["Delete for good"]))
            return;
        await WorkAsync(async () =>
        {
            foreach (var some in ids.Chunk(TrashService.MostAtOnce))
            {
                var removed = await trash.RemoveAsync(await me.GetAsync(), some, CancellationToken.None);
                toasts.Show(removed.Succeeded ? removed.Value is 1 ? T["1 lead is gone for good."] : T["{0} leads are gone for good.", removed.Value] : T[removed.Refusal.Message], removed.Succeeded ? ToastTone.Success : ToastTone.Error);
            }
        });
    }

    private async Task WorkAsync(Func<Task> work)
    {
        busy = true;
        try
        {
            await work();
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
