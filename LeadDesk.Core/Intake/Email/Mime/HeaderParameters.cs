using System.Globalization;
using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>
/// A structured header: <c>attachment; filename*0*=utf-8''%C5%9Fe; filename*1="ma.pdf"</c>. RFC 2231 pieces are put together,
/// and RFC 2047 words are read although the standard forbids them here, because senders use them.
/// </summary>
/// <param name="Kind">What stands before the first semicolon, in small letters.</param>
internal sealed record HeaderParameters(string Kind, IReadOnlyDictionary<string, string> Values)
{
    private const int Most = 200;

    public string? Value(string name) => Values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public static HeaderParameters Parse(string? header)
    {
        var parts = Split(header ?? "");
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var pieces = new Dictionary<string, SortedDictionary<int, (string Text, bool Encoded)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1).Take(Most))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                continue;
            var name = part[..equals].Trim();
            var value = Unquote(part[(equals + 1)..].Trim());
            int star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0)
                values.TryAdd(name, Charsets.Clean(EncodedWords.Decode(value)));
            else
                Piece(pieces, name[..star], name[(star + 1)..], value);
        }

        // The extended form says more than the plain one that stands beside it for old readers.
        foreach (var (name, byNumber) in pieces)
            values[name] = Join(byNumber.Values);
        return new(parts.Count > 0 ? parts[0].Trim().ToLowerInvariant() : "", values);
    }

    /// <summary><c>*</c> is whole and encoded, <c>*0</c> the first piece, <c>*1*</c> the second one, encoded.</summary>
    private static void Piece(Dictionary<string, SortedDictionary<int, (string Text, bool Encoded)>> pieces, string name, string suffix, string value)
    {
        bool encoded = suffix.Length is 0 || suffix.EndsWith('*');
        if (!int.TryParse(suffix.TrimEnd('*'), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            number = 0;
        if (!pieces.TryGetValue(name, out var byNumber))
            pieces[name] = byNumber = [];
        byNumber.TryAdd(number, (value, encoded));
    }

    private static string Join(IEnumerable<(string Text, bool Encoded)> pieces)
    {
        string? charset = null;
        var bytes = new List<byte>();
        foreach (var (index, (piece, encoded)) in pieces.Index())
        {
            var text = piece;
            if (encoded && index is 0 && text.Split('\'', 3) is [var set, _, var rest])
                (charset, text) = (set, rest);
            bytes.AddRange(encoded ? Unescape(text) : Encoding.UTF8.GetBytes(text));
        }

        return Charsets.Decode(bytes.ToArray(), charset);
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        var source = Encoding.UTF8.GetBytes(text);
        for (int at = 0; at < source.Length; at++)
        {
            if (source[at] is (byte)'%' && at + 2 < source.Length
                && byte.TryParse(source.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                at += 2;
            }
            else
            {
                bytes.Add(source[at]);
            }
        }

        return [.. bytes];
    }

    /// <summary>At semicolons that stand outside of quotes. A quote that is never closed counts as a letter.</summary>
    private static List<string> Split(string header)
    {
        var parts = new List<string>();
        int start = 0;
        bool quoted = false;
        int lastQuote = header.LastIndexOf('"');
        for (int at = 0; at < header.Length; at++)
        {
            if (header[at] is '\\' && quoted)
                at++;
            else if (header[at] is '"' && (quoted || at < lastQuote))
                quoted = !quoted;
            else if (header[at] is ';' && (!quoted || at > lastQuote))
            {
                parts.Add(header[start..at]);
                start = at + 1;
            }
        }

        parts.Add(header[start..]);
        return parts;
    }

    private static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] is not '"')
            return value.Trim('"');
        var text = new StringBuilder(value.Length);
        for (int at = 1; at < value.Length && value[at] is not '"'; at++)
        {
            // Old browsers and Windows programs write folders with single backslashes: C:\mails\offer.pdf.
            if (value[at] is '\\' && at + 1 < value.Length && value[at + 1] is '"' or '\\')
                at++;
            text.Append(value[at]);
        }

        return text.ToString();
    }
}
