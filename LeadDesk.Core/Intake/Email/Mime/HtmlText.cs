using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>HTML as text: paragraphs, lists and rows become lines; scripts, styles and comments are gone.</summary>
internal static class HtmlText
{
    /// <summary>What is longer is cut; no person wrote it.</summary>
    public const int Longest = 2_000_000;

    private static readonly HashSet<string> Blocks = new(
        ["p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article", "header", "footer", "dl", "dt", "dd", "form", "center", "body", "address"],
        StringComparer.Ordinal);

    public static string Read(string html)
    {
        var text = new HtmlLines();
        foreach (var (kind, value) in HtmlTokens.Read(html.Length > Longest ? html[..Longest] : html))
        {
            if (kind is HtmlTokenKind.Text)
                text.Write(value);
            else if (value is "br" or "hr")
                text.EndLine();
            else if (value is "li")
                text.EndBlock(kind is HtmlTokenKind.Open ? "- " : "");
            else if (value is "td" or "th" && kind is HtmlTokenKind.Close)
                text.Write(" ");
            else if (Blocks.Contains(value))
                text.EndBlock("");
            if (value is "p" or "h1" or "h2" or "h3" && kind is HtmlTokenKind.Close)
                text.EndLine();
        }

        return text.ToString();
    }
}

/// <summary>Text that is written piece by piece with the white space rules of HTML.</summary>
internal sealed class HtmlLines
{
    private readonly StringBuilder text = new();
    private bool spaceDue;
    private string prefix = "";

    public void Write(string piece)
    {
        foreach (char c in piece)
        {
            if (char.IsWhiteSpace(c))
            {
                spaceDue = true;
                continue;
            }

            text.Append(prefix);
            prefix = "";
            if (spaceDue && text.Length > 0 && text[^1] is not '\n' and not ' ')
                text.Append(' ');
            spaceDue = false;
            text.Append(c);
        }
    }

    /// <summary>Starts a new line, also after an empty one; never more than one empty line.</summary>
    public void EndLine()
    {
        spaceDue = false;
        if (text.Length > 0 && !(text.Length > 1 && text[^1] is '\n' && text[^2] is '\n'))
            text.Append('\n');
    }

    /// <summary>Starts a new line unless one has just begun.</summary>
    public void EndBlock(string nextPrefix)
    {
        prefix = nextPrefix;
        if (text.Length > 0 && text[^1] is not '\n')
            EndLine();
        spaceDue = false;
    }

    public override string ToString() => Charsets.Clean(text.ToString()).Trim();
}
