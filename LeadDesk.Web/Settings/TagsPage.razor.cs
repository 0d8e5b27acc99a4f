using LeadDesk.Common;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class TagsPage(TagService service, CurrentUserAccessor users, ToastService toasts)
{
    private IReadOnlyList<TagView>? tags;
    private string? written;
    private string? error;
    private TagView? merging;
    private long into;
    private ConfirmDialog confirm = null!;

    /// <summary>A control whose change was refused still shows it; counting up makes it anew.</summary>
    private int refusals;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync() => tags = await service.ListAsync(await users.GetAsync(), CancellationToken.None);

    private async Task AddAsync()
    {
        var outcome = await service.AddAsync(await users.GetAsync(), written, null, CancellationToken.None);
        error = outcome.Refusal?.Message;
        if (!outcome.Succeeded)
            return;
        written = null;
        await LoadAsync();
    }

    private async Task RenameAsync(TagView tag, ChangeEventArgs change) => await ShowAsync(await service.ChangeAsync(await users.GetAsync(), tag.Id, change.Value as string ?? "", null, CancellationToken.None));

    private async Task ColourAsync(TagView tag, string colour) => await ShowAsync(await service.ChangeAsync(await users.GetAsync(), tag.Id, null, colour, CancellationToken.None));

    private async Task MergeAsync()
    {
        var (from, target) = (merging!, into);
        merging = null;
        var outcome = await service.MergeAsync(await users.GetAsync(), from.Id, target, CancellationToken.None);
        await ShowAsync(outcome);
        if (outcome.Succeeded)
            toasts.Show(T["Merged; {0} leads had it.", outcome.Value]);
    }

    private async Task DeleteAsync(TagView tag)
    {
        if (!await confirm.AskAsync(T["Delete {0}?", tag.Name], T["{0} leads have this tag. It is taken off all of them.", tag.Leads ?? 0], T["Delete tag"]))
            return;
        var outcome = await service.DeleteAsync(await users.GetAsync(), tag.Id, CancellationToken.None);
        await ShowAsync(outcome);
        if (outcome.Succeeded)
            toasts.Show(T["{0} is deleted.", tag.Name]);
    }

    private async Task ShowAsync<T1>(Outcome<T1> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            refusals++;
            toasts.Show(T[refusal.Message], ToastTone.Error);
        }

        await LoadAsync();
    }
}
