using System.Text.Json;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Reads one unit of WhatsApp:
/// <code>
/// {"object":"whatsapp_business_account","entry":[{"id":"546","changes":[{"field":"messages","value":{
///   "metadata":{"display_phone_number":"972123456789","phone_number_id":"1122334455667"},
///   "contacts":[{"profile":{"name":"Sara"},"wa_id":"972987654321","user_id":"US.13491208655302741918"}],
///   "messages":[{"from":"972987654321","id":"wamid.x","timestamp":"1697043379","type":"text","text":{"body":"Hi"}}]}}]}]}
/// </code>
/// People with a user name have no number: <c>user_id</c> (on the message <c>from_user_id</c>) is all there is.
/// </summary>
public static class WhatsAppReader
{
    private const string StoppedMarketing = "131050";

    /// <summary>Never throws, whatever the bytes are.</summary>
    public static ConversationEvent Read(ReadOnlyMemory<byte> raw)
    {
        try
        {
            using var document = MetaJson.Parse(raw);
            return First(document.RootElement) is var (list, item, value)
                ? Read(list, item, value) with { At = item.Get("timestamp").Time() }
                : new ConversationEvent.Nothing("There is no message and no status in it.");
        }
        catch (JsonException)
        {
            return new ConversationEvent.Unreadable("The body is no JSON.");
        }
    }

    private static (string List, JsonElement Item, JsonElement Value)? First(JsonElement root)
    {
        foreach (var entry in MetaShape.Entries(root) ?? [])
        {
            foreach (var change in entry.Get("changes").Items())
            {
                var value = change.Get("value");
                foreach (var list in WhatsAppPieces.Lists)
                {
                    foreach (var item in value.Get(list).Items())
                        return (list, item, value);
                }
            }
        }

        return null;
    }

    private static ConversationEvent Read(string list, JsonElement item, JsonElement value)
    {
        if (item.ValueKind is not JsonValueKind.Object)
            return new ConversationEvent.Unreadable("An element of the list is no object.");
        return list switch
        {
            WhatsAppPieces.Messages => Message(item, value),
            WhatsAppPieces.Echoes => new ConversationEvent.Echo(Person(item, value, "to"), item.Get("id").Id(), WhatsAppContent.Read(item, default), ReplyTo(item)),
            WhatsAppPieces.Statuses => Status(item),
            _ => Preference(item, value),
        };
    }

    private static ConversationEvent Message(JsonElement message, JsonElement value) => message.Get("type").Word() switch
    {
        "reaction" => new ConversationEvent.Nothing("A reaction."),
        "request_welcome" => new ConversationEvent.Nothing("Somebody opened the chat without writing."),
        "edit" => Edit(message),
        "revoke" => message.Get("revoke").Get("original_message_id").Word() is { } id
            ? new ConversationEvent.Revoke(id)
            : new ConversationEvent.Unreadable("A deletion that does not name its message."),
        "system" => System(message, value),
        _ => new ConversationEvent.Message(
            Person(message, value, "from"), message.Get("id").Id(), WhatsAppContent.Read(message, value.Get("errors")), ReplyTo(message), Metadata(message, value)),
    };

    private static ConversationEvent Edit(JsonElement message)
    {
        var edit = message.Get("edit");
        if (edit.Get("original_message_id").Word() is not { } id)
            return new ConversationEvent.Unreadable("An edit that does not name its message.");
        return new ConversationEvent.Edit(id, WhatsAppContent.Read(edit.Get("message"), default));
    }

    /// <summary><c>"system":{"body":"User A changed from 972987654321 to 972912345678","wa_id":"972912345678","type":"user_changed_number"}</c></summary>
    private static ConversationEvent System(JsonElement message, JsonElement value)
    {
        var system = message.Get("system");
        var number = system.Get("wa_id").Id() ?? system.Get("new_wa_id").Id();
        if (number is null || !IsNumber(number))
            return new ConversationEvent.Nothing(system.Get("body").Text(300) ?? "A note of WhatsApp about the conversation.");
        var person = Person(message, value, "from");
        return person.WhatsAppId == number
            ? new ConversationEvent.Nothing("A note of WhatsApp about the conversation.")
            : new ConversationEvent.NumberChanged(person, number);
    }

