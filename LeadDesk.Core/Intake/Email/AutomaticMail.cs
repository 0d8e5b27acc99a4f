using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email;

/// <summary>Mails that no person wrote: they are kept, with the reason, and make no lead.</summary>
internal static class AutomaticMail
{
    private static readonly string[] Robots = ["mailer-daemon", "postmaster", "mailerdaemon", "mail-daemon", "mdaemon"];

    private static readonly string[] ReplyHeaders = ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Mail-Autoreply", "X-Failed-Recipients"];

    // How Outlook begins the subject of its absence notes.
    private static readonly string[] AbsenceSubjects =
    [
        "automatic reply", "out of office", "auto:", "autoreply", "automatische antwort", "abwesenheitsnotiz", "respuesta automática", "réponse automatique",
        "resposta automática", "risposta automatica", "automatisch antwoord", "otomatik yanıt", "otomatik cevap", "رد تلقائي", "автоматический ответ", "autosvar",
    ];

    /// <param name="envelopeFrom">As the relay gives it; null when it does not, then the Return-Path tells.</param>
    /// <returns>In words for people; null for a person's mail.</returns>
    public static string? Why(MimeHeaders headers, MailPerson? from, string? envelopeFrom, string? subject, bool hasDeliveryReport)
    {
        if (hasDeliveryReport || headers.Raw("Content-Type") is { } type && IsReport(HeaderParameters.Parse(type).Kind))
            return "A report about another mail: not delivered, delayed or read.";
        if (from is not null && Robots.Contains(from.Address.Split('@')[0].ToLowerInvariant()))
            return "A mail server wrote it.";
        if ((envelopeFrom ?? headers.Every("Return-Path").FirstOrDefault())?.Trim() is "" or "<>")
            return "A report or an automatic answer: its sender takes no answers (empty Return-Path).";
        if (headers.Raw("Auto-Submitted") is { } submitted && !submitted.Split(' ', ';', '(')[0].Equals("no", StringComparison.OrdinalIgnoreCase))
            return "An automatic answer or notice (Auto-Submitted).";
        if (ReplyHeaders.FirstOrDefault(name => headers.Raw(name) is { } value && !IsNo(value)) is { } header)
            return $"An automatic answer ({header}).";
        if (headers.Raw("Precedence")?.ToLowerInvariant() is "bulk" or "junk" or "auto_reply")
            return "Sent to many (Precedence).";
        return headers.Has("X-Auto-Response-Suppress") && AbsenceSubjects.Any(start => subject?.TrimStart().StartsWith(start, StringComparison.OrdinalIgnoreCase) is true)
            ? "An automatic answer: the sender is away."
            : null;
    }

    /// <summary>
    /// Newsletters and mailing lists. Form services set the same marks, so a mail that is a form's submission is one all the
    /// same; and in a shared mailbox of Google's every mail carries them.
    /// </summary>
    public static string? WhyBulk(MimeHeaders headers)
    {
        if (headers.Has("X-Google-Group-Id"))
            return null;
        return headers.Raw("List-Unsubscribe") is not null || headers.Raw("List-Id") is not null || headers.Raw("Precedence")?.ToLowerInvariant() is "list"
            ? "A newsletter or a mailing list."
            : null;
    }

    private static bool IsReport(string kind) => kind is "multipart/report" or "message/delivery-status" or "message/disposition-notification";

    private static bool IsNo(string value) => value.Trim().ToLowerInvariant() is "no" or "false" or "0" or "none";
}
