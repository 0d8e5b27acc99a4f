using LeadDesk.Access;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class AddUserDialog(UserService service, CurrentUserAccessor users)
{
    private string name = "";
    private string email = "";
    private Role role = Role.Salesperson;
    private bool withPassword;
    private string password = "";
    private FormErrors errors = FormErrors.None;
    private bool saving;
    private bool wasOpen;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public EventCallback<CreatedUser> Added { get; set; }

    /// <summary>Each opening begins with an empty form.</summary>
    protected override void OnParametersSet()
    {
        if (Open && !wasOpen)
            (name, email, role, withPassword, password, errors) = ("", "", Role.Salesperson, false, "", FormErrors.None);
        wasOpen = Open;
    }

    private async Task AddAsync()
    {
        saving = true;
        try
        {
            var outcome = await service.CreateAsync(await users.GetAsync(), new NewUser(name, email, role, withPassword ? password : null), CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "name", "email", "role", "password");
            if (!outcome.Succeeded)
                return;
            await OpenChanged.InvokeAsync(false);
            await Added.InvokeAsync(outcome.Value);
        }
        finally
        {
            saving = false;
        }
    }
}
