using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>
/// Words of RFC 2047 in header texts: <c>=?UTF-8?B?2YXY?= =?UTF-8?B?qtiz?=</c>. Neighbours of one character set are joined
/// before they become text, because senders cut them inside characters.
/// </summary>
internal static class EncodedWords
{
    private const string Start = "=?";
    private const string End = "?=";

    // The standard allows 75 characters; some senders put a whole subject into one word.
    private const int LongestWord = 10_000;

    public static string Decode(string written)
    {
        if (!written.Contains(Start, StringComparison.Ordinal))
            return written;

        var text = new StringBuilder(written.Length);
        var run = new List<byte>();
        string? charset = null;
        for (int at = 0; at < written.Length;)
        {
            if (TryRead(written, at) is { } word)
            {
                if (charset is not null && !charset.Equals(word.Charset, StringComparison.OrdinalIgnoreCase))
                    Flush(text, run, charset);
                charset = word.Charset;
                run.AddRange(word.Bytes);
                at = word.Next;
            }
            else if (charset is not null && NextWord(written, at) is > 0 and var next)
            {
                at = next; // Space between two words is the sender's line break, not text.
            }
            else
            {
                Flush(text, run, charset);
                charset = null;
                int literal = written.IndexOf(Start, at + 1, StringComparison.Ordinal);
                literal = literal < 0 ? written.Length : literal;
                text.Append(written, at, literal - at);
                at = literal;
            }
        }

        Flush(text, run, charset);
        return text.ToString();
    }

    /// <summary>Where the next word starts when only white space lies before it; else 0.</summary>
    private static int NextWord(string written, int at)
    {
        int next = at;
        while (next < written.Length && char.IsWhiteSpace(written[next]))
            next++;
        return next > at && TryRead(written, next) is not null ? next : 0;
    }

    private static Word? TryRead(string written, int at)
    {
        if (string.CompareOrdinal(written, at, Start, 0, Start.Length) is not 0)
            return null;
        int afterCharset = written.IndexOf('?', at + 2, Math.Min(60, written.Length - at - 2));
        if (afterCharset < 0 || afterCharset + 2 >= written.Length || written[afterCharset + 2] is not '?')
            return null;
        int content = afterCharset + 3;
        int end = written.IndexOf(End, content, Math.Min(LongestWord, written.Length - content), StringComparison.Ordinal);
        if (end < 0)
            return null;

        var encoded = Encoding.UTF8.GetBytes(written[content..end]);
        byte[]? bytes = written[afterCharset + 1] switch
        {
            'b' or 'B' => TransferEncodings.FromBase64(encoded),
            'q' or 'Q' => TransferEncodings.FromQuotedPrintable(encoded, isWord: true),
            _ => null,
        };
        var charset = written[(at + 2)..afterCharset].Split('*')[0]; // RFC 2231 lets a language follow.
        return bytes is null ? null : new Word(charset, bytes, end + End.Length);
    }

    private static void Flush(StringBuilder text, List<byte> run, string? charset)
    {
        if (run.Count > 0)
            text.Append(Charsets.Decode(run.ToArray(), charset));
        run.Clear();
    }

    private sealed record Word(string Charset, byte[] Bytes, int Next);
}
