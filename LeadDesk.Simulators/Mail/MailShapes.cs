using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Forms;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Mail;

/// <summary>How mail services hand on a mail, by the word of the control address.</summary>
internal static class MailShapes
{
    /// <param name="secret">Mailgun's signing key; the others do not sign.</param>
    public static OutgoingCall Write(string shape, PretendMail mail, string? secret, bool wrongSecret) => shape switch
    {
        "postmark" => Postmark(mail),
        "mailgun" => Mailgun(mail, secret is null ? null : wrongSecret ? secret + "-not" : secret),
        "sendgrid" => SendGrid(mail),
        _ => new OutgoingCall(Encoding.UTF8.GetBytes(MimeText.Write(mail)), "message/rfc822", []),
    };

    private static OutgoingCall Postmark(PretendMail mail)
    {
        JsonObject Address(string email, string name) => new() { ["Email"] = email, ["Name"] = name, ["MailboxHash"] = "" };
        var body = new JsonObject
        {
            ["FromName"] = mail.FromName,
            ["MessageStream"] = "inbound",
            ["From"] = mail.From,
            ["FromFull"] = Address(mail.From, mail.FromName),
            ["To"] = PretendMail.To,
            ["ToFull"] = new JsonArray(Address(PretendMail.To, "")),
            ["OriginalRecipient"] = PretendMail.To,
            ["Subject"] = mail.Subject,
            ["MessageID"] = new Guid(SixteenBytes(mail.MessageId)).ToString(),
            ["ReplyTo"] = mail.Headers.FirstOrDefault(header => header.Name == "Reply-To").Value ?? "",
            ["MailboxHash"] = "",
            ["Date"] = mail.Date,
            ["TextBody"] = mail.Text,
            ["HtmlBody"] = mail.Html ?? "",
            ["StrippedTextReply"] = "",
            ["Headers"] = new JsonArray([.. mail.Headers.Select(JsonNode (header) => new JsonObject { ["Name"] = header.Name, ["Value"] = header.Value })]),
            ["Attachments"] = new JsonArray(),
        };
        if (mail.Attachment is { } file)
        {
            body["Attachments"] = new JsonArray(new JsonObject
            {
                ["Name"] = file.Name,
                ["ContentType"] = file.ContentType,
                ["Content"] = Convert.ToBase64String(file.Content),
                ["ContentLength"] = file.Content.Length,
            });
        }

        return FormPlatforms.Json(body);
    }

    private static OutgoingCall Mailgun(PretendMail mail, string? secret)
    {
        var timestamp = new DateTimeOffset(mail.At).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var token = MetaJson.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(mail.MessageId)))[..50];
        var headers = new JsonArray([.. mail.Headers.Prepend(("Subject", mail.Subject)).Prepend(("From", $"\"{mail.FromName}\" <{mail.From}>"))
            .Select(JsonNode (header) => new JsonArray(header.Item1, header.Item2))]);
        var fields = new List<(string, string)>
        {
            ("recipient", PretendMail.To), ("sender", mail.From), ("from", $"{mail.FromName} <{mail.From}>"), ("subject", mail.Subject), ("Message-Id", mail.MessageId),
            ("message-headers", headers.ToJsonString()), ("body-plain", mail.Text), ("stripped-text", mail.Text), ("timestamp", timestamp), ("token", token),
        };
        if (mail.Html is { } html) fields.Add(("body-html", html));
        if (secret is not null) fields.Add(("signature", MetaJson.Hex(FormPlatforms.Hmac(secret, Encoding.UTF8.GetBytes(timestamp + token)))));
        return Multipart(mail, fields, "attachment-1");
    }

    private static OutgoingCall SendGrid(PretendMail mail)
    {
        var headers = string.Concat(mail.Headers.Prepend(("Subject", mail.Subject)).Prepend(("From", $"\"{mail.FromName}\" <{mail.From}>")).Select(header => $"{header.Item1}: {header.Item2}\n"));
        var fields = new List<(string, string)>
        {
            ("headers", headers), ("from", $"{mail.FromName} <{mail.From}>"), ("to", PretendMail.To), ("subject", mail.Subject), ("text", mail.Text),
            ("envelope", new JsonObject { ["to"] = new JsonArray(PretendMail.To), ["from"] = mail.From }.ToJsonString()),
            ("charsets", """{"to":"UTF-8","html":"UTF-8","subject":"UTF-8","from":"UTF-8","text":"UTF-8"}"""), ("dkim", "{@sample.example : pass}"), ("SPF", "pass"),
            ("spam_score", "1.7"), ("sender_ip", "203.0.113.7"), ("attachments", mail.Attachment is null ? "0" : "1"),
        };
        if (mail.Html is { } html) fields.Add(("html", html));
        return Multipart(mail, fields, "attachment1");
    }

    private static OutgoingCall Multipart(PretendMail mail, List<(string, string)> fields, string fileField)
    {
        var boundary = "xYzZY" + mail.Number.ToString("D8", CultureInfo.InvariantCulture);
        return mail.Attachment is { } file ? FormPlatforms.Multipart(boundary, fields, (fileField, file.Name, file.ContentType, file.Content)) : FormPlatforms.Multipart(boundary, fields);
    }

    private static byte[] SixteenBytes(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
}
