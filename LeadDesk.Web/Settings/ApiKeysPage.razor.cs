using LeadDesk.Access;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class ApiKeysPage(ApiKeyService service, CurrentUserAccessor users, ToastService toasts)
{
    private IReadOnlyList<ApiKeyView>? keys;
    private CreatedApiKey? created;
    private FormErrors errors = FormErrors.None;
    private string name = "";
    private ApiKeyActor actsAs;
    private bool saving;
    private ConfirmDialog confirm = null!;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync()
    {
        var list = await service.ListAsync(await users.GetAsync(), CancellationToken.None);
        if (list.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        // Keys in use first; each part is newest first already.
        keys = list.Value is { } found ? [.. found.OrderBy(key => key.RevokedAt is not null)] : [];
    }

    private async Task CreateAsync()
    {
        saving = true;
        try
        {
            var outcome = await service.CreateAsync(await users.GetAsync(), name, actsAs, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "name");
            if (!outcome.Succeeded)
                return;
            (created, name) = (outcome.Value, "");
            await LoadAsync();
        }
        finally
        {
            saving = false;
        }
    }

    private async Task RevokeAsync(ApiKeyView key)
    {
        if (!await confirm.AskAsync(T["Revoke “{0}”?", key.Name], T["The program that uses it is refused from this moment. This cannot be undone; its leads stay."], T["Revoke key"]))
            return;
        var outcome = await service.RevokeAsync(await users.GetAsync(), key.Id, CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        else
            toasts.Show(T["“{0}” is revoked.", key.Name]);
        if (created?.View.Id == key.Id)
            created = null;
        await LoadAsync();
    }
}
