using LeadDesk.Access;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace LeadDesk.Web.Shell;

public sealed partial class Palette(NavigationManager navigation, IAuthorizationService authorization, CurrentUserAccessor me, IEnumerable<IPaletteSource> sources) : IDisposable
{
    private const int ShortestText = 2;

    private bool open;
    private bool searching;
    private string text = "";
    private IReadOnlyList<NavItem> places = [];
    private IReadOnlyList<PaletteItem> pages = [];
    private IReadOnlyList<PaletteItem> things = [];
    private CancellationTokenSource? search;
    private CurrentUser? user;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IReadOnlyList<PaletteItem> Found => [.. pages, .. things];

    protected override void OnInitialized() => navigation.LocationChanged += Moved;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        StopSearch();
    }

    private async Task ShowAsync()
    {
        StopSearch();
        if (places.Count == 0)
            places = await NavItem.ForAsync((await SignedIn).User, authorization);
        user = await me.FindAsync();
        (open, searching, text, things) = (true, false, "", []);
        pages = PagesWith("");
    }

    private async Task FindAsync(ChangeEventArgs change)
    {
        StopSearch();
        text = (change.Value as string ?? "").Trim();
        pages = PagesWith(text);
        searching = text.Length >= ShortestText;
        if (!searching)
        {
            things = [];
            return;
        }

        using var mine = new CancellationTokenSource();
        search = mine;
        try
        {
            var found = new List<PaletteItem>();
            foreach (var source in sources)
                found.AddRange(await source.FindAsync(text, mine.Token));
            if (search == mine)
                (things, searching) = (found, false);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // The next key press searches anew.
        }
        finally
        {
            if (search == mine)
                search = null;
        }
    }

    private IReadOnlyList<PaletteItem> PagesWith(string part) =>
    [
        .. places
            .Select(item => new PaletteItem(T[item.Label], item.Href, item.Icon, item.Group == NavGroup.Settings ? T["Settings"].Value : null))
            .Concat(Actions())
            .Where(item => item.Label.Contains(part, StringComparison.CurrentCultureIgnoreCase)),
    ];

    private IEnumerable<PaletteItem> Actions() =>
    [
        .. user is { } known ? sources.SelectMany(source => source.Actions(known)) : [],
        new(T["Light theme"], "", "sun", T["Action"], Theme: "light"),
        new(T["Dark theme"], "", "moon", T["Action"], Theme: "dark"),
        new(T["Theme of the system"], "", "monitor", T["Action"], Theme: "system"),
        new(T["Keyboard shortcuts"], "", "keyboard", T["Action"], Dialog: "help"),
    ];

    private void StopSearch()
    {
        search?.Cancel();
        search = null;
    }

    private void Moved(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        open = false;
        StateHasChanged();
    });
}
