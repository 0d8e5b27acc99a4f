using LeadDesk.Leads;

namespace LeadDesk.Intake;

/// <summary>What a door took in, read but not yet interpreted. Texts are as the sender wrote them.</summary>
public sealed record IncomingLead
{
    /// <summary>The door: one of <see cref="InboundSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The body exactly as it came.</summary>
    public required byte[] Raw { get; init; }

    /// <summary>See <see cref="InboundEvent.Origin"/>.</summary>
    public string? Origin { get; init; }

    /// <summary>How the channel names the person (or, where it names nobody, the submission).</summary>
    public string? ExternalId { get; init; }

    /// <summary>
    /// The sender's id of this message or submission: an event with it is never taken twice, and an event stored before with
    /// this source and key is finished by this lead. Null: repeats are told by <see cref="ExternalId"/> and content.
    /// </summary>
    public string? RepeatKey { get; init; }

    public string? Channel { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Message { get; init; }

    /// <summary>ISO 3166 alpha-2 for a phone written nationally; null means the company's.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// All other fields the sender gave. Known names: <c>company, job_title, city, country, interest, campaign, source</c>;
    /// see <see cref="LeadNormaliser"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata;

    /// <summary>The metadata as JSON, kept as it came; null when there is none.</summary>
    public string? MetadataJson { get; init; }

    public IdempotencyRequest? Idempotency { get; init; }

    /// <summary>When the person did it, UTC, by the sender's word; null means now. Never later than now counts.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>A trial of the source, not a person: kept out of routing, counters and exports.</summary>
    public bool IsTest { get; init; }

    /// <summary>A lead nobody can answer is still shown, marked, rather than lost. Else such a one is refused.</summary>
    public bool AcceptWithoutContact { get; init; }

    /// <summary>Who gets the lead: one person, or several who take turns. Empty: the company's rules.</summary>
    public IReadOnlyList<long> Owners { get; init; } = [];

    public IReadOnlyList<ConsentAnswer> Consents { get; init; } = [];

    /// <summary>What the sender says of the company's own fields, tags and the deal's value; checked already. Null: only what the metadata tells.</summary>
    public LeadFill? Fill { get; init; }

    /// <summary>What kind of message it is, when it is not plain text without a number.</summary>
    public MessageDetails? MessageDetails { get; init; }

    /// <summary>What was asked from the sender afterwards. See <see cref="InboundEvent.Fetched"/>.</summary>
    public byte[]? Fetched { get; init; }

    /// <summary>Files that came with it.</summary>
    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>Measured before this door was reached, for the monitor.</summary>
    public EventSteps? Steps { get; init; }

    internal static readonly IReadOnlyDictionary<string, string> EmptyMetadata = new Dictionary<string, string>(0, StringComparer.Ordinal);
}

/// <summary>What somebody was asked to agree to, and the answer.</summary>
/// <param name="Key">The question's name at the sender.</param>
/// <param name="Text">The text that was shown, or the question's name when the sender gives no more.</param>
public sealed record ConsentAnswer(string Key, string Text, bool Granted);

/// <param name="ExternalId">The channel's id of the message: status, edit and deletion name it.</param>
/// <param name="Media">As <see cref="MessageMedia"/> JSON; null for text.</param>
/// <param name="ReplyToExternalId">The message it answers.</param>
public sealed record MessageDetails(string? ExternalId, MessageKind Kind, string? Media, string? ReplyToExternalId);

/// <param name="Name">As the sender wrote it, without folders; may be empty.</param>
public sealed record IncomingFile(string Name, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>The sender's <c>Idempotency-Key</c>.</summary>
/// <param name="Caller">Whose key it is: keys of different callers never meet.</param>
/// <param name="RequestHash">SHA-256 of method, path and body.</param>
public sealed record IdempotencyRequest(string Caller, string Key, string RequestHash);

/// <summary>What the sender is told.</summary>
/// <param name="Duplicate">The message was here before, or came from somebody who already is a lead.</param>
public sealed record IntakeAnswer(long LeadId, Scoring.Grade Grade, int Score, Analysis.Intent Intent, Analysis.Urgency Urgency, bool Duplicate);
