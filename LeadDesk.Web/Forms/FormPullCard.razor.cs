using LeadDesk.Intake.Forms;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Forms;

public sealed partial class FormPullCard(FormPullService service, CurrentUserAccessor users, ToastService toasts)
{
    private FormPullView? pull;
    private bool loaded, saving;
    private FormErrors errors = FormErrors.None;
    private string url = "", credentials = "", formIds = "";
    private int minutes = 5;

    [Parameter, EditorRequired] public long FormId { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var found = await service.GetAsync(await users.GetAsync(), FormId, CancellationToken.None);
        Show(found.Value);
        loaded = true;
    }

    private void Show(FormPullView? view)
    {
        pull = view;
        (url, credentials, formIds, minutes) = (view?.Url ?? "", "", string.Join(", ", view?.FormIds ?? []), (view?.IntervalSeconds ?? 300) / 60);
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var wanted = new FormPullSettings(url, credentials.Length > 0 ? credentials : null, formIds.Split(',', ' ', ';'), minutes * 60);
            var saved = await service.SaveAsync(await users.GetAsync(), FormId, wanted, CancellationToken.None);
            errors = new FormErrors(saved.Refusal, "url", "credentials", "form_ids", "interval_seconds");
            if (!saved.Succeeded)
                return;
            Show(saved.Value);
            toasts.Show(T["Saved. The first submissions are fetched within a minute."]);
        }
        finally
        {
            saving = false;
        }
    }

    private async Task FetchNowAsync()
    {
        var asked = await service.FetchNowAsync(await users.GetAsync(), FormId, CancellationToken.None);
        if (asked.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        else
            toasts.Show(T["Fetching. New leads appear by themselves."]);
    }

    private async Task RemoveAsync()
    {
        var removed = await service.RemoveAsync(await users.GetAsync(), FormId, CancellationToken.None);
        if (removed.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        else
            Show(null);
    }
}
