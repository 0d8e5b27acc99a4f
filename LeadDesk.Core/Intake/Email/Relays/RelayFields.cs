using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email.Relays;

/// <param name="FileName">Null for what is no file.</param>
internal sealed record RelayField(string Name, ReadOnlyMemory<byte> Value, string? Charset, string? FileName, string ContentType);

/// <summary>
/// What a relay posts, as named bytes: the relay says in another field which character set a text is in, so nothing is
/// decoded before it is asked for.
/// </summary>
internal sealed class RelayFields(IReadOnlyList<RelayField> all)
{
    private const int Most = 2_000;

    public IReadOnlyList<RelayField> All { get; } = all;

    /// <summary>The field as text; null when it is missing or blank.</summary>
    /// <param name="charset">As the relay names it; null reads UTF-8 where it is that.</param>
    public string? Text(string name, string? charset = null)
    {
        if (Find(name) is not { } field)
            return null;
        var text = Charsets.Decode(field.Value.Span, charset ?? field.Charset);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public RelayField? Find(string name) =>
        All.FirstOrDefault(field => field.FileName is null && field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public bool Has(string name) => Find(name) is not null;

    /// <summary><c>multipart/form-data</c>; the content type is needed for its boundary.</summary>
    public static RelayFields OfMultipart(string contentType, ReadOnlyMemory<byte> body)
    {
        var form = MimeReader.Read(new MimeHeaders([new MailHeader("Content-Type", contentType)]), body);
        return new([.. form.Parts.Where(part => part.FieldName is not null)
            .Select(part => new RelayField(part.FieldName!, part.Content(), part.Charset, part.FileName, part.MediaType))]);
    }

    /// <summary><c>sender=ali%40example.com&amp;subject=Hello+you</c>.</summary>
    public static RelayFields OfUrlEncoded(ReadOnlySpan<byte> body)
    {
        var fields = new List<RelayField>();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            int equals = pair.IndexOf((byte)'=');
            var name = Unescape(equals < 0 ? pair : pair[..equals]);
            if (name.Length > 0)
                fields.Add(new RelayField(Charsets.Decode(name, null), equals < 0 ? default : Unescape(pair[(equals + 1)..]), null, null, "text/plain"));
            if (fields.Count >= Most)
                break;
        }

        return new(fields);
    }

    /// <summary>The same fields as a JSON object; what is no text is kept as JSON, which is what relays put into such fields anyway.</summary>
    public static RelayFields OfJson(JsonElement body) => new(
    [
        .. body.EnumerateObject().Take(Most).Where(property => property.Value.ValueKind is not JsonValueKind.Null)
            .Select(property => new RelayField(JsonTexts.Name(property), Encoding.UTF8.GetBytes(JsonTexts.Of(property.Value) ?? property.Value.GetRawText()), null, null, "text/plain")),
    ]);

    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        int length = 0;
        for (int at = 0; at < text.Length; at++)
        {
            byte value = text[at] is (byte)'+' ? (byte)' ' : text[at];
            if (value is (byte)'%' && at + 2 < text.Length && char.IsAsciiHexDigit((char)text[at + 1]) && char.IsAsciiHexDigit((char)text[at + 2]))
            {
                value = (byte)((HexValue(text[at + 1]) << 4) | HexValue(text[at + 2]));
                at += 2;
            }

            bytes[length++] = value;
        }

        return bytes[..length];
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

/// <summary>Texts of JSON that may hold anything, lone surrogates included.</summary>
internal static class JsonTexts
{
    /// <summary>Of a string or a number; null for everything else.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Charsets.Clean(Read(value)),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>The first of the names that holds a text that is not blank, without regard to case.</summary>
    public static string? Of(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Property(element, name) is { } value && Of(value) is { } text && !string.IsNullOrWhiteSpace(text))
                return text;
        }

        return null;
    }

    public static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (Name(property).Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return ""; // An escaped lone surrogate; no field of ours is named so.
        }
    }

    /// <summary>The document, or null when it is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        var text = Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Charsets.Decode(json.Span, null));
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException)
        {
            return null; // The framework's way to say "no JSON".
        }
    }

    private static string Read(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText().Trim('"'); // A lone surrogate ("\ud83d"): better with its escapes than not at all.
        }
    }
}
