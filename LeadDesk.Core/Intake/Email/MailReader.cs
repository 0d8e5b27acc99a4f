using System.Text.Json;
using LeadDesk.Intake.Email.Relays;

namespace LeadDesk.Intake.Email;

/// <summary>
/// Reads what a relay posts: Postmark's JSON, the fields of Mailgun and SendGrid, or the mail itself. The body decides, for
/// content types are often wrong. Pure; any bytes are taken.
/// </summary>
public static class MailReader
{
    /// <param name="contentType">As the request gave it, with its boundary.</param>
    public static MailReading Read(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (body.Span.Trim(" \t\r\n\0"u8).IsEmpty)
            return MailReading.Unreadable("The body is empty.");
        if (Json(body) is { } document)
        {
            using (document)
                return OfJson(document.RootElement);
        }

        if (Fields(body, contentType) is { } fields)
            return FieldMail.Read(fields);
        return RawMail.LooksLikeMail(body.Span)
            ? MailReading.Of(RawMail.Read(body, null))
            : MailReading.Unreadable("This is neither a mail nor one of the shapes of Postmark, Mailgun and SendGrid.");
    }

    /// <summary>What Mailgun signs a delivery with; null when the body has none of it.</summary>
    public static MailgunSignature? SignatureOf(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (Json(body) is not { } document)
            return Fields(body, contentType) is { } fields ? MailgunSignature.Of(fields) : null;
        using (document)
            return document.RootElement.ValueKind is JsonValueKind.Object ? MailgunSignature.Of(RelayFields.OfJson(document.RootElement)) : null;
    }

    private static MailReading OfJson(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return MailReading.Unreadable("The JSON is no object with a mail in it.");
        if (PostmarkMail.IsOne(body))
            return MailReading.Of(PostmarkMail.Read(body));
        return ResendNotice.IsOne(body) ? ResendNotice.Read() : FieldMail.Read(RelayFields.OfJson(body), body);
    }

    private static JsonDocument? Json(ReadOnlyMemory<byte> body)
    {
        var start = body.Span;
        if (start.StartsWith("\uFEFF"u8))
            body = body["\uFEFF"u8.Length..];
        start = body.Span.TrimStart(" \t\r\n"u8);
        return start.StartsWith("{"u8) || start.StartsWith("["u8) ? JsonTexts.Parse(body) : null;
    }

    private static RelayFields? Fields(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (contentType?.Contains("multipart/form-data", StringComparison.OrdinalIgnoreCase) is true)
            return RelayFields.OfMultipart(contentType, body);
        if (RawMail.LooksLikeMail(body.Span))
            return null;
        return body.Span.IndexOf((byte)'=') > 0 && body.Span.IndexOfAny((byte)' ', (byte)'\n') < 0 ? RelayFields.OfUrlEncoded(body.Span) : null;
    }
}
