using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email.Relays;

/// <summary>The mail itself, as it went over the wire.</summary>
internal static class RawMail
{
    private static readonly string[] Telling =
        ["From", "To", "Subject", "Date", "Received", "Message-ID", "Return-Path", "Delivered-To", "MIME-Version", "Content-Type", "Reply-To", "Sender"];

    /// <summary>It starts with headers, and one of them is a mail's.</summary>
    public static bool LooksLikeMail(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart("\uFEFF"u8).TrimStart("\r\n"u8);
        var headers = MimeHeaders.Read(start[..Math.Min(start.Length, 100_000)], out _);
        return Telling.Any(headers.Has);
    }

    /// <param name="envelopeFrom">See <see cref="MailParts.EnvelopeFrom"/>.</param>
    public static InboundMail Read(ReadOnlyMemory<byte> raw, string? envelopeFrom)
    {
        var mail = MimeReader.Read(raw);
        var content = MailContent.Of(mail);
        return new MailParts
        {
            Headers = mail.Headers,
            Text = content.Text,
            Html = content.Html,
            Files = content.Files,
            EnvelopeFrom = envelopeFrom,
            HasDeliveryReport = content.HasDeliveryReport,
        }.ToMail();
    }
}
