namespace LeadDesk.Intake;

/// <summary>
/// One thing of a body that came in: a lead, a message, a status. A body of many becomes many, each with its own state, so
/// that one that cannot be read never holds up the others.
/// </summary>
/// <param name="Source">One of <see cref="InboundSources"/>.</param>
/// <param name="RepeatKey">The sender's id of it; a unit that is here already is not stored again.</param>
/// <param name="Raw">
/// The body, cut to this unit but still in the sender's shape, so that it can be read by the same code. The whole body
/// byte for byte when it holds only this unit.
/// </param>
public sealed record InboundUnit(string Source, string RepeatKey, byte[] Raw)
{
    /// <summary>See <see cref="InboundEvent.Origin"/>.</summary>
    public string? Origin { get; init; }

    /// <summary>How the sender names it, for people who search the monitor.</summary>
    public string? ExternalId { get; init; }

    public string? ContentType { get; init; }

    public DateTime? OccurredAt { get; init; }

    /// <summary><see cref="InboundState.Received"/> is worked on; <see cref="InboundState.Ignored"/> and <see cref="InboundState.Unreadable"/> are only kept.</summary>
    public InboundState State { get; init; }

    /// <summary>Why it is only kept.</summary>
    public string? Reason { get; init; }
}
