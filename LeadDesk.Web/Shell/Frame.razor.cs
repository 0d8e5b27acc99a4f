using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Shell;

public sealed partial class Frame(IAuthorizationService authorization)
{
    private IReadOnlyList<NavItem> items = [];

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    /// <summary>The page.</summary>
    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    private string Path => Context.Request.Path.Value ?? "/";

    protected override async Task OnInitializedAsync() => items = await NavItem.ForAsync(Context.User, authorization);

    private string? Current(NavItem item) => item.IsCurrent(Path) ? "page" : null;
}
