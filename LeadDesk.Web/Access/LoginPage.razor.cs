using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Access;

public sealed partial class LoginPage(IServiceProvider services, NavigationManager navigation)
{
    private bool refused;

    [SupplyParameterFromForm] private string? Email { get; set; }

    [SupplyParameterFromForm] private string? Password { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    private async Task SubmitAsync()
    {
        var signIn = services.GetRequiredService<SignIn>();
        if (await signIn.TryAsync(Email ?? "", Password ?? "", Context.RequestAborted))
            navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
        else
            refused = true;
    }
}
