using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads.Views;

public sealed partial class SelectionBar : IDisposable
{
    [Parameter, EditorRequired] public LeadSelection Selection { get; set; } = null!;

    /// <summary>How many match exactly, when that is known.</summary>
    [Parameter] public int? Total { get; set; }

    /// <summary>More match than are selected.</summary>
    [Parameter, EditorRequired] public bool More { get; set; }

    /// <summary>Counts exactly how many match.</summary>
    [Parameter, EditorRequired] public Func<Task<int>> CountAll { get; set; } = null!;

    private string Words => Selection.Count switch
    {
        _ when Selection.IsCounting => T["All that match are selected"],
        1 => T["1 selected"],
        var count when Selection is { All: true, Except.Count: 0 } => T["All {0} that match are selected", count.ToString("N0", CultureInfo.CurrentCulture)],
        var count => T["{0} selected", count.ToString("N0", CultureInfo.CurrentCulture)],
    };

    protected override void OnInitialized() => Selection.Changed += StateHasChanged;

    public void Dispose() => Selection.Changed -= StateHasChanged;
}
