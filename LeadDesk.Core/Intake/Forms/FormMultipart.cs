using System.Net.Http.Headers;
using System.Text;
using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <param name="FileName">Null for plain fields; browsers send an empty one where no file was chosen.</param>
internal readonly record struct FormPartContent(string Name, string? FileName, string? ContentType, string? Charset, ReadOnlyMemory<byte> Content);

/// <summary>
/// Reads <c>multipart/form-data</c> from memory, where the stored event is read from again. Forgiving about bare line feeds and a
/// missing end, because plug-ins write their own.
/// <code>
/// --x
/// Content-Disposition: form-data; name="your-name"
///
/// Ada
/// --x
/// Content-Disposition: form-data; name="cv"; filename="cv.pdf"
/// Content-Type: application/pdf
///
/// …
/// --x--
/// </code>
/// </summary>
internal static class FormMultipart
{
    private const int LongestHeaders = 16_384;
    private const int MostParts = FormLimits.Fields + FormLimits.Files;

    private static readonly Refusal Broken =
        Refusal.Invalid("$", "The multipart body has no parts that can be read. Check that the boundary in the Content-Type header is the one in the body.");

    public static Outcome<List<FormPartContent>> Read(ReadOnlyMemory<byte> body, string boundary)
    {
        var delimiter = Encoding.Latin1.GetBytes("--" + boundary);
        var parts = new List<FormPartContent>();
        var start = Next(body.Span, delimiter, 0, out var after);
        while (start >= 0 && !body.Span[after..].StartsWith("--"u8))
        {
            var content = SkipLineEnd(body.Span, after);
            start = Next(body.Span, delimiter, content, out var nextAfter);
            var end = start < 0 ? body.Length : start;
            if (ReadPart(body[content..end]) is { } part)
                parts.Add(part);
            if (parts.Count > MostParts)
                return FormLimits.TooManyFields;
            after = nextAfter;
        }

        return parts.Count > 0 ? parts : Broken;
    }

    /// <summary>The boundary in the body itself, for senders that do not say it; null when it does not look like one.</summary>
    public static string? Sniff(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("--"u8))
            return null;
        var end = body.IndexOfAny((byte)'\r', (byte)'\n');
        return end is > 2 and <= 202 && body.IndexOf("ontent-"u8) > 0 ? Encoding.Latin1.GetString(body[2..end]).TrimEnd() : null;
    }

    /// <summary>The next delimiter at the start of a line, without the line end before it.</summary>
    private static int Next(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, int from, out int after)
    {
        for (var at = from; at <= body.Length;)
        {
            var step = body[at..].IndexOf(delimiter);
            if (step < 0)
                break;
            at += step;
            after = at + delimiter.Length;
            var lineStart = at is 0 || at == from || body[at - 1] == '\n';
            if (lineStart && (after == body.Length || body[after] is (byte)'\r' or (byte)'\n' or (byte)'-' or (byte)' ' or (byte)'\t'))
            {
                var end = at > from && body[at - 1] == '\n' ? at - 1 : at;
                return end > from && body[end - 1] == '\r' ? end - 1 : end;
            }

            at = after;
        }

        after = body.Length;
        return -1;
    }

    private static int SkipLineEnd(ReadOnlySpan<byte> body, int at)
    {
        while (at < body.Length && body[at] is (byte)' ' or (byte)'\t')
            at++;
        if (at < body.Length && body[at] == '\r')
            at++;
        return at < body.Length && body[at] == '\n' ? at + 1 : at;
    }

    private static FormPartContent? ReadPart(ReadOnlyMemory<byte> part)
    {
        var span = part.Span;
        string? disposition = null, contentType = null;
        var at = 0;
        while (at < span.Length && at < LongestHeaders)
        {
            var lineEnd = span[at..].IndexOf((byte)'\n');
            var line = lineEnd < 0 ? span[at..] : span.Slice(at, lineEnd);
            at = lineEnd < 0 ? span.Length : at + lineEnd + 1;
            if (line.TrimEnd("\r"u8).IsEmpty)
                break;
            var header = FormText.Decode(line, null);
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var value = header[(colon + 1)..].Trim();
            if (header.AsSpan(0, colon).Trim().Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
                disposition = value;
            else if (header.AsSpan(0, colon).Trim().Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                contentType = value;
        }

        if (disposition is null || Parameter(disposition, "name") is not { } name)
            return null;
        var fileName = ExtendedParameter(disposition, "filename") ?? Parameter(disposition, "filename");
        var type = MediaTypeHeaderValue.TryParse(contentType, out var media) ? media : null;
        return new(name, fileName, type?.MediaType, type?.CharSet, part[at..]);
    }

    /// <summary><c>name="a \"b\""</c> or <c>name=a</c>. By hand, because names are sent raw in any script.</summary>
    private static string? Parameter(string header, string name)
    {
        for (var at = header.IndexOf(';', StringComparison.Ordinal); at >= 0 && at < header.Length;)
        {
            at++;
            while (at < header.Length && header[at] == ' ')
                at++;
            var equals = header.IndexOf('=', at);
            if (equals < 0)
                return null;
            var found = header.AsSpan(at, equals - at).Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
            var value = Value(header, equals + 1, out at);
            if (found)
                return value;
            at = header.IndexOf(';', Math.Min(at, header.Length));
        }

        return null;
    }

    private static string Value(string header, int at, out int end)
    {
        while (at < header.Length && header[at] == ' ')
            at++;
        if (at >= header.Length || header[at] != '"')
        {
            end = header.IndexOf(';', at);
            end = end < 0 ? header.Length : end;
            return header[at..end].Trim();
        }

        var value = new StringBuilder();
        for (end = at + 1; end < header.Length && header[end] != '"'; end++)
        {
            // Old browsers sent whole Windows paths; only a quote or a backslash is meant to be escaped.
            if (header[end] == '\\' && end + 1 < header.Length && header[end + 1] is '"' or '\\')
                end++;
            value.Append(header[end]);
        }

        // Browsers of today write a quote or line end inside a name so.
        return value.ToString().Replace("%22", "\"", StringComparison.Ordinal).Replace("%0D%0A", "\n", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary><c>filename*=UTF-8''na%C3%AFve.pdf</c></summary>
    private static string? ExtendedParameter(string header, string name)
    {
        if (Parameter(header, name + "*") is not { } value || value.Split('\'', 3) is not [var charset, _, var text])
            return null;
        return FormText.UrlDecode(Encoding.UTF8.GetBytes(text.Replace("+", "%2B", StringComparison.Ordinal)), charset);
    }
}
