using LeadDesk.Simulators.People;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Mail;

/// <summary>Mails of pretended people as a mail service hands them on, ready to be sent.</summary>
public static class PretendMails
{
    /// <summary>The words for mail services, and raw for the mail itself.</summary>
    public static IReadOnlyCollection<string> Shapes { get; } = ["postmark", "mailgun", "sendgrid", "raw"];

    /// <summary>The words for kinds of mail. The last three are to make no lead.</summary>
    public static IReadOnlyCollection<string> Kinds { get; } = ["plain", "html", "contact_form", "attachment", "auto_reply", "bounce", "bulk"];

    /// <param name="secret">Mailgun's signing key; the others do not sign.</param>
    /// <param name="at">When they were written, UTC.</param>
    public static IReadOnlyList<OutgoingCall> Prepare(
        string shape, string kind, ulong seed, long firstPerson, int count, DateTime at, string? secret = null, bool wrongSecret = false) =>
        [.. Enumerable.Range(0, count).Select(index => firstPerson + index)
            .Select(number => new PretendMail(kind, PretendPeople.Get(seed, number), number, at))
            .Select(mail => MailShapes.Write(shape, mail, secret, wrongSecret))];
}
