using System.Globalization;
using LeadDesk.Leads.Views;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads.Views;

public sealed partial class ColumnsDialog
{
    private IReadOnlyList<LeadColumn> shown = [];

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter, EditorRequired] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public ColumnLayout Layout { get; set; } = ListColumns.Default;

    [Parameter, EditorRequired] public IReadOnlyList<LeadColumn> All { get; set; } = [];

    /// <summary>Changes the layout.</summary>
    [Parameter, EditorRequired] public EventCallback<Func<ColumnLayout, ColumnLayout>> OnArrange { get; set; }

    protected override void OnParametersSet() => shown = Open ? ListColumns.Shown(Layout, All) : [];

    private Task ChangeAsync(Func<ColumnLayout, ColumnLayout> change) => OnArrange.InvokeAsync(change);

    private Task ToggleAsync(LeadColumn column) => ChangeAsync(layout => layout.Toggled(column.Word));

    /// <summary>Past the neighbour that is seen: the layout may hold columns that are gone.</summary>
    private Task MoveAsync(LeadColumn column, int step)
    {
        var at = shown.Index().First(entry => entry.Item.Word == column.Word).Index + step;
        return at >= 0 && at < shown.Count
            ? ChangeAsync(layout => layout.Placed(column.Word, layout.Columns.Index().First(entry => entry.Item.Word == shown[at].Word).Index))
            : Task.CompletedTask;
    }

    private Task ResizeAsync(LeadColumn column, ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? ChangeAsync(layout => layout.Resized(column.Word, width)) : Task.CompletedTask;
}
