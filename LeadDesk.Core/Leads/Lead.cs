using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

/// <summary>Which set of scoring factors applies.</summary>
public enum LeadKind
{
    /// <summary>Somebody wrote a message: seven factors.</summary>
    Conversation = 0,

    /// <summary>Somebody filled a form without free text: five factors, re-scored as time passes.</summary>
    Form = 1,
}

/// <summary>What was odd about a lead when it came in. It was accepted all the same.</summary>
[Flags]
public enum LeadMarks
{
    None = 0,
    PhoneUnreadable = 1,
    EmailUnreadable = 2,
    NameMissing = 4,
    ChannelUnknown = 8,
    InstructionLike = 16,
    OptedOut = 32,

    /// <summary>A trial of a source: kept out of routing, counters and exports.</summary>
    Test = 64,

    /// <summary>Neither phone, e-mail nor a channel to answer on.</summary>
    NoContact = 128,
}

/// <summary>How a lead ended.</summary>
public enum LeadOutcome
{
    Open = 0,
    Won = 1,
    Lost = 2,
}

/// <summary>A person who might buy. Changed only by the lead service and the intake.</summary>
public sealed class Lead : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public string? Name { get; set; }

    /// <summary>The name (or else e-mail or phone) folded for sorting.</summary>
    public string NameKey { get; set; } = "";

    public string? Organisation { get; set; }

    public string? JobTitle { get; set; }

    public string? City { get; set; }

    public string? Country { get; set; }

    /// <summary>E.164 when <see cref="PhoneValid"/>, else as written.</summary>
    public string? Phone { get; set; }

    public bool PhoneValid { get; set; }

    /// <summary>Trimmed and case-folded when <see cref="EmailValid"/>, else as written.</summary>
    public string? Email { get; set; }

    public bool EmailValid { get; set; }

    /// <summary>A lower-case word: <c>whatsapp</c>, <c>website</c>, …, or any other the sender used.</summary>
    public required string Channel { get; set; }

    public string? Source { get; set; }

    public string? Campaign { get; set; }

    public string? ExternalId { get; set; }

    public LeadKind Kind { get; set; }

    public Intent Intent { get; set; }

    public Urgency Urgency { get; set; }

    /// <summary>What the person's telling message says, as <see cref="MessageAnalysis"/> JSON; null for a form without text.</summary>
    public string? Reading { get; set; }

    /// <summary>0 to 100; <see cref="ScoreByHand"/> when somebody set it.</summary>
    public int Score { get; set; }

    public Grade Grade { get; set; }

    /// <summary>0 to 100: a person's own score, which stands above the computed one until it is taken back.</summary>
    public int? ScoreByHand { get; set; }

    public long? ScoreByHandById { get; set; }

    public DateTime? ScoreByHandAt { get; set; }

    public string? ScoreByHandBecause { get; set; }

    /// <summary>The factors with points and reasons, as <see cref="ScoreReasons"/> JSON.</summary>
    public string? ScoreReasons { get; set; }

    /// <summary>What the person asks for, as written.</summary>
    public string? Interest { get; set; }

    public long StageId { get; set; }

    public DateTime StageChangedAt { get; set; }

    public LeadOutcome Outcome { get; set; }

    /// <summary>While it is lost: why, one of the company's <see cref="LostReason"/>s.</summary>
    public long? LostReasonId { get; set; }

    /// <summary>What the deal is worth, in hundredths of the company's currency.</summary>
    public long? Value { get; set; }

    public long? OwnerId { get; set; }

    public DateTime? AssignedAt { get; set; }

    /// <summary>Why this person: the assigner's sentence.</summary>
    public string? AssignedBecause { get; set; }

    public int MessageCount { get; set; }

    /// <summary>How often the person came in, the first time included.</summary>
    public int SubmissionCount { get; set; } = 1;

    /// <summary>The beginning of the last message, at most 240 characters.</summary>
    public string? LastMessage { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime LastSubmittedAt { get; set; }

    public DateTime LastActivityAt { get; set; }

    /// <summary>When the response goal ends.</summary>
    public DateTime ResponseDueAt { get; set; }

    /// <summary>When a person of ours first did something about it.</summary>
    public DateTime? FirstResponseAt { get; set; }

    /// <summary>When the earliest open follow-up is due; kept by the follow-up service.</summary>
    public DateTime? NextFollowUpAt { get; set; }

    /// <summary>The import that made the lead.</summary>
    public long? ImportId { get; set; }

    /// <summary>When time alone next changes the score of a form lead.</summary>
    public DateTime? RescoreAt { get; set; }

    /// <summary>In the trash since.</summary>
    public DateTime? DeletedAt { get; set; }

    public long? DeletedById { get; set; }

    public string? DeletedBecause { get; set; }

    public long? MergedIntoId { get; set; }

    /// <summary>Fields the sender gave that have no place of their own, as a JSON object.</summary>
    public string? Metadata { get; set; }

    public LeadMarks Marks { get; set; }

    /// <summary>A trial of a source, not a person.</summary>
    public bool IsTest => Marks.HasFlag(LeadMarks.Test);

    /// <summary>Counts up with every change; callers send it back to avoid overwriting each other.</summary>
    public int Version { get; set; } = 1;
}
