using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Reads one unit of Instagram or Messenger:
/// <code>
/// {"object":"instagram","entry":[{"id":"178","messaging":[{"sender":{"id":"338"},"recipient":{"id":"178"},"timestamp":1630087927000,
///   "message":{"mid":"aWdfZ…","text":"Price?","reply_to":{"story":{"id":"1","url":"…"}},"attachments":[{"type":"image","payload":{"url":"…"}}]}}]}]}
/// </code>
/// Events tell neither name nor phone; the ids are scoped to the page.
/// </summary>
public static class MessagingReader
{
    /// <summary>Never throws, whatever the bytes are.</summary>
    public static ConversationEvent Read(ReadOnlyMemory<byte> raw)
    {
        try
        {
            using var document = MetaJson.Parse(raw);
            return FirstEvent(document.RootElement) is { } happened
                ? Read(happened) with { At = happened.Get("timestamp").Time() }
                : new ConversationEvent.Nothing("There is no event of a conversation in it.");
        }
        catch (JsonException)
        {
            return new ConversationEvent.Unreadable("The body is no JSON.");
        }
    }

    private static JsonElement? FirstEvent(JsonElement root)
    {
        foreach (var entry in MetaShape.Entries(root) ?? [])
        {
            foreach (var happened in MetaShape.MessagingEvents(entry))
                return happened;
            foreach (var change in entry.Get("changes").Items())
            {
                if (MetaShape.IsMessagingEvent(change.Get("value")))
                    return change.Get("value");
            }
        }

        return null;
    }

    private static ConversationEvent Read(JsonElement happened)
    {
        if (happened.ValueKind is not JsonValueKind.Object)
            return new ConversationEvent.Unreadable("An element of the list is no object.");
        var kind = MessagingPieces.KindOf(happened);
        var id = MessagingPieces.MessageId(kind, happened);
        return kind switch
        {
            MessagingKind.Message => Message(happened, id),
            MessagingKind.Echo => new ConversationEvent.Echo(
                Person(happened.Get("recipient")), id, MessagingContent.Read(happened.Get("message")), ReplyTo(happened)),
            MessagingKind.Postback => new ConversationEvent.Message(
                Person(happened.Get("sender")), id, MessagingContent.Postback(happened.Get("postback")), null, MessagingReferral.Read(happened.Get("postback").Get("referral"))),
            MessagingKind.Referral => new ConversationEvent.Referral(Person(happened.Get("sender")), MessagingReferral.Read(happened.Get("referral"))),
            MessagingKind.Deleted => id is null ? new ConversationEvent.Unreadable("A deletion that does not name its message.") : new ConversationEvent.Revoke(id),
            MessagingKind.Edit => id is null
                ? new ConversationEvent.Unreadable("An edit that does not name its message.")
                : new ConversationEvent.Edit(id, MessagingContent.Read(happened.Get("message_edit"))),
            _ => new ConversationEvent.Nothing(MessagingPieces.Uninteresting(kind)!),
        };
    }

    private static ConversationEvent.Message Message(JsonElement happened, string? id)
    {
        var message = happened.Get("message");
        var referral = message.Get("referral").Exists() ? message.Get("referral") : happened.Get("referral");
        return new ConversationEvent.Message(Person(happened.Get("sender")), id, MessagingContent.Read(message), ReplyTo(happened), MessagingReferral.Read(referral));
    }

    private static ChatPerson Person(JsonElement person)
    {
        var id = person.Get("id").Id() ?? person.Get("user_ref").Id();
        return new ChatPerson(id is null ? null : MetaJson.Shorten(id, 250), Name: person.Get("name").Text(200) ?? person.Get("username").Text(200));
    }

    private static string? ReplyTo(JsonElement happened) => happened.Get("message").Get("reply_to").Get("mid").Id();
}
