using LeadDesk.Common;
using LeadDesk.Intake.Email;

namespace LeadDesk.Intake.Channels;

/// <summary>
/// Mail carries the name beside the address (<c>Ahmed Khan &lt;ahmed@example.com&gt;</c>), what was said before as a quote,
/// and a signature. The whole text is kept; only the new part is read for intent.
/// </summary>
internal sealed class EmailChannel : IChannelAdapter
{
    public ChannelReading Read(IncomingLead incoming)
    {
        var name = incoming.Name;
        var address = incoming.Email;
        if (address is not null && address.IndexOf('<', StringComparison.Ordinal) is > 0 and var bracket && string.IsNullOrWhiteSpace(name))
            name = address[..bracket].Trim().Trim('"');
        if (string.IsNullOrWhiteSpace(address) && EmailAddress.TryNormalise(incoming.ExternalId, out var fromId))
            address = fromId;
        var telling = incoming.Message is { } message ? MailQuotes.NewPart(message) : null;
        if (incoming.Metadata.TryGetValue("subject", out var subject) && !string.IsNullOrWhiteSpace(subject) && telling?.StartsWith(subject.Trim(), StringComparison.Ordinal) is not true)
            telling = $"{subject.Trim()}\n{telling}";
        return new(name, incoming.Phone, address, incoming.Message, telling, null);
    }
}
