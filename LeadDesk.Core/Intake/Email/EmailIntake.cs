using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Email.FormMails;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Email;

/// <summary>Makes leads of mails: of the person who wrote, or who filled in the form that the mail tells of.</summary>
public sealed class EmailIntake(Database database, LeadIntake intake) : IInboundHandler
{
    private const int LongestId = 250;
    private const int LongestContentType = 300;
    private const int LongestParticular = 500;

    /// <summary>Mail servers try for days. What claims to be older comes from a wrong clock or an archive, and counts as new.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromDays(7);

    public static IReadOnlyList<string> Sources => [InboundSources.Email];

    /// <summary>A body as it is stored. The same mail has the same repeat key, however often and through whichever relay it comes.</summary>
    /// <param name="now">UTC.</param>
    public static InboundUnit Unit(MailboxAddress mailbox, byte[] body, string? contentType, DateTime now)
    {
        var mail = MailReader.Read(body, contentType).Mail;
        var id = MessageId(mail);
        return new InboundUnit(InboundSources.Email, id ?? ContentKey(mail, body), body)
        {
            Origin = mailbox.Origin,
            ExternalId = id,
            // Of a longer one the kind is enough: the boundary of the parts shows in the body too.
            ContentType = contentType is { Length: > LongestContentType } ? MappedText.Piece(contentType.Split(';')[0], 0, LongestContentType) : contentType,
            OccurredAt = mail?.Date is { } sent && sent <= now && sent >= now - LongestWay ? sent : now,
        };
    }

    public async Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, IReadOnlyList<InboundEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(row => long.TryParse(row.Origin, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct().ToList();
        await using var context = database.Open(companyId);
        var mailboxes = await context.Mailboxes.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal, cancellationToken);
        return await Task.WhenAll(events.Select(row => HandleAsync(companyId, row, mailboxes.GetValueOrDefault(row.Origin ?? ""), cancellationToken)));
    }

    /// <param name="mailbox">Null when it was deleted meanwhile; its mails are read all the same.</param>
    private async Task<InboundOutcome> HandleAsync(long companyId, InboundEvent received, Mailbox? mailbox, CancellationToken cancellationToken)
    {
        var reading = MailReader.Read(received.Raw, received.ContentType);
        if (reading.Mail is not { } mail)
            return reading.State is InboundState.Failed ? InboundOutcome.Failed(reading.Reason!) : InboundOutcome.Unreadable(reading.Reason!);
        if (mail.Automatic is { } automatic)
            return InboundOutcome.Ignored(automatic);
        var answers = FormMail.Read(mail);
        if (answers is null && mail.Bulk is { } bulk)
            return InboundOutcome.Ignored(bulk);

        var lead = Envelope(received, mail, mailbox);
        lead = answers is null ? Letter(lead, mail) : Form(lead, answers, FieldMappingJson.Read(mailbox?.Mapping));
        if (lead.Email is null && lead.Phone is null && lead.Message is null && lead.Files.Count is 0)
            return InboundOutcome.Unreadable("The mail names no sender and has no text and no file.");
        var outcome = await intake.ReceiveAsync(CurrentUser.OfSource(companyId), lead, null, cancellationToken);
        return outcome.Succeeded ? InboundOutcome.Finished : InboundOutcome.Failed(outcome.Refusal.Message);
    }

    private static IncomingLead Envelope(InboundEvent received, InboundMail mail, Mailbox? mailbox) => new()
    {
        Source = InboundSources.Email,
        RepeatKey = received.RepeatKey,
        Origin = received.Origin,
        Raw = received.Raw,
        Channel = "email",
        Region = mailbox?.Region,
        Owners = JsonList.Read<long>(mailbox?.OwnerIds),
        OccurredAt = received.OccurredAt,
        AcceptWithoutContact = true,
        Files = mail.Files,
        MessageDetails = new MessageDetails(MessageId(mail), MessageKind.Text, null, mail.InReplyTo is { Length: <= LongestId } answered ? answered : null),
    };

    private static IncomingLead Letter(IncomingLead lead, InboundMail mail)
    {
        var visitor = FormMail.Visitor(mail);
        var particulars = new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (mail.Subject is { Length: > 0 } subject)
            particulars.Add("subject", [MappedText.Piece(subject, 0, LongestParticular)]);
        if (mail.ReplyTo is { } reply && reply.Address != visitor?.Address)
            particulars.Add("reply_to", [MappedText.Piece(reply.Address, 0, LongestParticular)]);
        var (text, whole) = Message(mail.Text ?? mail.Subject ?? (mail.Files.Count > 0 ? string.Join(", ", mail.Files.Select(file => file.Name)) : null));
        var letter = new MappedLead
        {
            Name = visitor?.Name is { } name ? MappedText.Piece(name, 0, LongestParticular) : null,
            Email = visitor?.Address is { Length: <= LongestParticular } address ? address : null,
            Message = text,
            Answers = particulars,
        };
        return letter.Into(whole is null ? lead : lead with { Files = [.. lead.Files, whole] });
    }

    /// <summary>The visitor's own subject tells something; the site's is the same for everybody.</summary>
    private static IncomingLead Form(IncomingLead lead, IReadOnlyList<FormAnswer> answers, FieldMapping mapping)
    {
        var mapped = LeadMapper.Map(answers, mapping);
        if (answers.FirstOrDefault(answer => answer.Values.Count > 0 && FormLabels.IsSubject(answer.Label ?? answer.Key)) is not { } subject)
            return mapped.Into(lead);
        var particulars = new Dictionary<string, string>(StringComparer.Ordinal) { ["subject"] = MappedText.Piece(subject.Values[0], 0, LongestParticular) };
        return mapped.Into(lead with { Metadata = particulars });
    }

    /// <summary>A text that is too long for a message is kept whole as a file.</summary>
    private static (string? Text, IncomingFile? Whole) Message(string? text) =>
        text is null || text.Length <= LeadNormaliser.LongestMessage
            ? (text, null)
            : (MappedText.Piece(text, 0, LeadNormaliser.LongestMessage), new IncomingFile("message.txt", "text/plain", Encoding.UTF8.GetBytes(text)));

    private static string? MessageId(InboundMail? mail) => mail?.MessageId switch
    {
        null => null,
        { Length: <= LongestId } id => id,
        var longer => "sha256:" + Hash(longer),
    };

    /// <summary>A relay that tries again changes its boundary, its time and its token, but not the mail.</summary>
    private static string ContentKey(InboundMail? mail, byte[] body) => "content:" + (mail is null
        ? Convert.ToHexStringLower(SHA256.HashData(body))
        : Hash(string.Join('\n', [mail.From?.Address, mail.Subject, mail.Date?.ToString("O"), mail.Text, .. mail.Files.Select(file => $"{file.Name} {file.Content.Length}")])));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
