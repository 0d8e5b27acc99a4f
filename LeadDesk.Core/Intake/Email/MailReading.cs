namespace LeadDesk.Intake.Email;

/// <summary>What became of a body that came to a mailbox.</summary>
/// <param name="Mail">Null when it could not be read.</param>
/// <param name="State">Why there is no mail: <see cref="InboundState.Unreadable"/> or <see cref="InboundState.Failed"/> (understood, but not supported).</param>
/// <param name="Reason">For people; null when there is a mail.</param>
public sealed record MailReading(InboundMail? Mail, InboundState State, string? Reason)
{
    internal static MailReading Of(InboundMail mail) => new(mail, InboundState.Received, null);

    internal static MailReading Unreadable(string reason) => new(null, InboundState.Unreadable, reason);

    internal static MailReading Unsupported(string reason) => new(null, InboundState.Failed, reason);
}
