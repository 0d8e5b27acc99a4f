namespace LeadDesk.Intake;

/// <summary>What a door took in, read but not yet interpreted. Texts are as the sender wrote them.</summary>
public sealed record IncomingLead
{
    /// <summary>The door: <c>webhook</c>, <c>api</c>, <c>manual</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The body exactly as it came.</summary>
    public required byte[] Raw { get; init; }

    public string? ExternalId { get; init; }

    public string? Channel { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Message { get; init; }

    /// <summary>ISO 3166 alpha-2 for a phone written nationally; null means the company's.</summary>
    public string? Region { get; init; }

    /// <summary>All other fields the sender gave.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata;

    /// <summary>The metadata as JSON, kept as it came; null when there is none.</summary>
    public string? MetadataJson { get; init; }

    public IdempotencyRequest? Idempotency { get; init; }

    internal static readonly IReadOnlyDictionary<string, string> EmptyMetadata = new Dictionary<string, string>(0, StringComparer.Ordinal);
}

/// <summary>The sender's <c>Idempotency-Key</c>.</summary>
/// <param name="Caller">Whose key it is: keys of different callers never meet.</param>
/// <param name="RequestHash">SHA-256 of method, path and body.</param>
public sealed record IdempotencyRequest(string Caller, string Key, string RequestHash);

/// <summary>What the sender is told.</summary>
/// <param name="Duplicate">The message was here before, or came from somebody who already is a lead.</param>
public sealed record IntakeAnswer(long LeadId, Scoring.Grade Grade, int Score, Analysis.Intent Intent, Analysis.Urgency Urgency, bool Duplicate);
