using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace LeadDesk.Web.Hosting;

/// <summary>
/// All series of one instrument. Measuring is on the way of every request, so it allocates nothing once a series is known.
/// </summary>
internal sealed class PrometheusFamily
{
    /// <summary>Labels are routes, methods and states, of which there are few; more would be a defect, and is dropped.</summary>
    private const int MostSeries = 2000;
    private const int MostLabels = 3;

    /// <summary>Seconds: what OpenTelemetry advises for durations.</summary>
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<LabelValues, Series> series = new();
    private readonly string help;
    private readonly string type;
    private readonly string[]? labels;
    private readonly double[]? bounds;
    private readonly bool observed;

    private PrometheusFamily(string name, Instrument instrument, string[]? labels)
    {
        Name = name;
        this.labels = labels;
        help = instrument.Description ?? instrument.Name;
        observed = instrument.IsObservable;
        bounds = BoundsOf(instrument);
        type = bounds is not null ? "histogram" : IsCounter(instrument) ? "counter" : "gauge";
    }

    public string Name { get; }

    /// <param name="labels">The tags that become labels, at most three; null takes the first three as they come.</param>
    public static PrometheusFamily Create(string name, Instrument instrument, string[]? labels) => new(name, instrument, labels);

    /// <summary><c>http.server.request.duration</c> in <c>s</c> is <c>http_server_request_duration_seconds</c>.</summary>
    public static string NameOf(Instrument instrument)
    {
        var name = new StringBuilder(instrument.Name.Length + 16);
        foreach (var character in instrument.Name)
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (!name.ToString().EndsWith(unit, StringComparison.Ordinal))
            name.Append(unit);
        if (IsCounter(instrument))
            name.Append("_total");
        return name.ToString();
    }

    /// <summary>An observed series that is not reported any more is over.</summary>
    public void BeginObserving()
    {
        if (observed)
            series.Clear();
    }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = Select(tags);
        if (!series.TryGetValue(key, out var found))
        {
            if (series.Count >= MostSeries)
                return;
            var names = labels ?? NamesOf(tags);
            found = series.GetOrAdd(key, made => new Series(names, made, bounds));
        }

        found.Add(value);
    }

    public void WriteTo(StringBuilder text)
    {
        if (series.IsEmpty)
            return;
        text.Append("# HELP ").Append(Name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(type).Append('\n');
        foreach (var one in series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal))
            one.WriteTo(text, Name);
    }

    private static bool IsCounter(Instrument instrument)
    {
        // The runtime reports these two as counters, though they go up and down.
        if (instrument.Name is "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length")
            return false;
        var definition = instrument.GetType().GetGenericTypeDefinition();
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>);
    }

    private static double[]? BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray() ?? DefaultBounds,
        Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray() ?? DefaultBounds,
        Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray() ?? DefaultBounds,
        _ => null,
    };

    private static string[] NamesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new string[Math.Min(tags.Length, MostLabels)];
        for (var i = 0; i < names.Length; i++)
            names[i] = tags[i].Key;
        return names;
    }

    private LabelValues Select(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (labels is null)
            return new LabelValues(At(tags, 0), At(tags, 1), At(tags, 2));
        return new LabelValues(Find(tags, 0), Find(tags, 1), Find(tags, 2));
    }

    private static object? At(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) => index < tags.Length ? tags[index].Value : null;

    private object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, int label)
    {
        if (label >= labels!.Length)
            return null;
        foreach (var tag in tags)
        {
            if (tag.Key == labels[label])
                return tag.Value;
        }

        return null;
    }

    private readonly record struct LabelValues(object? First, object? Second, object? Third);

    private sealed class Series
    {
        private readonly double[]? bounds;
        private readonly long[] counts;
        private double sum;

        public Series(string[] names, LabelValues values, double[]? bounds)
        {
            this.bounds = bounds;
            counts = new long[(bounds?.Length ?? 0) + 1];
            Labels = string.Join(',', names.Zip([values.First, values.Second, values.Third], Label).Where(label => label is not null));
        }

        /// <summary>Such as <c>http_route="/api/webhook",http_response_status_code="200"</c>.</summary>
        public string Labels { get; }

        public void Add(double value)
        {
            if (bounds is not null)
            {
                var bucket = Array.BinarySearch(bounds, value);
                Interlocked.Increment(ref counts[bucket < 0 ? ~bucket : bucket]);
            }

            double before;
            do
                before = Volatile.Read(ref sum);
            while (Interlocked.CompareExchange(ref sum, before + value, before) != before);
        }

        public void WriteTo(StringBuilder text, string name)
        {
            if (bounds is null)
            {
                Line(text, name, Labels, Volatile.Read(ref sum));
                return;
            }

            var total = 0L;
            for (var i = 0; i < counts.Length; i++)
            {
                total += Volatile.Read(ref counts[i]);
                var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
                Line(text, name + "_bucket", Labels.Length is 0 ? $"le=\"{bound}\"" : $"{Labels},le=\"{bound}\"", total);
            }

            Line(text, name + "_sum", Labels, Volatile.Read(ref sum));
            Line(text, name + "_count", Labels, total);
        }

        private static string? Label(string name, object? value)
        {
            if (value is null)
                return null;
            var text = Convert.ToString(value, CultureInfo.InvariantCulture)!
                .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
            return $"{name.Replace('.', '_')}=\"{text}\"";
        }

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
                text.Append('{').Append(labels).Append('}');
            text.Append(' ').Append(Number(value)).Append('\n');
        }

        private static string Number(double value) => value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
    }
}
