using LeadDesk.Companies;

namespace LeadDesk.Leads;

/// <summary>What happened to a lead, in order. Never changed, never deleted before the lead is.</summary>
public sealed class TimelineEntry : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public DateTime At { get; set; }

    public TimelineKind Kind { get; set; }

    /// <summary>Null when LeadDesk itself did it.</summary>
    public long? ActorId { get; set; }

    /// <summary>The message's, note's or reason's text.</summary>
    public string? Text { get; set; }

    /// <summary>What it was before and after, for changes.</summary>
    public string? Before { get; set; }

    public string? After { get; set; }

    /// <summary>The message it tells of, whose text <see cref="Text"/> is.</summary>
    public long? MessageId { get; set; }

    /// <summary>What else its kind knows, as JSON: a call's outcome and length, who was mentioned.</summary>
    public string? Details { get; set; }
}

public enum TimelineKind
{
    Received = 1,
    Resubmitted = 2,
    Message = 3,
    Scored = 4,
    Assigned = 5,
    StageChanged = 6,
    Note = 7,
    FieldChanged = 8,
    Deleted = 9,
    Restored = 10,
    Merged = 11,
    PossibleDuplicate = 12,
    ModelAnalysed = 13,
    /// <summary>Somebody of ours called, opened WhatsApp or wrote an e-mail.</summary>
    ReachedOut = 14,

    /// <summary>Somebody spoke to the person, or tried to; outcome and length in the details.</summary>
    Called = 15,
    FollowUpSet = 16,
    FollowUpDone = 17,
    HelperAdded = 18,
    HelperRemoved = 19,
    Tagged = 20,
    Untagged = 21,
    Shared = 22,
    FileAdded = 23,
    FileRemoved = 24,

    /// <summary>A row of a file made, filled or changed the lead.</summary>
    Imported = 25,

    /// <summary>A bulk change, an import or a merge was taken back.</summary>
    Undone = 26,

    /// <summary>Somebody set the score by hand, or gave it back.</summary>
    ScoreSet = 27,
}
