using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>
/// Reads mails as they are found rather than as they should be: line ends of all kinds, missing ends of parts, multiparts
/// without parts. Takes any bytes, never throws, and does bounded work on each byte.
/// </summary>
/// <remarks>Ours because the usual library for it (MimeKit) is not on every package feed; nothing outside this folder knows how a mail is read.</remarks>
public static class MimeReader
{
    /// <summary>Parts that lie deeper are left as they came.</summary>
    public const int Deepest = 20;

    /// <summary>Of a whole mail; what comes after is left out (and still in the raw mail).</summary>
    public const int MostParts = 1_000;

    private const int LongestBoundary = 500;

    public static MimeEntity Read(ReadOnlyMemory<byte> mail)
    {
        var bytes = WithLineFeeds(mail);
        var start = bytes.Span;
        if (start.StartsWith("\uFEFF"u8))
            start = start["\uFEFF"u8.Length..];
        start = start.TrimStart("\r\n"u8);
        int parts = 0;
        return Entity(bytes[^start.Length..], 0, ref parts);
    }

    /// <summary>A body whose headers came apart from it, as that of an HTTP request.</summary>
    public static MimeEntity Read(MimeHeaders headers, ReadOnlyMemory<byte> body)
    {
        int parts = 0;
        return Entity(headers, body, 0, ref parts);
    }

    private static MimeEntity Entity(ReadOnlyMemory<byte> bytes, int depth, ref int parts)
    {
        var headers = MimeHeaders.Read(bytes.Span, out int body);
        return Entity(headers, bytes[body..], depth, ref parts);
    }

    private static MimeEntity Entity(MimeHeaders headers, ReadOnlyMemory<byte> body, int depth, ref int parts)
    {
        var leaf = new MimeEntity(headers, body, []);
        if (depth >= Deepest || !leaf.MediaType.StartsWith("multipart/", StringComparison.Ordinal))
            return leaf;

        var inner = new List<MimeEntity>();
        foreach (var range in Ranges(body.Span, Boundary(leaf, body.Span)))
        {
            if (parts >= MostParts)
                break;
            parts++;
            inner.Add(Entity(body[range], depth + 1, ref parts));
        }

        return leaf with { Parts = inner };
    }

    /// <summary>The boundary as the header gives it, else the first line that could be one.</summary>
    private static byte[] Boundary(MimeEntity multipart, ReadOnlySpan<byte> body)
    {
        if (multipart.TypeParameter("boundary")?.TrimEnd() is { Length: > 0 and <= LongestBoundary } given)
            return Encoding.UTF8.GetBytes("--" + given);
        int start = body.StartsWith("--"u8) ? 0 : body.IndexOf("\n--"u8) + 1;
        if (start is 0 && !body.StartsWith("--"u8))
            return [];
        var line = body[start..];
        int end = line.IndexOf((byte)'\n');
        line = (end < 0 ? line : line[..end]).TrimEnd("\r\t "u8);
        return line.Length is > 2 and <= LongestBoundary ? line.ToArray() : [];
    }

    /// <summary>Where the parts lie between the lines that start with the boundary. Without a closing one the last part goes to the end.</summary>
    private static List<Range> Ranges(ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary)
    {
        var ranges = new List<Range>();
        if (boundary.IsEmpty)
            return ranges;
        int start = -1;
        for (int at = 0; at < body.Length && ranges.Count <= MostParts;)
        {
            int found = body[at..].IndexOf(boundary);
            if (found < 0)
                break;
            int line = at + found;
            at = line + boundary.Length;
            if ((line > 0 && body[line - 1] is not (byte)'\n') || !IsRestOfBoundary(body[at..], out bool closing, out int used))
                continue;
            if (start >= 0)
                ranges.Add(start..EndBefore(body, start, line));
            start = closing ? -1 : at + used;
            if (closing)
                return ranges;
            at += used;
        }

        if (start >= 0 && start < body.Length)
            ranges.Add(start..body.Length);
        return ranges;
    }

    /// <summary>After the boundary only "--" and white space may stand in its line; else it is another, longer boundary.</summary>
    private static bool IsRestOfBoundary(ReadOnlySpan<byte> rest, out bool closing, out int used)
    {
        closing = rest.StartsWith("--"u8);
        used = closing ? 2 : 0;
        while (used < rest.Length && rest[used] is (byte)' ' or (byte)'\t' or (byte)'\r')
            used++;
        if (used == rest.Length)
            return true;
        if (rest[used] is not (byte)'\n')
            return false;
        used++;
        return true;
    }

    /// <summary>The line end before a boundary belongs to the boundary.</summary>
    private static int EndBefore(ReadOnlySpan<byte> body, int start, int line)
    {
        int end = line;
        if (end > start && body[end - 1] is (byte)'\n')
            end--;
        if (end > start && body[end - 1] is (byte)'\r')
            end--;
        return end;
    }

    /// <summary>Old programs end lines with a carriage return alone.</summary>
    private static ReadOnlyMemory<byte> WithLineFeeds(ReadOnlyMemory<byte> mail)
    {
        if (mail.Span.Contains((byte)'\n') || !mail.Span.Contains((byte)'\r'))
            return mail;
        var copy = mail.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }
}
