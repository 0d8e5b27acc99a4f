using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LeadDesk.Web.Shell;

public sealed partial class Palette(NavigationManager navigation, IEnumerable<IPaletteSource> sources) : IDisposable
{
    private const int ShortestText = 2;

    private bool open;
    private bool searching;
    private string text = "";
    private IReadOnlyList<PaletteItem> pages = [];
    private IReadOnlyList<PaletteItem> things = [];
    private CancellationTokenSource? search;

    /// <summary>The places of the navigation.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<NavItem> Items { get; set; } = [];

    private IReadOnlyList<PaletteItem> Found => [.. pages, .. things];

    protected override void OnInitialized() => navigation.LocationChanged += Moved;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        StopSearch();
    }

    private void Show()
    {
        StopSearch();
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
        .. Items
            .Select(item => new PaletteItem(T[item.Label], item.Href, item.Icon, item.Group == NavGroup.Settings ? T["Settings"].Value : null))
            .Where(item => item.Label.Contains(part, StringComparison.CurrentCultureIgnoreCase)),
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
