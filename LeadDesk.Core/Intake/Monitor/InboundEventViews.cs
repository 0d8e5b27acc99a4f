using System.Text.Json;

namespace LeadDesk.Intake.Monitor;

/// <summary>Which events; what is null filters nothing.</summary>
public sealed record InboundEventFilter
{
    public InboundState? State { get; init; }

    /// <summary>One of <see cref="InboundSources"/>.</summary>
    public string? Source { get; init; }

    /// <summary>See <see cref="InboundEvent.Origin"/>; whole.</summary>
    public string? Origin { get; init; }

    /// <summary>A part of the error in any case, or the sender's whole id.</summary>
    public string? Text { get; init; }

    /// <summary>UTC; received then or later.</summary>
    public DateTime? From { get; init; }

    /// <summary>UTC; received before.</summary>
    public DateTime? Before { get; init; }

    /// <summary>Whether rows have to be looked at beyond their place and state.</summary>
    internal bool LooksInside => Source is not null || Origin is not null || Text is not null;
}

/// <summary>An event in a list, without its body.</summary>
/// <param name="LeadName">As people call the lead; null without a lead, or when it is in the trash.</param>
public sealed record InboundEventRow(
    long Id,
    string Source,
    string? Origin,
    string? ExternalId,
    InboundState State,
    long? LeadId,
    DateTime? OccurredAt,
    DateTime ReceivedAt,
    DateTime? DueAt,
    int Attempts,
    DateTime? ProcessedAt,
    string? Error,
    string? LeadName = null)
{
    /// <summary>From stored to done, waiting included; null while it is not done.</summary>
    public TimeSpan? Total => ProcessedAt - ReceivedAt;
}

/// <summary>Everything about an event.</summary>
/// <param name="Steps">Null when no step was measured.</param>
/// <param name="Raw">Null when the body was dropped after its time.</param>
/// <param name="Fetched">What was asked from the sender afterwards; null when nothing was, or when it was dropped.</param>
/// <param name="KeepRawDays">How long bodies are kept.</param>
public sealed record InboundEventDetails(InboundEventRow Row, EventSteps? Steps, string? ContentType, BodyView? Raw, BodyView? Fetched, int KeepRawDays)
{
    /// <summary>Whether it stands in an end state that a person may take back, and there is a body to work on.</summary>
    public bool CanBeProcessedAgain => Raw is { Bytes: > 0 } && Row.State is InboundState.Failed or InboundState.Ignored or InboundState.Unreadable;

    internal static EventSteps? ReadSteps(string? json) => json is null ? null : JsonSerializer.Deserialize<EventSteps>(json, JsonSerializerOptions.Web);
}

/// <summary>How many events stand in a state.</summary>
/// <param name="More">There are more than were counted.</param>
public sealed record InboundStateCount(InboundState State, int Count, bool More);
