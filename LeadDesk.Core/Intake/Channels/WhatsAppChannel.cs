namespace LeadDesk.Intake.Channels;

/// <summary>
/// WhatsApp names people by their number in digits, without the plus: <c>"phone":"923001234567"</c> or
/// <c>"metadata":{"wa_id":"923001234567"}</c>. People with a user name have no number but a business-scoped id.
/// </summary>
internal sealed class WhatsAppChannel : IChannelAdapter
{
    public ChannelReading Read(IncomingLead incoming)
    {
        var metadata = incoming.Metadata;
        var phone = incoming.Phone;
        if (string.IsNullOrWhiteSpace(phone) && metadata.TryGetValue("wa_id", out var waId) && waId.Length > 0)
            phone = waId[0] is '+' ? waId : "+" + waId;
        metadata.TryGetValue("user_id", out var userId);
        return new(incoming.Name, phone, incoming.Email, incoming.Message, null, userId ?? incoming.ExternalId);
    }
}
