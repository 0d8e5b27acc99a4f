using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LeadDesk.Intake.Monitor;

/// <summary>
/// Hides who wrote and what, and keeps the shape: letters become x, digits 0; names of fields and headers, punctuation and
/// lengths stay. So one still sees that a phone number came without its plus, or that an answer was missing.
/// <code>{"name":"Ann Lee","phone":"+44 20 7946"} → {"name":"Xxx Xxx","phone":"+00 00 0000"}</code>
/// </summary>
internal static partial class BodyMask
{
    /// <summary>Fields whose words belong to the wire and not to a person, such as <c>"object":"page"</c>.</summary>
    private static readonly HashSet<string> WordsOfTheWire = new(StringComparer.OrdinalIgnoreCase)
    {
        "object", "field", "type", "messaging_product", "channel", "platform", "event", "event_type", "status", "verb", "item",
    };

    public static void Write(JsonElement value, Utf8JsonWriter writer, string? field = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer, property.Name);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(item, writer, field);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = value.GetString()!;
                writer.WriteStringValue(field is not null && WordsOfTheWire.Contains(field) && WireWord().IsMatch(text) ? text : Hide(text));
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Hide(value.GetRawText()), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <param name="text">A form's pairs, a mail with its headers, or anything.</param>
    public static string Hide(string text, string? contentType)
    {
        if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true || Pairs().IsMatch(text))
            return string.Join('&', text.Split('&').Select(HidePair));
        return string.Join('\n', text.Split('\n').Select(HideLine));
    }

    private static string HidePair(string pair)
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? Hide(pair) : pair[..(at + 1)] + Hide(pair[(at + 1)..]);
    }

    private static string HideLine(string line)
    {
        var header = HeaderName().Match(line);
        return header.Value + Hide(line[header.Length..]);
    }

    private static string Hide(string text)
    {
        var hidden = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsDigit(rune) || Rune.IsNumber(rune))
                hidden.Append('0');
            else if (Rune.IsLetter(rune))
                hidden.Append(Rune.IsUpper(rune) ? 'X' : 'x');
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
                hidden.Append(rune);
        }

        return hidden.ToString();
    }

    [GeneratedRegex("^[a-z_]{1,30}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WireWord();

    /// <summary>Such as <c>name=Ann+Lee&amp;phone=…</c>: no blank anywhere.</summary>
    [GeneratedRegex(@"^[^=&\s]{1,200}=[^\s]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pairs();

    /// <summary>Such as <c>Content-Type:</c>; a person's line with a colon rarely starts with one capitalised word.</summary>
    [GeneratedRegex(@"^(Content|Mime|MIME|X|Return|Reply|In-Reply|Message|List|Auto|Precedence|Received|Delivered|DKIM|ARC|Date|From|To|Cc|Bcc|Subject|Sender|References)(-[A-Za-z-]{1,40})?:", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HeaderName();
}
