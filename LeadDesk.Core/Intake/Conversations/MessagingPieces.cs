using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>What kind of event an element of <c>messaging</c> is: it holds one object of that name.</summary>
internal enum MessagingKind
{
    Other,
    Message,
    Echo,
    Deleted,
    Edit,
    Postback,
    Referral,
    Read,
    Delivery,
    Reaction,
}

/// <summary>One event of an Instagram or Messenger conversation as a unit.</summary>
internal static class MessagingPieces
{
    public static MessagingKind KindOf(JsonElement happened)
    {
        var message = happened.Get("message");
        if (message.Exists())
        {
            return message.Get("is_deleted").IsTrue() ? MessagingKind.Deleted
                : message.Get("is_echo").IsTrue() ? MessagingKind.Echo
                : MessagingKind.Message;
        }

        return happened.Get("message_edit").Exists() ? MessagingKind.Edit
            : happened.Get("postback").Exists() ? MessagingKind.Postback
            : happened.Get("referral").Exists() ? MessagingKind.Referral
            : happened.Get("read").Exists() ? MessagingKind.Read
            : happened.Get("delivery").Exists() ? MessagingKind.Delivery
            : happened.Get("reaction").Exists() ? MessagingKind.Reaction
            : MessagingKind.Other;
    }

    /// <summary>Why such an event concerns no lead; null when it may.</summary>
    public static string? Uninteresting(MessagingKind kind) => kind switch
    {
        MessagingKind.Read => "A read mark.",
        MessagingKind.Delivery => "A delivery mark.",
        MessagingKind.Reaction => "A reaction.",
        MessagingKind.Other => "An event of the conversation that says nothing about the person.",
        _ => null,
    };

    /// <param name="item">The element of the list: the event itself, or the change around it.</param>
    public static MetaPiece Read(JsonElement entry, string list, JsonElement item, JsonElement happened, string source)
    {
        var kind = KindOf(happened);
        var reason = Uninteresting(kind);
        var isObject = happened.ValueKind is JsonValueKind.Object;
        var account = Account(entry, happened, kind);
        return new MetaPiece(source, MetaPieces.Key(RepeatKey(kind, happened)) ?? MetaPieces.HashKey("event", entry, happened))
        {
            Entry = entry,
            List = list,
            Item = item,
            AccountId = account,
            Origin = account,
            ExternalId = MessageId(kind, happened),
            OccurredAt = happened.Get("timestamp").Time(),
            State = !isObject ? InboundState.Unreadable : reason is null ? InboundState.Received : InboundState.Ignored,
            Reason = isObject ? reason : "An element of the list is no object.",
        };
    }

    public static string? MessageId(MessagingKind kind, JsonElement happened) => kind switch
    {
        MessagingKind.Edit => happened.Get("message_edit").Get("mid").Id(),
        MessagingKind.Postback => happened.Get("postback").Get("mid").Id(),
        _ => happened.Get("message").Get("mid").Id(),
    };

    private static string? RepeatKey(MessagingKind kind, JsonElement happened)
    {
        var id = MessageId(kind, happened);
        switch (kind)
        {
            case MessagingKind.Message or MessagingKind.Echo:
                return id;
            case MessagingKind.Deleted:
                return id is null ? null : $"deleted:{id}";
            case MessagingKind.Edit:
                return id is not null && happened.Get("message_edit").Get("num_edit").Word() is { } turn ? $"edit:{id}:{turn}" : null;
            case MessagingKind.Postback or MessagingKind.Referral:
                var sender = happened.Get("sender").Get("id").Id();
                var at = happened.Get("timestamp").Word();
                return sender is null || at is null ? null : $"{(kind is MessagingKind.Postback ? "postback" : "referral")}:{sender}:{at}";
            default:
                return null;
        }
    }

    // The dashboard's "Test" button writes 0 for the account of the entry.
    private static string? Account(JsonElement entry, JsonElement happened, MessagingKind kind) =>
        entry.Get("id").Id() is { } id and not "0" ? id : happened.Get(kind is MessagingKind.Echo ? "sender" : "recipient").Get("id").Id();
}
