using LeadDesk.Common;
using LeadDesk.Intake.Email;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Email;

public sealed partial class MailboxCard(MailboxService service, CurrentUserAccessor users, ToastService toasts)
{
    private string region = "";
    private string signingKey = "";
    private bool saving;
    private FormErrors errors = FormErrors.None;
    private ConfirmDialog confirm = null!;

    [Parameter, EditorRequired] public MailboxView Mailbox { get; set; } = null!;

    /// <summary>Where relays post to.</summary>
    [Parameter, EditorRequired] public string Url { get; set; } = "";

    /// <summary>It was changed or deleted.</summary>
    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    protected override void OnInitialized() => region = Mailbox.Region ?? "";

    private string IdOf(string field) => $"mailbox-{Mailbox.Id}-{field}";

    private Task SaveAsync() => ChangeAsync(new MailboxEdit { Region = region, SigningKey = string.IsNullOrWhiteSpace(signingKey) ? null : signingKey });

    private async Task ChangeAsync(MailboxEdit edit)
    {
        saving = true;
        try
        {
            var outcome = await service.ChangeAsync(await users.GetAsync(), Mailbox.Id, edit, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "region", "signing_key");
            if (!outcome.Succeeded)
                return;
            signingKey = "";
            toasts.Show(T["“{0}” is saved.", Mailbox.Name]);
            await OnChanged.InvokeAsync();
        }
        finally
        {
            saving = false;
        }
    }

    private async Task DeleteAsync()
    {
        if (!await confirm.AskAsync(T["Delete “{0}”?", Mailbox.Name], T["Its address takes no mails from this moment. Its leads stay."], T["Delete mailbox"]))
            return;
        if (await service.DeleteAsync(await users.GetAsync(), Mailbox.Id, CancellationToken.None) is { Kind: not RefusalKind.Missing } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
}
