using LeadDesk.Common;

namespace LeadDesk.Intake.Channels;

/// <summary>
/// Mail carries the name beside the address (<c>Ahmed Khan &lt;ahmed@example.com&gt;</c>), what was said before as a quote,
/// and a signature. The whole text is kept; only the new part is read for intent.
/// </summary>
internal sealed class EmailChannel : IChannelAdapter
{
    // "On Tue, 3 Mar 2026 at 10:00, Sara <sara@example.com> wrote:", in the product's languages; and what Outlook puts there.
    private static readonly string[] QuoteEnds = ["wrote:", "escribió:", "escreveu:", "yazdı:", "a écrit :", "a écrit:", "schrieb:", "كتب:"];
    private static readonly string[] QuoteStarts = ["-----original message-----", "________________________________", "-------- forwarded message"];

    public ChannelReading Read(IncomingLead incoming)
    {
        var name = incoming.Name;
        var address = incoming.Email;
        if (address is not null && address.IndexOf('<', StringComparison.Ordinal) is > 0 and var bracket && string.IsNullOrWhiteSpace(name))
            name = address[..bracket].Trim().Trim('"');
        if (string.IsNullOrWhiteSpace(address) && EmailAddress.TryNormalise(incoming.ExternalId, out var fromId))
            address = fromId;
        var telling = incoming.Message is { } message ? NewPart(message) : null;
        if (incoming.Metadata.TryGetValue("subject", out var subject) && !string.IsNullOrWhiteSpace(subject))
            telling = $"{subject.Trim()}\n{telling}";
        return new(name, incoming.Phone, address, incoming.Message, telling, null);
    }

    private static string NewPart(string message)
    {
        var kept = new List<string>();
        foreach (var line in message.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed is "--" || QuoteStarts.Any(start => trimmed.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                || QuoteEnds.Any(end => trimmed.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            {
                break;
            }

            if (!trimmed.StartsWith('>'))
                kept.Add(line);
        }

        var part = string.Join('\n', kept).Trim();
        return part.Length > 0 ? part : message;
    }
}
