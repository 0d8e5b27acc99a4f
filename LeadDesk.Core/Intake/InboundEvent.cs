using LeadDesk.Companies;

namespace LeadDesk.Intake;

public enum InboundState
{
    /// <summary>Stored, not yet worked on.</summary>
    Received = 0,
    Processed = 1,

    /// <summary>Kept, shown, can be processed again.</summary>
    Failed = 2,
}

/// <summary>What came in, exactly as it came. Stored before the sender gets an answer.</summary>
public sealed class InboundEvent : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>The door: <c>webhook</c>, <c>api</c>, <c>manual</c>.</summary>
    public required string Source { get; set; }

    public string? ExternalId { get; set; }

    /// <summary>External id and content; unique with the source. Null when the sender gave no id.</summary>
    public string? RepeatKey { get; set; }

    public required byte[] Raw { get; set; }

    public InboundState State { get; set; }

    public long? LeadId { get; set; }

    public DateTime ReceivedAt { get; set; }

    public DateTime? ProcessedAt { get; set; }

    public string? Error { get; set; }
}

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
