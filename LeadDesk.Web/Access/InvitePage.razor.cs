using LeadDesk.Access;
using LeadDesk.Common;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Access;

public sealed partial class InvitePage(SignInAccounts accounts, IServiceProvider services, NavigationManager navigation)
{
    private Invitation? invitation;
    private string? error;

    [Parameter] public string Token { get; set; } = "";

    [SupplyParameterFromForm] private string? Password { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync() => invitation = await accounts.FindInvitationAsync(Token, Context.RequestAborted);

    private async Task SubmitAsync()
    {
        var outcome = await accounts.AcceptInvitationAsync(Token, Password ?? "", Context.RequestAborted);
        if (outcome.Succeeded)
        {
            await services.GetRequiredService<SignIn>().EnterAsync(outcome.Value, Context.RequestAborted);
            navigation.NavigateTo("/");
        }
        else if (outcome.Refusal.Kind is RefusalKind.Missing)
        {
            invitation = null;
        }
        else
        {
            error = outcome.Refusal.Message;
        }
    }
}
