using LeadDesk.Access;
using LeadDesk.Intake.Forms;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Forms;

public sealed partial class FormSettingsCard(FormSourceService service, UserDirectory directory, CurrentUserAccessor users, ToastService toasts)
{
    private readonly HashSet<long> owners = [];
    private IReadOnlyList<DirectoryUser> people = [];
    private FormErrors errors = FormErrors.None;
    private string name = "", region = "", redirect = "", origins = "", secret = "", token = "";
    private bool active, removeSecret, saving;
    private long shown;

    [Parameter, EditorRequired] public FormSourceView Form { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback<FormSourceView> OnChanged { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        // What is being typed stays when another part of the page saves.
        if (shown == Form.Id)
            return;
        Show(Form);
        var company = await directory.OfAsync((await users.GetAsync()).CompanyId);
        people = [.. company.All.Where(person => person is { Active: true, Role: not Role.Integration })];
    }

    private void Show(FormSourceView form)
    {
        shown = form.Id;
        (name, region, redirect, active) = (form.Name, form.Region ?? "", form.Redirect ?? "", form.Active);
        (origins, secret, token, removeSecret) = (string.Join('\n', form.AllowedOrigins), "", "", false);
        owners.Clear();
        owners.UnionWith(form.OwnerIds);
    }

    private void Choose(long id, bool chosen) => _ = chosen ? owners.Add(id) : owners.Remove(id);

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var wanted = new FormSourceChange
            {
                Name = name,
                Region = region,
                Redirect = redirect,
                AllowedOrigins = origins.Split('\n'),
                Secret = removeSecret ? "" : secret.Length > 0 ? secret : null,
                AccessToken = token.Length > 0 ? token : null,
                OwnerIds = [.. owners],
                Active = active,
                Version = Form.Version,
            };
            var saved = await service.ChangeAsync(await users.GetAsync(), Form.Id, wanted, CancellationToken.None);
            errors = new FormErrors(saved.Refusal, "name", "region", "redirect", "allowed_origins", "secret", "access_token", "owner_ids");
            if (!saved.Succeeded)
                return;
            Show(saved.Value);
            await OnChanged.InvokeAsync(saved.Value);
            toasts.Show(T["The form's settings are saved."]);
        }
        finally
        {
            saving = false;
        }
    }
}
