using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// The <c>contacts</c> beside the messages of one change, and whose they are:
/// <code>"contacts":[{"profile":{"name":"Sara"},"wa_id":"972987654321","user_id":"US.13491208655302741918"}]</code>
/// Any part of a contact may be missing, and WhatsApp may write the number otherwise than the message does (a ninth digit in Brazil).
/// </summary>
internal sealed class WhatsAppContacts
{
    private readonly Dictionary<string, JsonElement> byId = new(StringComparer.Ordinal);
    private readonly JsonElement only;

    public WhatsAppContacts(JsonElement value)
    {
        var count = 0;
        JsonElement last = default;
        foreach (var contact in value.Get("contacts").Items())
        {
            (count, last) = (count + 1, contact);
            if (contact.Get("wa_id").Id() is { } number)
                byId.TryAdd(number, contact);
            if (contact.Get("user_id").Id() is { } user)
                byId.TryAdd(user, contact);
        }

        if (count is 1 && OneItem(value))
            only = last;
    }

    /// <summary>Undefined when none is this item's.</summary>
    public JsonElement Of(JsonElement item)
    {
        foreach (var field in (ReadOnlySpan<string>)["from_user_id", "from", "recipient_user_id", "recipient_id", "to_user_id", "to", "user_id", "wa_id"])
        {
            if (item.Get(field).Id() is { } id && byId.TryGetValue(id, out var contact))
                return contact;
        }

        return only;
    }

    private static bool OneItem(JsonElement value) => WhatsAppPieces.Lists.Sum(list => value.Get(list).Items().Take(2).Count()) is 1;
}
