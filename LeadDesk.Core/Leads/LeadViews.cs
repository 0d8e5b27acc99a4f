using LeadDesk.Analysis;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

/// <summary>A lead as lists show it.</summary>
public sealed record LeadRow(
    long Id,
    string? Name,
    string? Organisation,
    string? Phone,
    bool PhoneValid,
    string? Email,
    string Channel,
    string? Source,
    string? Campaign,
    Intent Intent,
    Urgency Urgency,
    int Score,
    Grade Grade,
    long StageId,
    LeadOutcome Outcome,
    long? OwnerId,
    string? LastMessage,
    int MessageCount,
    int SubmissionCount,
    DateTime CreatedAt,
    DateTime LastActivityAt,
    DateTime ResponseDueAt,
    DateTime? FirstResponseAt,
    LeadMarks Marks,
    int Version,
    string? JobTitle = null,
    string? ExternalId = null,
    string? Interest = null,
    string? City = null,
    string? Country = null,
    long? Value = null,
    DateTime? NextFollowUpAt = null,
    long? LostReasonId = null,
    LeadKind Kind = LeadKind.Conversation,
    long? ImportId = null)
{
    /// <summary>What to call somebody who gave no name.</summary>
    public string DisplayName => LeadNames.Display(Name, Email, Phone, Id);

    /// <summary>What it is sorted by as its name.</summary>
    public string NameKey => LeadText.NameKey(Name, Email, Phone);

    public bool Waiting => FirstResponseAt is null && Outcome is LeadOutcome.Open && !Marks.HasFlag(LeadMarks.Test);
}

/// <summary>Everything the lead page shows besides the timeline.</summary>
/// <param name="LastAnalysis">The reading of the last message: who answered and how long it took.</param>
public sealed record LeadDetails(
    Lead Lead,
    LeadAnalysis? LastAnalysis,
    IReadOnlyList<LeadConsent> Consents,
    IReadOnlyList<LeadDuplicate> PossibleDuplicates)
{
    public string DisplayName => LeadNames.Display(Lead.Name, Lead.Email, Lead.Phone, Lead.Id);

    /// <summary>Who works on it beside its owner, by time.</summary>
    public IReadOnlyList<LeadHelperView> Helpers { get; init; } = [];

    /// <summary>The reading by which the lead is scored; null for a form without text.</summary>
    public MessageAnalysis? Reading { get; } = LeadScoring.ReadingOf(Lead);

    public IReadOnlyList<ScoreReason> Reasons { get; } = Lead.ScoreReasons is null ? [] : LeadScore.ReasonsFromJson(Lead.ScoreReasons);
}

/// <param name="More">There are more than were counted.</param>
public readonly record struct LeadCount(int Count, bool More);

/// <summary>Ids of the leads before and after one in a list; null at its ends.</summary>
public sealed record LeadNeighbours(long? Previous, long? Next)
{
    public static LeadNeighbours None { get; } = new(null, null);
}

public sealed record LeadDuplicate(long LeadId, string Name, string Reason);

/// <param name="ActorName">Null when LeadDesk itself did it.</param>
/// <param name="Message">What became of the message it tells of; null for other entries.</param>
public sealed record TimelineItem(
    long Id, DateTime At, TimelineKind Kind, long? ActorId, string? ActorName, string? Text, string? Before, string? After, long? MessageId = null, TimelineMessage? Message = null, TimelineDetails? Details = null);

/// <param name="HasMedia">Whether an attachment can be opened.</param>
/// <param name="DeliveryError">Why one of ours was not delivered.</param>
public sealed record TimelineMessage(
    long Id, MessageKind Kind, bool HasMedia, bool Outgoing, DeliveryState Delivery, string? DeliveryError, DateTime? EditedAt, DateTime? ErasedAt);

public static class LeadNames
{
    public static string Display(string? name, string? email, string? phone, long id) => name ?? email ?? phone ?? $"Lead {id}";
}
