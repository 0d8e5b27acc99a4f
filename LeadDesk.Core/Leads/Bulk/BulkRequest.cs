using System.Text.Json.Serialization;
using LeadDesk.FollowUps;

namespace LeadDesk.Leads.Bulk;

public enum BulkAction
{
    /// <summary>To another stage.</summary>
    Status,

    /// <summary>To a person, to several taking turns, or to nobody.</summary>
    Assign,
    Tag,
    Untag,

    /// <summary>One fact, built in or the company's own.</summary>
    Field,
    FollowUp,
    Helper,

    /// <summary>Into the trash.</summary>
    Delete,

    /// <summary>Out of the trash.</summary>
    Restore,
}

/// <summary>A change of many leads: which, and what. Of the values only those that the action takes are looked at.</summary>
public sealed record BulkRequest(BulkAction Action)
{
    /// <summary>More leads than this are never changed by one request.</summary>
    public const int Most = 1_000_000;

    /// <summary>Up to here everything happens in one transaction, at once; above it in steps, by a job.</summary>
    public const int AtOnce = 10_000;

    /// <summary>Which leads, by id. Either this or <see cref="Filter"/>.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>Which leads: all that match now.</summary>
    [JsonIgnore]
    public LeadFilter? Filter { get; init; }

    /// <summary>Of those that match, these not.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<long> Except { get; init; } = [];

    /// <summary>Status: where to.</summary>
    public long? StageId { get; init; }

    /// <summary>Status: why, for a lost stage.</summary>
    public long? LostReasonId { get; init; }

    /// <summary>Status: what somebody wrote about it.</summary>
    public string? Comment { get; init; }

    /// <summary>Assign: one person, or several who get the leads in turn. Empty takes the owner away.</summary>
    public IReadOnlyList<long> OwnerIds { get; init; } = [];

    /// <summary>Tag, untag.</summary>
    public long? TagId { get; init; }

    /// <summary>Tag, untag: by name instead; tagging with a new word makes it one of the company's tags.</summary>
    public string? TagName { get; init; }

    /// <summary>Field: its word in JSON.</summary>
    public string? Field { get; init; }

    /// <summary>Field: the new value as written; null or blank empties it.</summary>
    public string? Value { get; init; }

    public FollowUpKind FollowUpKind { get; init; }

    /// <summary>Follow-up: when it is due, UTC.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>Follow-up: whose it is; null gives it to each lead's owner, and where there is none to who asks.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>Follow-up: what is to be done.</summary>
    public string? Text { get; init; }

    /// <summary>Helper: who.</summary>
    public long? HelperId { get; init; }

    /// <summary>Delete: why.</summary>
    public string? Reason { get; init; }
}

/// <param name="Id">The change's number, by which it can be looked at.</param>
/// <param name="Total">How many leads it is about.</param>
/// <param name="Changed">So far; 0 when a job does it.</param>
/// <param name="Skipped">Those that stayed as they are, with the reason.</param>
/// <param name="UndoToken">Takes it back for a day; null when nothing was changed.</param>
/// <param name="Running">A job does it in steps; follow it by its number.</param>
public sealed record BulkResult(long Id, int Total, int Changed, IReadOnlyList<BulkSkip> Skipped, string? UndoToken, bool Running);

/// <param name="Reason">In a sentence.</param>
public sealed record BulkSkip(long LeadId, string Reason);
