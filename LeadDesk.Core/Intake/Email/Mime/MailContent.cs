using System.Text;
using System.Text.RegularExpressions;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>What people see of a mail: its text, and its files.</summary>
/// <param name="Text">The plain text; null when there is none, or only white space.</param>
/// <param name="Html">As it came; null when there is none.</param>
/// <param name="HasDeliveryReport">One of its parts reports what became of another mail.</param>
internal sealed record MailContent(string? Text, string? Html, IReadOnlyList<IncomingFile> Files, bool HasDeliveryReport)
{
    public static MailContent Of(MimeEntity mail)
    {
        var found = new Collected();
        found.Add(mail);
        return new(Blank(found.Text.ToString()), Blank(found.Html.ToString()), found.Files, found.HasDeliveryReport);
    }

    private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim('\n', ' ', '\t');

    private sealed class Collected
    {
        public StringBuilder Text { get; } = new();

        public StringBuilder Html { get; } = new();

        public List<IncomingFile> Files { get; } = [];

        public bool HasDeliveryReport { get; private set; }

        public void Add(MimeEntity part)
        {
            if (part.Parts.Count > 0)
                AddParts(part);
            else
                AddLeaf(part);
        }

        private void AddParts(MimeEntity multipart)
        {
            if (multipart.MediaType is not "multipart/alternative")
            {
                foreach (var part in multipart.Parts)
                    Add(part);
                return;
            }

            // Of several forms of one text each kind counts once; files may hide in any (calendars, pictures).
            int text = Text.Length, html = Html.Length;
            foreach (var part in multipart.Parts)
            {
                int textBefore = Text.Length, htmlBefore = Html.Length;
                Add(part);
                if (textBefore > text)
                    Text.Length = textBefore;
                if (htmlBefore > html)
                    Html.Length = htmlBefore;
            }
        }

        private void AddLeaf(MimeEntity part)
        {
            HasDeliveryReport |= part.MediaType is "message/delivery-status" or "message/disposition-notification" or "message/feedback-report";
            if (IsText(part))
                Append(part.MediaType is "text/html" ? Html : Text, Decoded(part));
            else if (!part.MediaType.EndsWith("-signature", StringComparison.Ordinal) && !IsEmptyMultipart(part))
                Files.Add(new IncomingFile(FileNames.Of(part), part.MediaType, part.Content()));
        }

        private static bool IsText(MimeEntity part) =>
            part.Disposition is not "attachment" && part.FileName is null
            && (part.MediaType is "text/plain" or "text/html" or "text/enriched"
                || part.MediaType.StartsWith("multipart/", StringComparison.Ordinal));

        private static bool IsEmptyMultipart(MimeEntity part) => part.MediaType.StartsWith("multipart/", StringComparison.Ordinal) && part.Body.IsEmpty;

        private static void Append(StringBuilder text, string piece)
        {
            if (piece.Length > 0 && text.Length > 0)
                text.Append('\n');
            if (text.Length < HtmlText.Longest)
                text.Append(piece.AsSpan(0, Math.Min(piece.Length, HtmlText.Longest)));
        }
    }

    private static string Decoded(MimeEntity part)
    {
        var bytes = part.Content().Span;
        if (part.MediaType is "text/html")
            return Charsets.Decode(bytes, part.Charset ?? NamedInside(bytes));
        var text = Charsets.Decode(bytes, part.Charset);
        return "flowed".Equals(part.TypeParameter("format"), StringComparison.OrdinalIgnoreCase)
            ? FlowedText.Join(text, "yes".Equals(part.TypeParameter("delsp"), StringComparison.OrdinalIgnoreCase))
            : text;
    }

    /// <summary><c>&lt;meta charset="koi8-r"&gt;</c> within the first kilobyte.</summary>
    private static string? NamedInside(ReadOnlySpan<byte> html)
    {
        var start = Encoding.Latin1.GetString(html[..Math.Min(html.Length, 1024)]);
        var match = Regex.Match(start, "<meta[^>]{0,200}charset *= *[\"']?(?<name>[A-Za-z0-9_-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
        return match.Success ? match.Groups["name"].Value : null;
    }
}

/// <summary>Text whose long lines the sender broke (RFC 3676): a line that ends with a space goes on in the next one.</summary>
internal static class FlowedText
{
    public static string Join(string text, bool deleteSpace)
    {
        var joined = new StringBuilder(text.Length);
        bool goesOn = false;
        foreach (var (index, written) in text.Split('\n').Index())
        {
            var line = written.StartsWith(' ') ? written[1..] : written;
            bool quoted = line.StartsWith('>');
            if (index > 0 && !(goesOn && !quoted))
                joined.Append('\n');
            goesOn = !quoted && line.EndsWith(' ') && line is not "-- ";
            joined.Append(goesOn && deleteSpace ? line[..^1] : line);
        }

        return joined.ToString();
    }
}
