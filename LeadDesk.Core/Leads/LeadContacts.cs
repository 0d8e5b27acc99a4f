using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>By which addresses and weaker signs a lead is recognised.</summary>
internal static class LeadContacts
{
    /// <summary>Numbers that share this many last digits are probably one number written with and without its country.</summary>
    private const int TailDigits = 8;

    public static IEnumerable<(ContactKind Kind, string Value)> Exact(Lead lead)
    {
        if (lead is { PhoneValid: true, Phone: { } phone })
            yield return (ContactKind.Phone, phone);
        if (lead is { EmailValid: true, Email: { } email })
            yield return (ContactKind.Email, email);
        if (lead.ExternalId is { } externalId)
            yield return (ContactKind.ChannelId, ChannelId(lead.Channel, externalId));
    }

    public static string ChannelId(string channel, string externalId) => $"{channel}:{externalId}";

    public static IEnumerable<string> Near(Lead lead) => Near(lead.Phone, lead.EmailValid ? lead.Email : null);

    public static IEnumerable<string> Near(string? phone, string? validEmail)
    {
        if (NearPhone(phone) is { } tail)
            yield return tail;
        if (NearEmail(validEmail) is { } key)
            yield return key;
    }

    public static string? NearEmail(string? validEmail) => validEmail is null ? null : "e:" + EmailAddress.MatchKey(validEmail);

    public static string? NearPhone(string? phone)
    {
        if (phone is null)
            return null;
        Span<char> digits = stackalloc char[TailDigits];
        var left = TailDigits;
        for (var i = phone.Length - 1; i >= 0 && left > 0; i--)
        {
            if (char.IsAsciiDigit(phone[i]))
                digits[--left] = phone[i];
        }

        return left is 0 ? $"p:{digits}" : null;
    }
}