    private static ConversationEvent Status(JsonElement status)
    {
        var word = status.Get("status").Word();
        if (status.Get("id").Word() is not { } id)
            return new ConversationEvent.Unreadable("A status that does not name its message.");
        var delivery = word switch
        {
            "sent" => DeliveryState.Sent,
            "delivered" => DeliveryState.Delivered,
            "read" or "played" => DeliveryState.Read,
            "failed" => DeliveryState.Failed,
            _ => DeliveryState.None,
        };
        if (word is "deleted")
            return new ConversationEvent.Revoke(id);
        if (delivery is DeliveryState.None)
            return new ConversationEvent.Nothing($"The status “{MetaJson.Shorten(word ?? "", 60)}” says nothing about the delivery.");
        var errors = status.Get("errors");
        var optedOut = errors.Items().Any(error => error.Get("code").Word() is StoppedMarketing);
        return new ConversationEvent.Status(id, delivery, delivery is DeliveryState.Failed ? WhatsAppContent.ErrorText(errors) : null, optedOut);
    }

    /// <summary><c>{"wa_id":"16505551234","category":"marketing_messages","value":"stop","timestamp":1731705721}</c></summary>
    private static ConversationEvent Preference(JsonElement preference, JsonElement value)
    {
        var wanted = preference.Get("value").Word();
        if (preference.Get("category").Word() is { } category and not "marketing_messages")
            return new ConversationEvent.Nothing($"A preference about “{MetaJson.Shorten(category, 60)}”.");
        var person = Person(preference, value, "wa_id");
        return wanted switch
        {
            "stop" or "opt_out" or "optout" or "unsubscribe" => new ConversationEvent.Preference(person, true),
            "resume" or "signup" or "opt_in" or "optin" or "subscribe" => new ConversationEvent.Preference(person, false),
            _ => new ConversationEvent.Nothing("A preference that is neither stop nor resume."),
        };
    }

    /// <param name="direction"><c>from</c>, <c>to</c> or <c>wa_id</c>: the item's field with the person's number.</param>
    private static ChatPerson Person(JsonElement item, JsonElement value, string direction)
    {
        var contact = new WhatsAppContacts(value).Of(item);
        var written = item.Get(direction).Id();
        var number = written is not null && IsNumber(written) ? written : contact.Get("wa_id").Id();
        if (number is not null && !IsNumber(number))
            number = null;
        var userId = item.Get(direction is "wa_id" ? "user_id" : $"{direction}_user_id").Id() ?? contact.Get("user_id").Id() ?? (number == written ? null : written);
        var profile = contact.Get("profile");
        var name = profile.Get("name").Text(200) ?? profile.Get("username").Text(200);
        return new ChatPerson(Fit(userId ?? number), number is null ? null : "+" + number, name, number);
    }

    // E.164 has at most 15 digits; WhatsApp's ids are those digits.
    private static bool IsNumber(string id) => id.Length is >= 5 and <= 15 && id.All(char.IsAsciiDigit);

    private static string? Fit(string? id) => id is null ? null : MetaJson.Shorten(id, 250);

    private static string? ReplyTo(JsonElement message) => message.Get("context").Get("id").Id();

    /// <summary>
    /// <c>"referral":{"source_url":"…","source_id":"120…","source_type":"ad","headline":"…","body":"…","ctwa_clid":"…"}</c>
    /// </summary>
    private static Dictionary<string, string> Metadata(JsonElement message, JsonElement value)
    {
        var metadata = new Dictionary<string, string>(WhatsAppContent.FlowAnswers(message), StringComparer.Ordinal);
        var referral = message.Get("referral");
        Put("username", new WhatsAppContacts(value).Of(message).Get("profile").Get("username"));
        Put(referral.Get("source_type").Word() is "post" ? "post_id" : "ad_id", referral.Get("source_id"));
        Put("ctwa_clid", referral.Get("ctwa_clid"));
        Put("headline", referral.Get("headline"));
        Put("campaign", referral.Get("headline"));
        Put("ad_text", referral.Get("body"));
        Put("source_url", referral.Get("source_url"));
        return metadata;

        void Put(string name, JsonElement text)
        {
            if (text.Text(2_000) is { } written)
                metadata[name] = written;
        }
    }
}
