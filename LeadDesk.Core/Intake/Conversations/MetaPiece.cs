using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>One unit while it still is a place in the body.</summary>
internal sealed record MetaPiece(string Source, string RepeatKey)
{
    private const int LongestId = 250;

    public required JsonElement Entry { get; init; }

    /// <summary>The list it stands in: of the entry, or of <see cref="Change"/>'s value.</summary>
    public required string List { get; init; }

    public required JsonElement Item { get; init; }

    /// <summary>WhatsApp: the change whose value holds <see cref="List"/>; undefined when the entry does.</summary>
    public JsonElement Change { get; init; }

    /// <summary>WhatsApp: the contact who did it.</summary>
    public JsonElement Contact { get; init; }

    public string? AccountId { get; init; }

    public string? Origin { get; init; }

    public string? ExternalId { get; init; }

    public DateTime? OccurredAt { get; init; }

    public InboundState State { get; init; }

    public string? Reason { get; init; }

    public InboundUnit ToUnit(byte[] raw) => new(Source, RepeatKey, raw)
    {
        Origin = Fit(Origin),
        ExternalId = Fit(ExternalId),
        OccurredAt = OccurredAt,
        State = State,
        Reason = Reason,
    };

    private static string? Fit(string? id) => id is null ? null : MetaJson.Shorten(id, LongestId);
}
