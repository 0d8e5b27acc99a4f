using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class StackedBars
{
    /// <summary>What the group of bars is called when read out.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Unit of the axis: "leads".</summary>
    [Parameter, EditorRequired] public string Unit { get; set; } = "";

    /// <summary>The series, top first.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>The bars from the left; up to about 100.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<StackedBar> Bars { get; set; } = [];

    private double Top => ChartScale.Top(Bars.Count == 0 ? 0 : Bars.Max(bar => bar.Values.Sum()));

    private string Words(StackedBar bar) =>
        $"{bar.Label}: {bar.Values.Sum().ToString("N0", CultureInfo.CurrentCulture)} {Unit} ({string.Join(", ", Series.Select((series, at) => $"{series.Name} {bar.Values[at]}"))})";
}
