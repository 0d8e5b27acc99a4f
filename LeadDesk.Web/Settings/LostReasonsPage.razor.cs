using LeadDesk.Common;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class LostReasonsPage(LostReasonService service, CurrentUserAccessor users, ToastService toasts)
{
    private IReadOnlyList<LostReasonView>? reasons;
    private string? written;
    private string? error;

    /// <summary>A control whose change was refused still shows it; counting up makes it anew.</summary>
    private int refusals;

    private IReadOnlyList<LostReasonView> InUse => [.. reasons!.Where(reason => !reason.Archived)];

    private IReadOnlyList<LostReasonView> Archived => [.. reasons!.Where(reason => reason.Archived)];

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync() => reasons = await service.ListAsync(await users.GetAsync(), CancellationToken.None);

    private async Task AddAsync()
    {
        var outcome = await service.AddAsync(await users.GetAsync(), written, CancellationToken.None);
        error = outcome.Refusal?.Message;
        if (!outcome.Succeeded)
            return;
        written = null;
        await LoadAsync();
    }

    private async Task RenameAsync(LostReasonView reason, ChangeEventArgs change) =>
        await ShowAsync(await service.ChangeAsync(await users.GetAsync(), reason.Id, change.Value as string ?? "", null, CancellationToken.None));

    private async Task ArchiveAsync(LostReasonView reason) =>
        await ShowAsync(await service.ChangeAsync(await users.GetAsync(), reason.Id, null, !reason.Archived, CancellationToken.None));

    private async Task OrderAsync(IReadOnlyList<long> ids) => await ShowAsync(await service.OrderAsync(await users.GetAsync(), ids, CancellationToken.None));

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
