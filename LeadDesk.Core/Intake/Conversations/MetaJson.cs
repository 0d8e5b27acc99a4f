using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LeadDesk.Common;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Reads JSON that others wrote, without ever throwing: what is missing, null or of another kind is an undefined element, ids may be
/// numbers or strings, one thing may stand where a list belongs.
/// </summary>
internal static class MetaJson
{
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    private const int LongestWord = 1000;
    private const long LargestSeconds = 100_000_000_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) =>
        JsonDocument.Parse(body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body, Options);

    /// <summary>The property; undefined when there is none, it is null, or the element is no object.</summary>
    public static JsonElement Get(this JsonElement element, string name)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            return default;
        JsonElement value;
        try
        {
            if (!element.TryGetProperty(name, out value))
                return default;
        }
        catch (InvalidOperationException)
        {
            value = GetAmongBroken(element, name);
        }

        return value.ValueKind is JsonValueKind.Null ? default : value;
    }

    /// <summary>The elements of a list; the element itself where no list stands; nothing when it is missing.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [element],
    };

    /// <summary>Name and value of an object's properties that have a name; nothing for every other kind.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Properties(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            yield break;
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is { } name)
                yield return (name, property.Value);
        }
    }

    public static bool Exists(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static bool IsTrue(this JsonElement element) => element.ValueKind is JsonValueKind.True || (element.ValueKind is JsonValueKind.String && element.ValueEquals("true"));

    /// <summary>An id or a short word: the string, or the number with all its digits. Null when it is missing, empty or another kind.</summary>
    public static string? Word(this JsonElement element)
    {
        var word = element.ValueKind switch
        {
            JsonValueKind.String => Clean(Unescaped(element)),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
        word = word?.Trim();
        return string.IsNullOrEmpty(word) ? null : Shorten(word, LongestWord);
    }

    /// <summary>An id that somebody put in. Examples of the documentation hold words for it: <c>&lt;WHATSAPP_MESSAGE_ID&gt;</c>.</summary>
    public static string? Id(this JsonElement element) =>
        element.Word() is { } id && !(id.StartsWith('<') && id.EndsWith('>')) ? id : null;

    /// <summary>What a person wrote, with what cannot be stored replaced. Null when nothing can be seen.</summary>
    public static string? Text(this JsonElement element, int longest = LeadNormaliser.LongestMessage)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => Clean(Unescaped(element)),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : Shorten(text.Trim(), longest);
    }

    /// <summary>Unix seconds or milliseconds, as number or string, or an ISO time. UTC; null when it is none.</summary>
    public static DateTime? Time(this JsonElement element)
    {
        if (element.Word() is not { } word)
            return null;
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var milliseconds = number < LargestSeconds ? number * 1000 : number;
            return number > 0 && milliseconds < LargestSeconds * 1000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime : null;
        }

        return DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;
    }

    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }

    private static string Clean(string text)
    {
        if (TextRules.FindForbiddenControl(text) is null)
            return text;
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r'))
                cleaned.Append(' ');
            else
                cleaned.Append(rune);
        }

        return cleaned.ToString();
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return Clean(property.Name).Trim() is { Length: > 0 and <= LongestWord } name ? name : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // A name in the object is half a surrogate pair: look at the others one by one.
    private static JsonElement GetAmongBroken(JsonElement element, string name)
    {
        foreach (var property in element.EnumerateObject())
        {
            try
            {
                if (property.NameEquals(name))
                    return property.Value;
            }
            catch (InvalidOperationException)
            {
                // That one's name is nobody's name.
            }
        }

        return default;
    }

    private static string Unescaped(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return UnescapedWithGaps(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)[1..^1]));
        }
    }

    /// <summary>A cut emoji (<c>"Thanks \ud83d"</c>) is valid JSON but no text; the rest of it is.</summary>
    private static string UnescapedWithGaps(string written)
    {
        var text = new StringBuilder(written.Length);
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] is not '\\' || at + 1 == written.Length)
            {
                text.Append(written[at]);
                continue;
            }

            var escape = written[++at];
            if (escape is 'u' && at + 4 < written.Length
                && ushort.TryParse(written.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                at += 4;
                continue;
            }

            text.Append(escape switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => escape });
        }

        return text.ToString();
    }
}
