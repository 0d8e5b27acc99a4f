using System.Globalization;
using System.Text;
using LeadDesk.Simulators.People;

namespace LeadDesk.Simulators.Mail;

/// <summary>One mail of one pretended person.</summary>
internal sealed record PretendMail(string Kind, PretendPerson Person, long Number, DateTime At)
{
    public const string To = "leads@inbound.example";

    public string From => Kind switch
    {
        "contact_form" => "wordpress@atlas.example",
        "bounce" => "MAILER-DAEMON@mx.example",
        _ => Person.Email,
    };

    public string FromName => Kind switch { "contact_form" => "Atlas", "bounce" => "Mail Delivery System", _ => Person.FullName };

    public string Subject => Kind switch
    {
        "contact_form" => "Atlas \"Fiyat teklifi İstanbul 📞\"",
        "auto_reply" => "Automatic reply: your offer",
        "bounce" => "Undelivered Mail Returned to Sender",
        "bulk" => "This week: 20 % off everything",
        _ => "Question about desks – " + Person.City,
    };

    public string Text => Kind switch
    {
        "contact_form" => $"From: {Person.FullName} {Person.Email}\r\nSubject: Fiyat teklifi İstanbul 📞\r\n\r\nMessage Body:\r\n{Person.Message}\r\nTelefon: {Person.Phone}\r\n\r\n-- \r\n"
            + "This is a notification that a contact form was submitted on your website (Atlas https://atlas.example).\r\n",
        "auto_reply" => "I am out of the office until Monday.\r\n",
        "bounce" => "I'm sorry to have to inform you that your message could not be delivered.\r\n",
        "bulk" => "Only this week.\r\n",
        _ => $"{Person.Message}\r\n\r\n{Person.FullName}\r\n{Person.Phone}\r\n",
    };

    public string? Html => Kind is "html" or "bulk" ? $"<div><p>{Text.Trim().Replace("\r\n", "<br>", StringComparison.Ordinal)}</p></div>" : null;

    public string MessageId => string.Create(CultureInfo.InvariantCulture, $"<{Number:D8}.{Kind}@{From.Split('@')[1]}>");

    public string Date => At.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    public (string Name, string ContentType, byte[] Content)? Attachment => Kind == "attachment" ? ("Büro Plan.txt", "text/plain", Encoding.UTF8.GetBytes("12 desks\n")) : null;

    /// <summary>Beside the addresses, subject and date.</summary>
    public IEnumerable<(string Name, string Value)> Headers
    {
        get
        {
            yield return ("Message-ID", MessageId);
            yield return ("Date", Date);
            if (Kind == "contact_form") yield return ("Reply-To", Person.Email);
            if (Kind == "auto_reply") yield return ("Auto-Submitted", "auto-replied");
            if (Kind == "auto_reply") yield return ("X-Autoreply", "yes");
            if (Kind == "bounce") yield return ("Return-Path", "<>");
            if (Kind == "bounce") yield return ("Auto-Submitted", "auto-generated");
            if (Kind == "bulk") yield return ("Precedence", "bulk");
            if (Kind == "bulk") yield return ("List-Unsubscribe", "<https://news.example/stop>");
        }
    }
}
