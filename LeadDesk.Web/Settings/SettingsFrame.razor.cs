using LeadDesk.Web.Shell;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LeadDesk.Web.Settings;

public sealed partial class SettingsFrame(IAuthorizationService authorization, NavigationManager navigation)
{
    private IReadOnlyList<Tab> tabs = [];

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public RenderFragment? Actions { get; set; }

    /// <summary>Shows grey rows instead of the content.</summary>
    [Parameter] public bool Loading { get; set; }

    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var path = new Uri(navigation.Uri).AbsolutePath;
        var items = await NavItem.ForAsync((await SignedIn).User, authorization);
        tabs = [.. items.Where(item => item.Group is NavGroup.Settings).Select(item => new Tab(T[item.Label], item.Href, item.IsCurrent(path)))];
    }
}
