using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class Lines
{
    /// <summary>What the drawing is called when read out.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Unit of the axis, beside the legend.</summary>
    [Parameter, EditorRequired] public string Unit { get; set; } = "";

    /// <summary>The places on the axis, from the left.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Labels { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<LineSeries> Series { get; set; } = [];

    /// <summary>A value as people read it.</summary>
    [Parameter, EditorRequired] public Func<double, string> Format { get; set; } = null!;

    private double Top => ChartScale.Top(Series.SelectMany(series => series.Values).Max() ?? 0);

    private string Words(int at) =>
        string.Join(", ", Series.Where(series => series.Values[at] is not null).Select(series => $"{series.Name} {Format(series.Values[at]!.Value)}").Prepend(Labels[at]));

    private string Path(LineSeries series)
    {
        var top = Top;
        var path = new StringBuilder();
        var open = false;
        for (var at = 0; at < series.Values.Count; at++)
        {
            if (series.Values[at] is not { } value)
            {
                open = false;
                continue;
            }

            // A point of no length has round ends, so that a value alone between gaps is a dot.
            path.Append(CultureInfo.InvariantCulture, $"{(open ? 'L' : 'M')}{at + 0.5:0.#} {100 - (100 * value / top):0.##}{(open ? "" : "h0")}");
            open = true;
        }

        return path.ToString();
    }
}
