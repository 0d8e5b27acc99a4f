using System.Text;
using System.Text.Json;
using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email.Relays;

/// <summary>
/// Mails as form fields. Mailgun's routes:
/// <code>
/// recipient=in@acme.example  sender=envelope@example.com  from=Ali &lt;ali@example.com&gt;  subject=Prices  timestamp=1461261330  token=06c9…  signature=23e7…
/// body-plain=…  stripped-text=…  body-html=…  message-headers=[["Message-Id","&lt;1@example.com&gt;"],["Received","…"]]  attachment-1=(file)  or the mail itself: body-mime=…
/// </code>
/// SendGrid's Inbound Parse:
/// <code>
/// headers=Received: …\nMessage-ID: …  from=…  to=…  subject=…  text=…  html=…  envelope={"to":["in@acme.example"],"from":"envelope@example.com"}
/// charsets={"to":"UTF-8","text":"iso-8859-9"}  dkim={@example.com : pass}  attachment1=(file)  or the mail itself: email=…
/// </code>
/// </summary>
internal static class FieldMail
{
    private static readonly string[] RawNames = ["body-mime", "email", "mime", "raw"];

    /// <param name="json">The object the fields came from, when they came as JSON.</param>
    public static MailReading Read(RelayFields fields, JsonElement? json = null)
    {
        foreach (var name in RawNames)
        {
            if (fields.All.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } raw && RawMail.LooksLikeMail(raw.Value.Span))
                return MailReading.Of(RawMail.Read(raw.Value, EnvelopeFrom(fields)));
        }

        var parts = Parts(fields, json);
        return parts.From is null && parts.Headers.All.Count is 0 && parts.Text is null && parts.Html is null
            ? MailReading.Unreadable("None of the fields is one of a mail: no sender, no headers, no text.")
            : MailReading.Of(parts.ToMail());
    }

    private static MailParts Parts(RelayFields fields, JsonElement? json)
    {
        var charsets = Charsets(fields);
        string? Text(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (fields.Text(name, charsets.GetValueOrDefault(name)) is { } text)
                    return text;
            }

            return null;
        }

        var headers = Headers(fields);
        return new MailParts
        {
            Headers = headers,
            From = MailAddresses.First(headers.Raw("From")) ?? MailAddresses.First(Text("from")),
            To = MailAddresses.Parse(headers.Raw("To") ?? Text("to", "recipient")),
            Subject = headers.Text("Subject") ?? Text("subject"),
            Text = Text("body-plain", "text", "plain", "stripped-text", "body"),
            Html = Text("body-html", "html", "stripped-html"),
            RelayId = Text("Message-Id", "message_id"),
            Date = Text("Date"),
            ReplyTo = MailAddresses.First(headers.Raw("Reply-To") ?? Text("Reply-To", "reply_to")),
            EnvelopeFrom = EnvelopeFrom(fields),
            Files = json is { } body && JsonFiles.Of(JsonTexts.Property(body, "attachments")) is { Count: > 0 } inJson ? inJson : Files(fields),
        };
    }

    private static MimeHeaders Headers(RelayFields fields)
    {
        if (fields.Find("message-headers") is { } pairs && JsonTexts.Parse(pairs.Value) is { } document)
        {
            using (document)
                return HeaderPairs(document.RootElement);
        }

        if (fields.Find("headers") is not { } block)
            return MimeHeaders.None;
        if (JsonTexts.Parse(block.Value) is not { } named)
            return MimeHeaders.Read(block.Value.Span.TrimStart("\r\n"u8), out _);
        using (named)
            return HeaderPairs(named.RootElement);
    }

    /// <summary><c>[["From","…"],["Received","…"]]</c>, or an object of names.</summary>
    private static MimeHeaders HeaderPairs(JsonElement pairs) => pairs.ValueKind switch
    {
        JsonValueKind.Array => new(
        [
            .. from pair in pairs.EnumerateArray()
               where pair.ValueKind is JsonValueKind.Array && pair.GetArrayLength() >= 2
               let name = JsonTexts.Of(pair[0])
               where name is not null
               select new MailHeader(name, JsonTexts.Of(pair[1]) ?? ""),
        ]),
        JsonValueKind.Object => new(
        [
            .. from property in pairs.EnumerateObject()
               from value in property.Value.ValueKind is JsonValueKind.Array ? [.. property.Value.EnumerateArray()] : new[] { property.Value }
               select new MailHeader(JsonTexts.Name(property).Replace('_', '-'), JsonTexts.Of(value) ?? ""),
        ]),
        _ => MimeHeaders.None,
    };

    /// <summary>By field name the character set its text is in.</summary>
    private static Dictionary<string, string> Charsets(RelayFields fields)
    {
        var charsets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (fields.Find("charsets") is not { } field || JsonTexts.Parse(field.Value) is not { } document)
            return charsets;
        using (document)
        {
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                foreach (var property in document.RootElement.EnumerateObject())
                    charsets[JsonTexts.Name(property)] = JsonTexts.Of(property.Value) ?? "";
            }
        }

        return charsets;
    }

    /// <summary>SendGrid's <c>envelope</c>, or Mailgun's <c>sender</c>; empty for bounces.</summary>
    private static string? EnvelopeFrom(RelayFields fields)
    {
        if (fields.Find("envelope") is { } envelope && JsonTexts.Parse(envelope.Value) is { } document)
        {
            using (document)
            {
                if (JsonTexts.Property(document.RootElement, "from") is { ValueKind: JsonValueKind.String } from)
                    return JsonTexts.Of(from);
            }
        }

        return fields.Find("sender") is { } sender && fields.Has("message-headers") ? Encoding.UTF8.GetString(sender.Value.Span).Trim() : null;
    }

    private static List<IncomingFile> Files(RelayFields fields) =>
    [
        .. fields.All.Where(field => field.FileName is not null)
            .Select(field => new IncomingFile(FileNames.Safe(field.FileName) ?? "attachment", field.ContentType, field.Value)),
    ];
}
