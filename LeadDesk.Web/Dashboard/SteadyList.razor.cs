using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Dashboard;

public sealed partial class SteadyList<TItem>
{
    private IReadOnlyList<TItem> shown = [];
    private HashSet<long> fresh = [];
    private bool hovered;
    private bool focused;
    private bool started;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>At most ten or so, in order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>Tells whether two rows are the same thing.</summary>
    [Parameter, EditorRequired] public Func<TItem, long> Key { get; set; } = null!;

    /// <summary>The whole list behind these rows.</summary>
    [Parameter, EditorRequired] public string Href { get; set; } = "";

    [Parameter, EditorRequired] public RenderFragment<TItem> Row { get; set; } = null!;

    [Parameter, EditorRequired] public RenderFragment Empty { get; set; } = null!;

    private bool Held => (hovered || focused) && shown.Count > 0;

    private string? Waiting
    {
        get
        {
            if (ReferenceEquals(shown, Items))
                return null;
            var here = shown.Select(Key).ToHashSet();
            var count = Items.Count(item => !here.Contains(Key(item)));
            return count > 0 ? T["{0} new", count] : T["Update"];
        }
    }

    protected override void OnParametersSet()
    {
        if (!Held)
            Show();
    }

    private void Hold(bool on)
    {
        hovered = on;
        if (!Held)
            Show();
    }

    private void Focus(bool on)
    {
        focused = on;
        if (!Held)
            Show();
    }

    private void Show()
    {
        if (ReferenceEquals(shown, Items))
            return;
        var before = shown.Select(Key).ToHashSet();
        // The first rows are simply there; only what comes later slides in.
        fresh = started ? [.. Items.Select(Key).Where(key => !before.Contains(key))] : [];
        (shown, started) = (Items, true);
    }
}
