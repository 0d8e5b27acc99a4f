using System.Text;
using System.Text.Json;
using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email.Relays;

/// <summary>
/// Postmark's inbound webhook.
/// <code>
/// {"FromFull":{"Email":"ali@example.com","Name":"Ali Khan","MailboxHash":""},"ToFull":[…],"ReplyTo":"","Subject":"Prices",
///  "MessageID":"22c74902-…","Date":"Wed, 11 Oct 2017 18:31:04 -0700","TextBody":"…","HtmlBody":"…","StrippedTextReply":"…",
///  "Headers":[{"Name":"Message-ID","Value":"&lt;1@example.com&gt;"},{"Name":"Received","Value":"…"},{"Name":"Received","Value":"…"}],
///  "Attachments":[{"Name":"plan.pdf","ContentType":"application/pdf","Data":"JVBERi0=","ContentLength":5}],"RawEmail":"From: …"}
/// </code>
/// </summary>
internal static class PostmarkMail
{
    private static readonly string[] Marks = ["FromFull", "RawEmail", "TextBody", "HtmlBody"];

    public static bool IsOne(JsonElement body) =>
        Marks.Any(name => JsonTexts.Property(body, name) is not null)
        || (JsonTexts.Property(body, "MessageID") is not null && JsonTexts.Property(body, "Headers") is not null);

    public static InboundMail Read(JsonElement body)
    {
        var text = JsonTexts.Of(body, "TextBody") ?? JsonTexts.Of(body, "StrippedTextReply");
        var html = JsonTexts.Of(body, "HtmlBody");
        var headers = Headers(body);
        var raw = JsonTexts.Of(body, "RawEmail") is { } email ? RawMail.Read(Encoding.UTF8.GetBytes(email), null) : null;
        if (raw is not null)
            headers = headers.With(raw.Headers);
        return new MailParts
        {
            Headers = headers,
            From = Person(JsonTexts.Property(body, "FromFull")) ?? MailAddresses.First(JsonTexts.Of(body, "From")) ?? raw?.From,
            ReplyTo = MailAddresses.First(JsonTexts.Of(body, "ReplyTo")),
            To = People(body, "ToFull") is { Count: > 0 } full ? full : MailAddresses.Parse(JsonTexts.Of(body, "To")),
            Subject = JsonTexts.Of(body, "Subject"),
            Text = text ?? (html is null ? raw?.Text : null),
            Html = html ?? (text is null ? raw?.Html : null),
            Date = JsonTexts.Of(body, "Date"),
            RelayId = JsonTexts.Of(body, "MessageID"),
            Files = JsonFiles.Of(JsonTexts.Property(body, "Attachments")) is { Count: > 0 } files ? files : raw?.Files ?? [],
        }.ToMail();
    }

    private static MimeHeaders Headers(JsonElement body) => JsonTexts.Property(body, "Headers") is { ValueKind: JsonValueKind.Array } list
        ? new(
        [
            .. from header in list.EnumerateArray()
               let name = JsonTexts.Of(header, "Name")
               where name is not null
               select new MailHeader(name, JsonTexts.Of(header, "Value") ?? ""),
        ])
        : MimeHeaders.None;

    private static List<MailPerson> People(JsonElement body, string name) => JsonTexts.Property(body, name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => Person(item)).OfType<MailPerson>()]
        : [];

    private static MailPerson? Person(JsonElement? full) => full is { } person && JsonTexts.Of(person, "Email") is { } address
        ? new MailPerson(JsonTexts.Of(person, "Name"), address.Trim())
        : null;
}

/// <summary>Files inside JSON, as base64; each relay has its own names for the same three things.</summary>
internal static class JsonFiles
{
    public static IReadOnlyList<IncomingFile> Of(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } files
        ?
        [
            .. from file in files.EnumerateArray()
               let data = JsonTexts.Of(file, "Data", "Content")
               where data is not null
               select new IncomingFile(
                   FileNames.Safe(JsonTexts.Of(file, "Name", "FileName", "file_name")) ?? "attachment",
                   JsonTexts.Of(file, "ContentType", "content_type", "type") ?? "application/octet-stream",
                   TransferEncodings.FromBase64(Encoding.UTF8.GetBytes(data))),
        ]
        : [];
}

/// <summary>
/// Resend only tells that a mail came, and keeps its text to itself.
/// <code>{"type":"email.received","data":{"email_id":"…","from":"Ali &lt;ali@example.com&gt;","subject":"Prices","attachments":[]}}</code>
/// </summary>
internal static class ResendNotice
{
    public static bool IsOne(JsonElement body) =>
        JsonTexts.Of(body, "type") is { } type && type.StartsWith("email.", StringComparison.Ordinal)
        && JsonTexts.Property(body, "data") is { ValueKind: JsonValueKind.Object };

    public static MailReading Read() => MailReading.Unsupported(
        "Resend tells only that a mail came; its text would have to be fetched from Resend, which LeadDesk does not do. Use a relay that sends the mail itself: Postmark, Mailgun or SendGrid.");
}
