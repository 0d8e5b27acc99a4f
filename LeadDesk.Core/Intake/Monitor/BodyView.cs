using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LeadDesk.Intake.Monitor;

/// <summary>A body as people read it: JSON on lines of its own, everything else as its text.</summary>
/// <param name="Text">At most <see cref="MostCharacters"/>.</param>
/// <param name="Bytes">Of the whole body.</param>
/// <param name="Cut">The body goes on behind <paramref name="Text"/>.</param>
/// <param name="Masked">Letters and digits of what people sent are hidden.</param>
public sealed partial record BodyView(string Text, long Bytes, bool Cut, bool Masked)
{
    /// <summary>More nobody reads on a page; the rest may be attachments.</summary>
    public const int MostCharacters = 100_000;

    /// <summary>Larger bodies are shown as they came: to write them anew would take longer than to read them.</summary>
    private const int MostBytesWrittenAnew = 1 << 20;

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 512, AllowDuplicateProperties = true };
    private static readonly JsonWriterOptions Lines = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static BodyView Of(byte[] body, string? contentType, bool masked)
    {
        var text = AsJson(body, masked) ?? AsText(body, contentType, masked);
        return text.Length <= MostCharacters ? new(text, body.Length, Cut: false, masked) : new(text[..MostCharacters], body.Length, Cut: true, masked);
    }

    /// <returns>Null when it is no JSON.</returns>
    private static string? AsJson(byte[] body, bool masked)
    {
        if (body.Length > MostBytesWrittenAnew || body.AsSpan().TrimStart(" \r\n\t\uFEFF"u8) is not [(byte)'{' or (byte)'[', ..])
            return null;
        try
        {
            using var json = JsonDocument.Parse(WithoutMark(body), AnyDepth);
            using var written = new MemoryStream();
            using (var writer = new Utf8JsonWriter(written, Lines))
            {
                if (masked)
                    BodyMask.Write(json.RootElement, writer);
                else
                    json.RootElement.WriteTo(writer);
            }

            return EscapedPairs().Replace(Encoding.UTF8.GetString(written.ToArray()), static found => found.Length is 2 ? found.Value : Regex.Unescape(found.Value));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Cut off, or half a surrogate pair: shown as the text it is.
            return null;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] body) => body is [0xEF, 0xBB, 0xBF, ..] ? body.AsMemory(3) : body;

    private static string AsText(byte[] body, string? contentType, bool masked)
    {
        // Four bytes make a character at most.
        var part = body.AsSpan(0, Math.Min(body.Length, (MostCharacters * 4) + 4));
        var text = Printable(Decode(part, whole: part.Length == body.Length));
        return masked ? BodyMask.Hide(text, contentType) : text;
    }

    /// <summary>UTF-8, and when it is not, byte by byte: mails of old programs and attachments.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes, bool whole)
    {
        try
        {
            return whole ? Utf8.GetString(bytes) : Encoding.UTF8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static string Printable(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u0008') || text.AsSpan().ContainsAnyInRange('\u007F', '\u009F')
        ? string.Create(text.Length, text, static (shown, read) =>
        {
            for (var at = 0; at < read.Length; at++)
                shown[at] = char.IsControl(read[at]) && read[at] is not ('\r' or '\n' or '\t') ? '·' : read[at];
        })
        : text;

    /// <summary>The writer escapes every emoji. An escaped backslash is taken along, so that what follows it is not taken for an escape.</summary>
    [GeneratedRegex(@"\\\\|\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex EscapedPairs();
}
