using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.Web.Shell;

public sealed partial class MainLayout(IAuthorizationService authorization, NavigationManager navigation)
{
    private ErrorBoundary? boundary;
    private IReadOnlyList<NavItem> items = [];

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private string Path => "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0];

    protected override async Task OnInitializedAsync() => items = await NavItem.ForAsync((await SignedIn).User, authorization);

    /// <summary>Leaving a page that failed ends its failure.</summary>
    protected override void OnParametersSet() => boundary?.Recover();
}
