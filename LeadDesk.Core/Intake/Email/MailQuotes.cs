using System.Text.RegularExpressions;

namespace LeadDesk.Intake.Email;

/// <summary>
/// Tells the new words of a mail from what was said before and from the signature:
/// <code>
/// Yes, please send it.
///
/// On Tue, 3 Mar 2026 at 10:00, Sara Khan &lt;
/// sara@example.com&gt; wrote:
/// &gt; Shall I send the offer?
/// </code>
/// </summary>
internal static partial class MailQuotes
{
    private const int MostLines = 5_000;

    // Between them stand a date and a name, in an order that depends on the language; the line may be broken anywhere.
    private static readonly string[] Wrote =
    [
        "wrote", "escribió", "escreveu", "yazdı", "a écrit", "schrieb", "schreef", "ha scritto", "كتب", "كتبت", "نے لکھا", "пишет", "написал", "napisał", "skrev", "写道",
    ];

    private static readonly string[] FromLabels = ["from", "von", "de", "da", "van", "kimden", "gönderen", "от", "من", "fra", "från"];

    private static readonly string[] SentLabels =
    [
        "sent", "date", "gesendet", "datum", "enviado", "enviado el", "enviada em", "fecha", "data", "envoyé", "inviato", "verzonden", "gönderildi", "gönderme tarihi", "tarih",
        "отправлено", "дата", "تاريخ الإرسال", "التاريخ", "sendt", "skickat",
    ];

    private static readonly string[] PhoneSignatures =
    [
        "sent from my ", "get outlook for ", "enviado desde mi ", "enviado do meu ", "von meinem iphone", "von meinem handy", "gesendet von ", "envoyé de mon ", "envoyé depuis mon ", "inviato da ",
        "iphone'umdan gönderildi", "iphone’umdan gönderildi", "أُرسلت من ", "отправлено с ", "verstuurd vanaf ",
    ];

    /// <summary>The part that says something new; all of it when nothing else would be left.</summary>
    public static string NewPart(string message)
    {
        var lines = message.Split('\n', MostLines);
        var kept = new List<string>(lines.Length);
        for (int at = 0; at < lines.Length; at++)
        {
            var line = lines[at].Trim();
            if (EndsTheNewPart(lines, at, line))
                break;
            if (IsAttribution(line))
            {
                DropStartOfAttribution(kept, line);
                break;
            }

            if (!line.StartsWith('>'))
                kept.Add(lines[at]);
        }

        var part = string.Join('\n', kept).Trim();
        return part.Length > 0 ? part : message;
    }

    private static bool EndsTheNewPart(string[] lines, int at, string line) =>
        line is "--"
        || OriginalMessage().IsMatch(line)
        || PhoneSignatures.Any(start => line.StartsWith(start, StringComparison.OrdinalIgnoreCase)) && line.Length < 60
        || IsLabel(line, FromLabels) && lines.Skip(at + 1).Take(3).Any(next => IsLabel(next.Trim(), SentLabels));

    private static bool IsAttribution(string line) =>
        line.Length is > 0 and < 300 && line[^1] is ':' or '：' && Wrote.Any(verb => line.Contains(verb, StringComparison.OrdinalIgnoreCase))
        && (line.Any(char.IsDigit) || line.Contains('@', StringComparison.Ordinal) || Wrote.Any(verb => line.TrimEnd(':', '：', ' ', ')').EndsWith(verb, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Where the line was broken, its start with the date lies one or two lines above.</summary>
    private static void DropStartOfAttribution(List<string> kept, string line)
    {
        for (int above = 1; above <= 2 && above <= kept.Count && !Date().IsMatch(line) && kept[^above].Trim().Length > 0; above++)
        {
            if (Date().IsMatch(kept[^above]))
            {
                kept.RemoveRange(kept.Count - above, above);
                return;
            }
        }
    }

    private static bool IsLabel(string line, string[] labels)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon is <= 0 or > 30)
            return false;
        var label = line[..colon].Trim(' ', '*', '\u00A0');
        return labels.Contains(label, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary><c>-----Ursprüngliche Nachricht-----</c>, <c>---------- Forwarded message ---------</c>, Outlook's long line.</summary>
    [GeneratedRegex(@"^(-{3,} *\p{L}[\p{L}\p{M}'’ ]{3,40} *-{3,}|_{20,})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OriginalMessage();

    /// <summary>A time or a year, by which the start of such a line is known.</summary>
    [GeneratedRegex(@"\b[0-9]{1,2}[:.][0-9]{2}\b|\b(19|20)[0-9]{2}\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Date();
}
