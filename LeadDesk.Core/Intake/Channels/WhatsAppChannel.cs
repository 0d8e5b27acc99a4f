namespace LeadDesk.Intake.Channels;

/// <summary>
/// WhatsApp names people by their number in digits, without the plus: <c>"phone":"923001234567"</c> or
/// <c>"metadata":{"wa_id":"923001234567"}</c>. People with a user name have no number but a business-scoped id.
/// </summary>
internal sealed class WhatsAppChannel : IChannelAdapter
{
    private const int ShortestId = 11;

    public ChannelReading Read(IncomingLead incoming)
    {
        var metadata = incoming.Metadata;
        var phone = incoming.Phone;
        if (string.IsNullOrWhiteSpace(phone))
            metadata.TryGetValue("wa_id", out phone);
        phone = phone?.Trim();
        if (IsWhatsAppId(phone))
            phone = "+" + phone;
        metadata.TryGetValue("user_id", out var userId);
        return new(incoming.Name, phone, incoming.Email, incoming.Message, null, userId ?? incoming.ExternalId);
    }

    /// <summary>Digits with a country code. Shorter ones, and those with a trunk zero, are numbers as written at home.</summary>
    private static bool IsWhatsAppId(string? phone) =>
        phone is { Length: >= ShortestId } && phone[0] is not '0' && phone.All(char.IsAsciiDigit);
}
