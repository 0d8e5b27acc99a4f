using LeadDesk.Leads;

namespace LeadDesk.Intake.Conversations;

/// <summary>Who wrote, or whom we wrote to.</summary>
/// <param name="Id">How the channel names the person: the business-scoped id where there is one, else the WhatsApp number; null when nobody is named.</param>
/// <param name="Phone">With plus and country code.</param>
/// <param name="WhatsAppId">The number's digits as WhatsApp writes them, which may differ from the number that is dialled.</param>
public sealed record ChatPerson(string? Id, string? Phone = null, string? Name = null, string? WhatsAppId = null);

/// <summary>What was said, in words whatever its kind.</summary>
public sealed record ChatContent(string Text, MessageKind Kind = MessageKind.Text, MessageMedia? Media = null);

/// <summary>One thing that happened in a conversation, as a channel told it.</summary>
public abstract record ConversationEvent
{
    private ConversationEvent()
    {
    }

    /// <summary>UTC, by the channel's word; null when it says none.</summary>
    public DateTime? At { get; init; }

    /// <summary>Somebody wrote to us.</summary>
    /// <param name="Id">The channel's id of the message; null when it gave none.</param>
    /// <param name="Metadata">The ad or link that led here, answers of a flow.</param>
    public sealed record Message(ChatPerson Person, string? Id, ChatContent Content, string? ReplyTo, IReadOnlyDictionary<string, string> Metadata) : ConversationEvent;

    /// <summary>We wrote, on another device or with another program.</summary>
    public sealed record Echo(ChatPerson Person, string? Id, ChatContent Content, string? ReplyTo) : ConversationEvent;

    /// <summary>How far one of our messages got.</summary>
    /// <param name="OptedOut">It failed because the person wants no marketing.</param>
    public sealed record Status(string Id, DeliveryState Delivery, string? Error, bool OptedOut) : ConversationEvent;

    public sealed record Edit(string Id, ChatContent Content) : ConversationEvent;

    /// <summary>Its sender took a message back.</summary>
    public sealed record Revoke(string Id) : ConversationEvent;

    /// <param name="Person">As known so far.</param>
    /// <param name="NewWhatsAppId">The new number's digits.</param>
    public sealed record NumberChanged(ChatPerson Person, string NewWhatsAppId) : ConversationEvent;

    /// <summary>Somebody stopped marketing messages, or wants them again.</summary>
    public sealed record Preference(ChatPerson Person, bool OptedOut) : ConversationEvent;

    /// <summary>Somebody we talk to came by an ad or a link, without writing yet.</summary>
    public sealed record Referral(ChatPerson Person, IReadOnlyDictionary<string, string> Metadata) : ConversationEvent;

    /// <summary>Nothing that concerns a lead.</summary>
    public sealed record Nothing(string Reason) : ConversationEvent;

    /// <summary>The sender was genuine, but this makes no sense to us.</summary>
    public sealed record Unreadable(string Reason) : ConversationEvent;
}
