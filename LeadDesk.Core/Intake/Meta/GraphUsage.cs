using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>How much of what Meta allows is used up, from the headers of one answer.</summary>
/// <param name="Percent">0 when Meta says nothing: the headers are absent until usage is noticeable. May exceed 100.</param>
/// <param name="Wait">How long calls will be refused, by Meta's word; null when they are not.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GraphUsage(double Percent, TimeSpan? Wait)
{
    /// <summary>From here on calls are made more rarely.</summary>
    public const double High = 75;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(2);

    public bool IsHigh => Percent >= High;

    /// <summary>
    /// <code>
    /// X-App-Usage: {"call_count":28,"total_time":25,"total_cputime":25}
    /// X-Business-Use-Case-Usage: {"1234":[{"type":"leadgen","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":12}]}
    /// X-Ad-Account-Usage: {"acc_id_util_pct":9.67,"reset_time_duration":100}
    /// </code>
    /// Times are minutes in the second, seconds in the third. Malformed headers count as absent.
    /// </summary>
    public static GraphUsage Read(HttpResponseHeaders headers)
    {
        var usage = new GraphUsage(0, RetryAfter(headers));
        if (Header(headers, "X-App-Usage") is { } app)
            usage = usage.With(Calls(app), null);
        if (Header(headers, "X-Ad-Account-Usage") is { } account)
        {
            var percent = GraphJson.Number(account, "acc_id_util_pct"u8) ?? 0;
            usage = usage.With(percent, percent >= 100 ? Span(TimeSpan.FromSeconds(1), GraphJson.Number(account, "reset_time_duration"u8)) : null);
        }

        if (Header(headers, "X-Business-Use-Case-Usage") is { ValueKind: JsonValueKind.Object } businesses)
        {
            foreach (var entry in businesses.EnumerateObject().SelectMany(business => GraphJson.Items(business.Value)))
                usage = usage.With(Calls(entry), Span(TimeSpan.FromMinutes(1), GraphJson.Number(entry, "estimated_time_to_regain_access"u8)));
        }

        return usage;
    }

    private GraphUsage With(double percent, TimeSpan? wait) =>
        new(Math.Max(Percent, percent), Wait is { } known && (wait is null || known > wait) ? known : wait);

    private static double Calls(JsonElement usage) =>
        Math.Max(
            GraphJson.Number(usage, "call_count"u8) ?? 0,
            Math.Max(GraphJson.Number(usage, "total_time"u8) ?? 0, GraphJson.Number(usage, "total_cputime"u8) ?? 0));

    private static TimeSpan? Span(TimeSpan unit, double? count) =>
        count is > 0 ? unit * Math.Min(count.Value, LongestWait / unit) : null;

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.RetryAfter?.Delta is { } delta)
            return Positive(delta);
        // By the sender's own clock, so that a wrong one on our side does not matter.
        return headers.RetryAfter?.Date is { } date && headers.Date is { } sent ? Positive(date - sent) : null;
    }

    private static TimeSpan? Positive(TimeSpan span) => span <= TimeSpan.Zero ? null : span < LongestWait ? span : LongestWait;

    private static JsonElement? Header(HttpResponseHeaders headers, string name)
    {
        if (!headers.TryGetValues(name, out var values) || values.FirstOrDefault() is not { } text)
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
