using System.Globalization;
using LeadDesk.Intake.Monitor;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.IntakeMonitor;

public sealed partial class IntakeCharts
{
    /// <summary>Null until they are read.</summary>
    [Parameter, EditorRequired] public IntakeRates? Rates { get; set; }

    private IReadOnlyList<SourceRates> Sources => Rates!.Sources;

    private IReadOnlyList<ChartSeries> Series => [.. Sources.Select(source => new ChartSeries(T.Source(source.Source).Name, source.Source))];

    /// <summary>How long ago: the reader's clock may be in another zone than the server's.</summary>
    private IReadOnlyList<string> Labels => [.. Rates!.Minutes.Select((_, at) => Rates.Minutes.Count - 1 - at is var ago and > 0 ? T["{0} min ago", ago].Value : T["now"].Value)];

    private IReadOnlyList<StackedBar> Bars =>
        [.. Labels.Select((label, at) => new StackedBar(label, [.. Sources.Select(source => (int)Math.Round(source.PerMinute[at]))]))];

    private IReadOnlyList<LineSeries> LagLines =>
        [.. Sources.Select(source => new LineSeries(T.Source(source.Source).Name, source.Source, [.. source.SlowestPerMinute.Select(lag => lag?.TotalMilliseconds)]))];

    private ChartTable RateTable() => ChartTable.Of(T["Minute"], Series, Bars);

    private ChartTable LagTable() => new(
        [T["Minute"], .. Series.Select(series => $"{series.Name} (ms)")],
        [.. Labels.Select((label, at) => (IReadOnlyList<object>)[label, .. LagLines.Select(line => (object)(line.Values[at] is { } value ? Math.Round(value, 1) : ""))])]);

    private static string Whole(double value) => value.ToString("N0", CultureInfo.CurrentCulture);
}
