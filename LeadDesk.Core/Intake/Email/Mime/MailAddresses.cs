using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>
/// Lists of addresses as senders write them: <c>"Khan, Ali" &lt;ali@example.com&gt;, sara@example.com (Sara)</c>, groups
/// (<c>Undisclosed recipients:;</c>), routes, semicolons between, names without quotes.
/// </summary>
internal static class MailAddresses
{
    private const int Most = 1_000;

    /// <param name="header">As it came: encoded words are read after the list is cut, for they may hold commas.</param>
    public static IReadOnlyList<MailPerson> Parse(string? header)
    {
        var people = new List<MailPerson>();
        foreach (var part in Split(header ?? ""))
        {
            if (One(part) is { } person)
                people.Add(person);
            if (people.Count >= Most)
                break;
        }

        return people;
    }

    public static MailPerson? First(string? header) => Parse(header) is [var first, ..] ? first : null;

    private static MailPerson? One(string part)
    {
        int open = part.LastIndexOf('<');
        if (open >= 0)
        {
            int close = part.IndexOf('>', open);
            var inside = part[(open + 1)..(close < 0 ? part.Length : close)];
            return Person(part[..open], inside);
        }

        var (bare, comment) = WithoutComment(part);
        var words = bare.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        // Without brackets the word with the @ is the address: "Ayşe Yılmaz ayse@example.com".
        int at = Array.FindLastIndex(words, word => word.Contains('@', StringComparison.Ordinal));
        return at < 0 ? null : Person(comment ?? string.Join(' ', words[..at]), words[at]);
    }

    private static MailPerson? Person(string name, string address)
    {
        // "@relay1,@relay2:ali@example.com": the way it once took.
        int route = address.StartsWith('@') ? address.IndexOf(':', StringComparison.Ordinal) : -1;
        var bare = Charsets.Clean(EncodedWords.Decode(address[(route + 1)..])).Trim().Trim('<', '>', '"', '\'', ';', ',');
        if (bare.Length is 0 or > 1_000 || bare.IndexOf('@', StringComparison.Ordinal) <= 0)
            return null;
        var shown = Name(name);
        // Many programs repeat the address where the name should stand.
        return new MailPerson(shown is null || shown.Trim('\'', '<', '>').Equals(bare, StringComparison.OrdinalIgnoreCase) ? null : shown, bare);
    }

    private static string? Name(string written)
    {
        var name = written.Trim();
        if (name.Length > 1 && name[0] is '"')
            name = Unquote(name);
        name = Charsets.Clean(EncodedWords.Decode(name)).Trim();
        return name.Length > 0 ? name : null;
    }

    private static string Unquote(string name)
    {
        var text = new StringBuilder(name.Length);
        for (int at = 0; at < name.Length; at++)
        {
            if (name[at] is '\\' && at + 1 < name.Length)
                text.Append(name[++at]);
            else if (name[at] is not '"')
                text.Append(name[at]);
        }

        return text.ToString();
    }

    /// <summary><c>sara@example.com (Sara)</c>.</summary>
    private static (string Bare, string? Comment) WithoutComment(string part)
    {
        int open = part.IndexOf('(', StringComparison.Ordinal);
        int close = part.LastIndexOf(')');
        return open >= 0 && close > open ? (part[..open] + part[(close + 1)..], part[(open + 1)..close]) : (part, null);
    }

    /// <summary>At commas and semicolons outside of quotes, brackets and comments; a group's name is left out.</summary>
    private static IEnumerable<string> Split(string header)
    {
        int start = 0, comments = 0;
        bool quoted = false, bracketed = false;
        int lastQuote = header.LastIndexOf('"'), lastBracket = header.LastIndexOf('>'), lastComment = header.LastIndexOf(')');
        for (int at = 0; at < header.Length; at++)
        {
            char c = header[at];
            if (c is '\\' && quoted)
                at++;
            else if (c is '"' && comments is 0)
                quoted = !quoted && at < lastQuote;
            else if (quoted)
                continue;
            else if (c is '(' && at < lastComment)
                comments++;
            else if (c is ')' && comments > 0)
                comments--;
            else if (comments > 0)
                continue;
            else if (c is '<' or '>')
                bracketed = c is '<' && at < lastBracket;
            else if (c is ':' && !bracketed)
                start = at + 1;
            else if (c is ',' or ';' && !bracketed)
            {
                yield return header[start..at];
                start = at + 1;
            }
        }

        yield return header[Math.Min(start, header.Length)..];
    }
}
