using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email;

/// <param name="Name">Null when the mail gives none.</param>
/// <param name="Address">As written; not checked.</param>
public sealed record MailPerson(string? Name, string Address);

/// <summary>A mail, however it came: raw or in a relay's own shape. Texts are decoded and can be stored.</summary>
public sealed record InboundMail
{
    /// <summary>Without angle brackets; null when the mail has none.</summary>
    public string? MessageId { get; init; }

    public MailPerson? From { get; init; }

    /// <summary>Where the sender wants the answer, when the mail says so.</summary>
    public MailPerson? ReplyTo { get; init; }

    public IReadOnlyList<MailPerson> To { get; init; } = [];

    public string? Subject { get; init; }

    /// <summary>The plain text, or the HTML as text; null when the mail has no words.</summary>
    public string? Text { get; init; }

    /// <summary>As it came, never to be shown.</summary>
    public string? Html { get; init; }

    /// <summary>When it was sent, UTC, by the sender's word.</summary>
    public DateTime? Date { get; init; }

    /// <summary>Without angle brackets: the mail it answers.</summary>
    public string? InReplyTo { get; init; }

    public required MimeHeaders Headers { get; init; }

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>Why it is no person's mail, in words; null when a person wrote it.</summary>
    public string? Automatic { get; init; }

    /// <summary>Why it seems to be a newsletter or a list's, in words. Weaker: a form's submission may carry the same marks.</summary>
    public string? Bulk { get; init; }
}
