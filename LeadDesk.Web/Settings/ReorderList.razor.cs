using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class ReorderList<TItem>
{
    private int? dragged;
    private int? over;

    /// <summary>In their order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<TItem> Items { get; set; } = [];

    [Parameter, EditorRequired] public Func<TItem, long> IdOf { get; set; } = null!;

    /// <summary>For the names of the buttons.</summary>
    [Parameter, EditorRequired] public Func<TItem, string> NameOf { get; set; } = null!;

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public RenderFragment<TItem> Row { get; set; } = null!;

    /// <summary>All ids in the new order.</summary>
    [Parameter, EditorRequired] public EventCallback<IReadOnlyList<long>> OnOrder { get; set; }

    private void Rest() => (dragged, over) = (null, null);

    private Task DropAsync(int at)
    {
        var from = dragged;
        Rest();
        return from is { } row && row != at ? MoveAsync(row, at) : Task.CompletedTask;
    }

    private Task MoveAsync(int from, int to)
    {
        var ids = Items.Select(IdOf).ToList();
        var id = ids[from];
        ids.RemoveAt(from);
        ids.Insert(to, id);
        return OnOrder.InvokeAsync(ids);
    }
}
