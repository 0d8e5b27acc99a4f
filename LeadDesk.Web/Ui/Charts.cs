using System.Globalization;
using System.Text;

namespace LeadDesk.Web.Ui;

/// <param name="Tone">hot, warm, cold, won, lost, danger or accent.</param>
public sealed record ChartSeries(string Name, string Tone);

/// <summary>One bar of a <see cref="StackedBars"/>.</summary>
/// <param name="Values">One value per series, not below zero.</param>
/// <param name="Href">The leads behind the bar.</param>
public sealed record StackedBar(string Label, IReadOnlyList<int> Values, string? Href = null);

/// <summary>One line of a <see cref="Lines"/>.</summary>
/// <param name="Tone">As in <see cref="ChartSeries"/>.</param>
/// <param name="Values">One per place on the axis, not below zero; null where nothing was measured.</param>
public sealed record LineSeries(string Name, string Tone, IReadOnlyList<double?> Values);

/// <summary>One line of an <see cref="HBars"/>.</summary>
/// <param name="Note">A second figure behind the value, such as "42 %".</param>
public sealed record HBar(string Label, double Value, string? Href = null, string Tone = "accent", string? Note = null);

/// <summary>A chart's numbers as a table; also what its CSV button downloads.</summary>
public sealed record ChartTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<object>> Rows)
{
    /// <summary>The table of bars stacked by series.</summary>
    public static ChartTable Of(string labels, IReadOnlyList<ChartSeries> series, IReadOnlyList<StackedBar> bars) =>
        new([labels, .. series.Select(s => s.Name)], [.. bars.Select(bar => (IReadOnlyList<object>)[bar.Label, .. bar.Values])]);

    /// <summary>The table of horizontal bars.</summary>
    public static ChartTable Of(string labels, string values, IReadOnlyList<HBar> bars) =>
        new([labels, values], [.. bars.Select(bar => (IReadOnlyList<object>)[bar.Label, bar.Value])]);

    /// <summary>RFC 4180, with a byte order mark for spreadsheets; text that a spreadsheet would run as a formula gets an apostrophe.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("\uFEFF");
        foreach (var row in Rows.Prepend(Headers))
            csv.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return csv.ToString();
    }

    private static string Cell(object value)
    {
        if (value is not string text)
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}

/// <summary>Where the axis of a chart ends.</summary>
public static class ChartScale
{
    private static ReadOnlySpan<long> Tenths => [10, 12, 16, 20, 24, 30, 40, 50, 60, 80];

    /// <summary>The smallest round even number (2, 4, 6, 8, 10, 12, 16, 20, 24, 30, …) that is not below <paramref name="highest"/>; half of it is the middle of the axis.</summary>
    /// <param name="highest">From 0 to 10^15.</param>
    public static double Top(double highest)
    {
        for (var power = 1L; ; power *= 10)
            foreach (var tenths in Tenths)
                if (tenths * power % 20 == 0 && tenths * power / 10 >= highest)
                    return tenths * power / 10;
    }
}
