using System.Globalization;
using System.Text;

namespace LeadDesk.Simulators.Mail;

/// <summary>A mail as it goes over the wire: names and subject as RFC 2047 words, texts and files in base64.</summary>
internal static class MimeText
{
    public static string Write(PretendMail mail)
    {
        List<string> lines =
        [
            $"From: {Word(mail.FromName)} <{mail.From}>", $"To: {PretendMail.To}", $"Subject: {Word(mail.Subject)}",
            .. mail.Headers.Select(header => $"{header.Name}: {header.Value}"), "MIME-Version: 1.0",
        ];
        if (mail is { Attachment: null, Html: null }) lines.AddRange(Part("text/plain", mail.Text));
        else
        {
            var boundary = "=_" + mail.Number.ToString("D8", CultureInfo.InvariantCulture);
            lines.AddRange([$"Content-Type: multipart/{(mail.Html is null ? "mixed" : "alternative")}; boundary=\"{boundary}\"", "", "--" + boundary, .. Part("text/plain", mail.Text)]);
            if (mail.Html is { } html) lines.AddRange(["--" + boundary, .. Part("text/html", html)]);
            if (mail.Attachment is { } file) lines.AddRange(["--" + boundary, .. File(file.Name, file.ContentType, file.Content)]);
            lines.Add($"--{boundary}--");
        }

        return string.Join("\r\n", lines) + "\r\n";
    }

    private static string[] Part(string contentType, string text) =>
    [
        $"Content-Type: {contentType}; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks),
    ];

    private static string[] File(string name, string contentType, byte[] content) =>
    [
        "Content-Type: " + contentType, "Content-Transfer-Encoding: base64", $"Content-Disposition: attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}", "",
        Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks),
    ];

    /// <summary>Words of RFC 2047, none longer than 75 letters and none cut inside a letter.</summary>
    private static string Word(string text)
    {
        if (Ascii.IsValid(text)) return text.Any(letter => letter is '"' or ',' or '<') ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
        return string.Join("\r\n ", text.EnumerateRunes().Chunk(10)
            .Select(runes => string.Concat(runes)).Select(piece => $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece))}?="));
    }
}
