using System.Text;
using LeadDesk.Analysis;
using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>What a lead is found by.</summary>
internal sealed record LeadSearchSource(
    long LeadId, long CompanyId, string? Name, string? Organisation, string? Email, string? Phone, string? City, string? Interest, string? Campaign, int MessageCount)
{
    public string? JobTitle { get; init; }

    public string? Country { get; init; }

    public string? Source { get; init; }

    public Intent Intent { get; init; }

    public Urgency Urgency { get; init; }
}

/// <summary>
/// The text search looks in, folded and beginning with a space, so that a space and letters is the beginning of a word:
/// <code> ayse yilmaz acme as ayse@example.com +905321234567 905321234567 izmir mutfak dolabi ilkbahar merhaba, fiyat alabilir miyim?</code>
/// </summary>
internal static class LeadSearchText
{
    /// <summary>Characters of messages; longer histories are found by their newest part.</summary>
    public const int LongestMessages = 4000;

    /// <param name="messages">Newest first.</param>
    public static string Of(LeadSearchSource lead, IEnumerable<string> messages)
    {
        var text = new StringBuilder(256);
        foreach (var part in (ReadOnlySpan<string?>)[lead.Name, lead.Organisation, lead.Email, lead.Phone, Digits(lead.Phone), lead.City, lead.Interest, lead.Campaign])
        {
            if (!string.IsNullOrEmpty(part))
                text.Append(part).Append(' ');
        }

        var room = LongestMessages;
        foreach (var message in messages.TakeWhile(_ => room > 0))
        {
            text.Append(message.AsSpan(0, Math.Min(message.Length, room))).Append(' ');
            room -= message.Length;
        }

        return " " + SearchText.Fold(text.ToString());
    }

    public static string Digits(string? text) => text is null ? "" : string.Concat(text.Where(char.IsAsciiDigit));
}
