using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LeadDesk.Common;

namespace LeadDesk.Intake.Meta;

/// <summary>
/// Reads what Graph sends without trusting any of it: ids come as strings or as numbers, dates in five forms, members are
/// missing or null or of another kind. Nothing here throws; the framework's own getters do, for instance on half a surrogate pair.
/// </summary>
internal static partial class GraphJson
{
    /// <summary>Leads before Facebook was opened have a wrong date rather than a long history.</summary>
    private const int FirstYear = 2004;

    private const long LargestSeconds = 99_999_999_999;

    /// <summary>The last member of this name; null when there is none, it is null, or <paramref name="parent"/> is no object.</summary>
    public static JsonElement? Find(JsonElement parent, ReadOnlySpan<byte> name)
    {
        JsonElement? found = null;
        if (parent.ValueKind is not JsonValueKind.Object)
            return null;
        foreach (var member in parent.EnumerateObject())
        {
            // As written: names of Meta's members have no escapes, and reading a broken one would throw.
            if (JsonMarshal.GetRawUtf8PropertyName(member).SequenceEqual(name))
                found = member.Value;
        }

        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    public static JsonElement? FindObject(JsonElement parent, ReadOnlySpan<byte> name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    public static JsonElement? FindArray(JsonElement parent, ReadOnlySpan<byte> name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } found ? found : null;

    /// <summary>The items of an array; nothing for anything else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>A text, or a number digit by digit; null when blank, missing or something else.</summary>
    public static string? Text(JsonElement parent, ReadOnlySpan<byte> name) =>
        Find(parent, name) is { } value && TextOf(value)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A string's, number's, true's or false's text, free of characters that cannot be stored; null for the rest.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Storable(StringOf(value)),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => RawText(value),
        _ => null,
    };

    /// <summary>The value's JSON as it came.</summary>
    public static string RawText(JsonElement value) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));

    public static byte[] RawBytes(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();

    public static string NameOf(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return Storable(Unescape(Encoding.UTF8.GetString(raw)));
    }

    /// <summary>Also from a string such as <c>"190"</c>.</summary>
    public static double? Number(JsonElement parent, ReadOnlySpan<byte> name) =>
        Text(parent, name) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static int? Whole(JsonElement parent, ReadOnlySpan<byte> name) =>
        Number(parent, name) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>
    /// UTC of <c>2026-10-01T10:00:00+0000</c>, the same with <c>Z</c> or <c>+00:00</c>, and of Unix seconds as number or string.
    /// Null when it is none of these.
    /// </summary>
    public static DateTime? Time(JsonElement parent, ReadOnlySpan<byte> name) => Text(parent, name) is { } text ? TimeOf(text) : null;

    public static DateTime? TimeOf(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds))
            return double.IsFinite(seconds) && seconds is > 0 and <= LargestSeconds ? Sane(DateTime.UnixEpoch.AddSeconds(seconds)) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Sane(at.UtcDateTime) : null;
    }

    /// <summary>The text without characters that no database takes (U+0000, other controls) and with broken halves as U+FFFD.</summary>
    public static string Storable(string text)
    {
        if (TextRules.FindForbiddenControl(text) is null)
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\t' or '\n' or '\r')
                kept.Append(rune);
        }

        return kept.ToString();
    }

    private static DateTime? Sane(DateTime utc) => utc.Year >= FirstYear ? utc : null;

    private static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair or bytes that are no UTF-8.
            return Unescape(RawText(value)[1..^1]);
        }
    }

    /// <summary>A string's inside, its escapes undone; what stands for no character becomes U+FFFD.</summary>
    private static string Unescape(string inside)
    {
        if (!inside.Contains('\\', StringComparison.Ordinal))
            return inside;
        return Escape().Replace(inside, match => match.Value[1] switch
        {
            'u' => ((char)ushort.Parse(match.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'b' => "\b",
            'f' => "\f",
            var plain => plain.ToString(),
        });
    }

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|[^u])", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
