using System.Net;

namespace LeadDesk.Intake.Email.Mime;

internal enum HtmlTokenKind
{
    Text,
    Open,
    Close,
}

/// <param name="Value">Decoded text, or the tag's name in small letters.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Value);

/// <summary>
/// The tags and texts of HTML, without comments and without what is never shown. Anybody may send mail, and a browser's rules
/// for broken HTML can be made to repeat open tags without end; so this reads each letter once and builds no tree.
/// </summary>
internal static class HtmlTokens
{
    private static readonly HashSet<string> Hidden = new(["script", "style", "head", "title", "template", "noscript", "object", "svg", "iframe", "textarea", "select"], StringComparer.Ordinal);

    public static IEnumerable<HtmlToken> Read(string html)
    {
        bool quotesClose = true;
        var neverClosed = new HashSet<string>(StringComparer.Ordinal);
        for (int at = 0; at < html.Length;)
        {
            int open = html.IndexOf('<', at);
            int textEnd = open < 0 ? html.Length : open;
            if (textEnd > at)
                yield return new(HtmlTokenKind.Text, WebUtility.HtmlDecode(html[at..textEnd]));
            if (open < 0)
                yield break;

            if (!IsTag(html, open))
            {
                yield return new(HtmlTokenKind.Text, "<");
                at = open + 1;
                continue;
            }

            at = End(html, open, ref quotesClose);
            if (Tag(html.AsSpan(open, at - open)) is not { } tag)
                continue;
            if (tag.Kind is HtmlTokenKind.Open && Hidden.Contains(tag.Value))
                at = AfterHidden(html, at, tag.Value, neverClosed);
            else
                yield return tag;
        }
    }

    private static bool IsTag(string html, int open) =>
        open + 1 < html.Length && (char.IsAsciiLetter(html[open + 1]) || html[open + 1] is '/' or '!' or '?');

    /// <summary>After the tag's or the comment's end; a &gt; in a quoted attribute is none. What never ends goes to the end of all.</summary>
    private static int End(string html, int open, ref bool quotesClose)
    {
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) is 0)
        {
            int close = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
            return close < 0 ? html.Length : close + 3;
        }

        char quote = '\0';
        for (int at = open + 1; quotesClose && at < html.Length; at++)
        {
            char c = html[at];
            if (quote is not '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && html[at - 1] is '=' or ' ')
                quote = c;
            else if (c is '>')
                return at + 1;
        }

        // Some quote is never closed: from here on quotes mean nothing, so that no letter is looked at over and over.
        quotesClose = false;
        int end = html.IndexOf('>', open);
        return end < 0 ? html.Length : end + 1;
    }

    private static HtmlToken? Tag(ReadOnlySpan<char> tag)
    {
        bool closes = tag.StartsWith("</");
        var name = tag[(closes ? 2 : 1)..];
        int length = 0;
        while (length < name.Length && (char.IsAsciiLetterOrDigit(name[length]) || name[length] is '-' or ':'))
            length++;
        return length is 0 or > 30 ? null : new(closes ? HtmlTokenKind.Close : HtmlTokenKind.Open, name[..length].ToString().ToLowerInvariant());
    }

    /// <summary>After the closing tag. Without one a script goes on to the end, and what others hold is shown.</summary>
    /// <param name="neverClosed">Names that were looked for in vain, so that nobody has them looked for again and again.</param>
    private static int AfterHidden(string html, int at, string name, HashSet<string> neverClosed)
    {
        int close = neverClosed.Contains(name) ? -1 : html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        if (close >= 0)
            return html.IndexOf('>', close) is >= 0 and var end ? end + 1 : html.Length;

        // A head that is never closed ends where the body starts.
        int body = name is "head" && !neverClosed.Contains(name) ? html.IndexOf("<body", at, StringComparison.OrdinalIgnoreCase) : -1;
        neverClosed.Add(name);
        if (body >= 0)
            return body;
        return name is "script" or "style" ? html.Length : at;
    }
}
