using LeadDesk.Analysis;
using LeadDesk.Companies;

namespace LeadDesk.Leads;

public enum ContactKind
{
    Phone = 1,
    Email = 2,

    /// <summary><c>channel:id</c>, such as <c>instagram:17841405793187218</c>.</summary>
    ChannelId = 3,
}

/// <summary>An address by which a lead is recognised. Unique inside the company: two leads never share one.</summary>
public sealed class LeadContact : ICompanyOwned
{
    public long CompanyId { get; set; }

    public ContactKind Kind { get; set; }

    public required string Value { get; set; }

    public long LeadId { get; set; }
}

/// <summary>A weaker sign that two leads are one person: the phone's last eight digits, or the e-mail without dots and tags.</summary>
public sealed class LeadNearKey : ICompanyOwned
{
    public long CompanyId { get; set; }

    public required string Value { get; set; }

    public long LeadId { get; set; }
}

/// <summary>Two leads that may be the same person.</summary>
public sealed class PossibleDuplicate : ICompanyOwned
{
    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long OtherLeadId { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    public DateTime FoundAt { get; set; }

    /// <summary>0 to 100: how sure.</summary>
    public int Score { get; set; }

    /// <summary>The parts of the score with their sentences as JSON; null where only <see cref="Reason"/> is known.</summary>
    public string? Explanation { get; set; }

    public Duplicates.DuplicateState State { get; set; }

    public long? DecidedById { get; set; }
}

public sealed class LeadMessage : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long? InboundEventId { get; set; }

    public required string Channel { get; set; }

    /// <summary>What was written, or words for what was sent: <c>[Image] caption</c>. Empty once the sender deleted it.</summary>
    public required string Text { get; set; }

    public DateTime At { get; set; }

    /// <summary>Written by us, also on another device.</summary>
    public bool Outgoing { get; set; }

    public MessageKind Kind { get; set; }

    /// <summary>The channel's id of the message, unique inside company and channel.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The channel's id of the message it answers.</summary>
    public string? ReplyToExternalId { get; set; }

    /// <summary><see cref="MessageMedia"/> as JSON.</summary>
    public string? Media { get; set; }

    /// <summary>How far an outgoing message got.</summary>
    public DeliveryState Delivery { get; set; }

    /// <summary>Why it was not delivered.</summary>
    public string? DeliveryError { get; set; }

    public DateTime? EditedAt { get; set; }

    /// <summary>Deleted by its sender: the text is gone, the mark stays.</summary>
    public DateTime? ErasedAt { get; set; }
}

public enum MessageKind
{
    Text = 0,
    Image = 1,
    Video = 2,
    Audio = 3,
    Document = 4,
    Sticker = 5,
    Location = 6,
    Contacts = 7,
    Order = 8,
    Choice = 9,
    Post = 10,
    Other = 11,
}

/// <summary>In the order they come; a later report never goes back.</summary>
public enum DeliveryState
{
    None = 0,
    Sent = 1,
    Delivered = 2,
    Read = 3,
    Failed = 4,
}

/// <summary>A picture, document or voice note that stays with the channel until somebody opens it.</summary>
/// <param name="Id">The channel's id, to fetch it with.</param>
/// <param name="Url">Where the channel gives an address at once (Instagram, Messenger); it runs out.</param>
public sealed record MessageMedia(string? Id, string? Url, string? ContentType, string? FileName);

/// <summary>What somebody was asked to agree to, and the answer. Kept with its text as it was shown.</summary>
public sealed class LeadConsent : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long? InboundEventId { get; set; }

    public DateTime At { get; set; }

    public required string Key { get; set; }

    public required string Text { get; set; }

    public bool Granted { get; set; }
}

/// <summary>A file that came with a lead or belongs to it.</summary>
public sealed class LeadFile : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long? InboundEventId { get; set; }

    public required string Name { get; set; }

    public required string ContentType { get; set; }

    public long Size { get; set; }

    public DateTime At { get; set; }

    /// <summary>Large: lists leave it out.</summary>
    public required byte[] Content { get; set; }
}

/// <summary>One reading of one message: who answered, what, and how long it took.</summary>
public sealed class LeadAnalysis : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long? MessageId { get; set; }

    public DateTime At { get; set; }

    public Intent Intent { get; set; }

    public Urgency Urgency { get; set; }

    public required string Category { get; set; }

    public Sentiment Sentiment { get; set; }

    /// <summary>0 to 100.</summary>
    public int Confidence { get; set; }

    public string? Language { get; set; }

    /// <summary><see cref="ExtractedData"/> as JSON; null when nothing was found.</summary>
    public string? Extracted { get; set; }

    public bool OptOut { get; set; }

    public bool InstructionLike { get; set; }

    /// <summary><c>built-in</c>, or provider and model.</summary>
    public required string AnsweredBy { get; set; }

    /// <summary>Microseconds.</summary>
    public long Duration { get; set; }
}

/// <summary>A running total, changed in the transaction of its cause. See <see cref="CounterKeys"/>.</summary>
public sealed class LeadCounter : ICompanyOwned
{
    public long CompanyId { get; set; }

    public CounterMetric Metric { get; set; }

    /// <summary>Day as yyyymmdd in the company's time zone; 0 for totals.</summary>
    public int Day { get; set; }

    /// <summary>0 counts everybody's leads, else those of one owner.</summary>
    public long OwnerId { get; set; }

    public required string Key { get; set; }

    public long Count { get; set; }
}

/// <summary>A lead whose search text is out of date; a background indexer takes it from here.</summary>
public sealed class SearchQueueEntry
{
    public long LeadId { get; set; }
}

/// <summary>What search knows of a lead: everything a person might type to find it, folded, in one text.</summary>
public sealed class SearchEntry : ICompanyOwned
{
    public long LeadId { get; set; }

    public long CompanyId { get; set; }

    /// <summary>See <see cref="LeadSearchText"/>.</summary>
    public required string Text { get; set; }
}
