using LeadDesk.Companies;

namespace LeadDesk.Intake;

public enum InboundState
{
    /// <summary>Stored, not yet worked on.</summary>
    Received = 0,

    /// <summary>Done; made or changed a lead or its conversation.</summary>
    Processed = 1,

    /// <summary>Kept, shown, can be processed again.</summary>
    Failed = 2,

    /// <summary>Understood, and rightly no lead: a read mark, an automatic reply, a robot.</summary>
    Ignored = 3,

    /// <summary>The sender was genuine, but the body is nothing we can read. Kept as it came.</summary>
    Unreadable = 4,
}

/// <summary>What came in, exactly as it came. Stored before the sender gets an answer.</summary>
public sealed class InboundEvent : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>One of <see cref="InboundSources"/>.</summary>
    public required string Source { get; set; }

    /// <summary>Where inside the source it came from: Meta's form id, the id of our form or mailbox, the business's phone number id.</summary>
    public string? Origin { get; set; }

    public string? ExternalId { get; set; }

    /// <summary>Tells repeats: the sender's id of the message or submission. Unique with the source; null when the sender gave no id.</summary>
    public string? RepeatKey { get; set; }

    /// <summary>The body; empty once it was dropped after its time.</summary>
    public required byte[] Raw { get; set; }

    /// <summary>Of <see cref="Raw"/>, where it is needed to read it, with its boundary.</summary>
    public string? ContentType { get; set; }

    /// <summary>What was asked from the sender afterwards, because the event only named it; as it came.</summary>
    public byte[]? Fetched { get; set; }

    public InboundState State { get; set; }

    public long? LeadId { get; set; }

    /// <summary>When the person did it, by the sender's word.</summary>
    public DateTime? OccurredAt { get; set; }

    public DateTime ReceivedAt { get; set; }

    /// <summary>
    /// While it waits: when it is to be worked on. While it is worked on: when another runner may take it, should this one die.
    /// </summary>
    public DateTime? DueAt { get; set; }

    public int Attempts { get; set; }

    public DateTime? ProcessedAt { get; set; }

    /// <summary>Why it failed or was left alone, for people.</summary>
    public string? Error { get; set; }

    /// <summary>How long each step took, as <see cref="EventSteps"/> JSON.</summary>
    public string? Steps { get; set; }
}

/// <summary>The words of <see cref="InboundEvent.Source"/>.</summary>
public static class InboundSources
{
    public const string Webhook = "webhook";
    public const string Api = "api";
    public const string Manual = "manual";
    public const string Meta = "meta";
    public const string WhatsApp = "whatsapp";
    public const string Instagram = "instagram";
    public const string Messenger = "messenger";
    public const string Form = "form";
    public const string Email = "email";
    public const string Import = "import";

    /// <summary>In the order of menus.</summary>
    public static IReadOnlyList<string> All { get; } = [Meta, WhatsApp, Instagram, Messenger, Form, Email, Webhook, Api, Manual];
}

/// <summary>Milliseconds of each step of one event. Null: the step was not needed.</summary>
/// <param name="Waited">From stored to taken up.</param>
/// <param name="Fetched">Asking the sender for what the event named.</param>
/// <param name="Read">Reading and analysing.</param>
/// <param name="Queued">From there into the shared commit.</param>
public sealed record EventSteps(double? Waited, double? Fetched, double? Read, double? Queued);

/// <summary>The first answer to a request with an <c>Idempotency-Key</c>, kept for 24 hours.</summary>
public sealed class IdempotencyRecord : ICompanyOwned
{
    public long CompanyId { get; set; }

    /// <summary>The API key or user that sent it: keys of different callers never meet.</summary>
    public required string Caller { get; set; }

    public required string Key { get; set; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required string RequestHash { get; set; }

    /// <summary>0 while the first request is still being worked on.</summary>
    public int Status { get; set; }

    public string? Response { get; set; }

    public DateTime CreatedAt { get; set; }
}
