using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <param name="Value">Unfolded, but with encoded words as they came: addresses are taken apart before their names are decoded.</param>
public readonly record struct MailHeader(string Name, string Value);

/// <summary>The header fields of a mail or of one of its parts, in order, repeats included.</summary>
public sealed class MimeHeaders(IReadOnlyList<MailHeader> all)
{
    private const int Most = 2_000;
    private const int LongestValue = 100_000;

    public static MimeHeaders None { get; } = new([]);

    public IReadOnlyList<MailHeader> All { get; } = all;

    /// <summary>The first of this name as it came, trimmed; null when there is none or it is empty.</summary>
    public string? Raw(string name) => Every(name).FirstOrDefault(value => value.Length > 0);

    /// <summary>As <see cref="Raw"/>, with encoded words read.</summary>
    public string? Text(string name)
    {
        var text = Raw(name) is { } raw ? Charsets.Clean(EncodedWords.Decode(raw)).Trim() : null;
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>All of this name, also empty ones (an empty Return-Path says something).</summary>
    public IEnumerable<string> Every(string name) =>
        All.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value.Trim());

    public bool Has(string name) => All.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>These, and of <paramref name="others"/> the names that are missing here.</summary>
    public MimeHeaders With(MimeHeaders others) => new([.. All, .. others.All.Where(header => !Has(header.Name))]);

    /// <summary>
    /// Reads the lines up to the first empty one, or the first that can be no header.
    /// <code>
    /// Subject: a text that
    ///  goes on in the next line
    /// </code>
    /// </summary>
    /// <param name="body">Where the body starts.</param>
    internal static MimeHeaders Read(ReadOnlySpan<byte> bytes, out int body)
    {
        var fields = new List<(int Start, int Colon, int End)>();
        int at = 0;
        while (at < bytes.Length)
        {
            int length = bytes[at..].IndexOf((byte)'\n');
            int next = length < 0 ? bytes.Length : at + length + 1;
            var line = bytes[at..next].TrimEnd("\r\n"u8);
            if (line.IsEmpty)
            {
                at = next;
                break;
            }

            int colon = line.IndexOf((byte)':');
            if (line[0] is (byte)' ' or (byte)'\t' && fields.Count > 0)
            {
                if (fields.Count < Most)
                    fields[^1] = fields[^1] with { End = next };
            }
            else if (colon > 0 && IsName(line[..colon].TrimEnd(" \t"u8)))
            {
                if (fields.Count < Most)
                    fields.Add((at, at + colon, next));
            }
            else if (!IsEnvelopeLine(line))
            {
                break;
            }

            at = next;
        }

        body = at;
        return new MimeHeaders(Texts(bytes, fields));
    }

    /// <summary>Bytes beyond ASCII are UTF-8, else what the mail says its text is in.</summary>
    private static List<MailHeader> Texts(ReadOnlySpan<byte> bytes, List<(int Start, int Colon, int End)> fields)
    {
        var headers = new List<MailHeader>(Math.Min(fields.Count, Most));
        string? charset = null;
        foreach (var (start, colon, end) in fields)
        {
            if (Ascii.EqualsIgnoreCase(bytes[start..colon].TrimEnd(" \t"u8), "Content-Type"u8))
                charset = HeaderParameters.Parse(Encoding.Latin1.GetString(bytes[(colon + 1)..end])).Value("charset");
        }

        foreach (var (start, colon, end) in fields)
        {
            var value = bytes[(colon + 1)..end];
            var text = Charsets.Decode(value[..Math.Min(value.Length, LongestValue)], null, charset);
            headers.Add(new MailHeader(Encoding.ASCII.GetString(bytes[start..colon]).Trim(), Unfold(text)));
        }

        return headers;
    }

    /// <summary>The line ends go, the space after them stays; some programs put a tab there.</summary>
    private static string Unfold(string text) =>
        text.Replace("\n\t", " ", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim();

    private static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && name.Length <= 200 && !name.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);

    /// <summary><c>From ali@example.com Mon Oct 5 …</c>, which mail stores put before the headers.</summary>
    private static bool IsEnvelopeLine(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);
}
