using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;

namespace LeadDesk.Analysis.Models;

/// <summary>How long a provider asks us to wait, in the forms that are seen.</summary>
internal static class RetryDelay
{
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    /// <summary>
    /// <c>retry-after-ms</c>, then <c>Retry-After</c> (seconds or a date), then the reset of an exhausted <c>x-ratelimit-*</c> window.
    /// </summary>
    public static TimeSpan? FromHeaders(HttpResponseHeaders headers)
    {
        if (First(headers, "retry-after-ms") is { } text
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= TimeSpan.MaxValue.TotalMilliseconds / 2)
            return TimeSpan.FromMilliseconds(milliseconds);
        if (headers.RetryAfter?.Delta is { } delta) return delta;
        // The provider's own clock, so that a wrong clock on our side does not matter.
        if (headers.RetryAfter?.Date is { } date && headers.Date is { } sent) return date > sent ? date - sent : TimeSpan.Zero;
        return Longest(Reset(headers, "requests"), Reset(headers, "tokens"));
    }

    /// <summary>Reads <c>6m0s</c>, <c>547ms</c>, <c>27.4s</c>; null when it is something else.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 40) return null;
        var total = 0.0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(s_number);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            rest = rest[digits..];
            var letters = rest.IndexOfAny(s_number);
            var unit = letters < 0 ? rest : rest[..letters];
            var seconds = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => 0.0 };
            if (seconds == 0) return null;
            total += number * seconds;
            rest = rest[unit.Length..];
        }

        return total <= TimeSpan.FromDays(365).TotalSeconds ? TimeSpan.FromSeconds(total) : null;
    }

    private static TimeSpan? Reset(HttpResponseHeaders headers, string window) =>
        First(headers, $"x-ratelimit-remaining-{window}") == "0" ? Parse(First(headers, $"x-ratelimit-reset-{window}")) : null;

    private static TimeSpan? Longest(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
