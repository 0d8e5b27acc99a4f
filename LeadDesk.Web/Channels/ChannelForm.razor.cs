using LeadDesk.Access;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Channels;

public sealed partial class ChannelForm(ChannelConnectionService service, UserDirectory directory, CurrentUserAccessor users, ToastService toasts)
{
    private readonly HashSet<long> owners = [];
    private IReadOnlyList<DirectoryUser> people = [];
    private FormErrors errors = FormErrors.None;
    private string? account;
    private string? secret;
    private string? token;
    private string? region;
    private bool forgetToken;
    private bool saving;

    [Parameter, EditorRequired] public string Channel { get; set; } = "";

    /// <summary>As stored. A new version needs a new form: give it as the key.</summary>
    [Parameter, EditorRequired] public ChannelView View { get; set; } = null!;

    [Parameter] public EventCallback OnSaved { get; set; }

    private string AccountLabel => Channel switch
    {
        InboundSources.WhatsApp => T["Phone number ID"],
        InboundSources.Instagram => T["Instagram account ID"],
        _ => T["Page ID"],
    };

    protected override async Task OnInitializedAsync()
    {
        (account, region) = (View.AccountId, View.Region ?? "");
        owners.UnionWith(View.Owners);
        people = [.. (await directory.OfAsync((await users.GetAsync()).CompanyId)).All.Where(person => person is { Active: true, Role: not Role.Integration } || owners.Contains(person.Id))];
    }

    private void Choose(long id, bool chosen)
    {
        if (chosen)
            owners.Add(id);
        else
            owners.Remove(id);
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var newToken = forgetToken ? "" : string.IsNullOrWhiteSpace(token) ? null : token;
            var edit = new ChannelEdit(account, newToken, string.IsNullOrWhiteSpace(secret) ? null : secret, region, [.. owners]);
            var outcome = await service.SaveAsync(await users.GetAsync(), Channel, edit, View.Version, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "account_id", "access_token", "app_secret", "region", "owners");
            if (!outcome.Succeeded)
                return;
            toasts.Show(T["{0} is saved.", ChannelWords.NameOf(Channel, T)]);
            await OnSaved.InvokeAsync();
        }
        finally
        {
            saving = false;
        }
    }
}
