using LeadDesk.Leads;

namespace LeadDesk.FollowUps;

/// <param name="DueAt">UTC.</param>
/// <param name="UserId">Whose it is; null for the caller's own.</param>
/// <param name="Text">What is to be done; may be empty.</param>
public sealed record NewFollowUp(FollowUpKind Kind, DateTime DueAt, long? UserId = null, string? Text = null);

/// <summary>What is null stays as it is.</summary>
/// <param name="Text">Empty removes the text.</param>
/// <param name="Done">True ends it, false opens it again.</param>
public sealed record FollowUpChange(FollowUpKind? Kind = null, DateTime? DueAt = null, long? UserId = null, string? Text = null, bool? Done = null);

/// <summary>A follow-up as lists show it.</summary>
public sealed record FollowUpView(
    long Id,
    long LeadId,
    string LeadName,
    string? LeadPhone,
    long StageId,
    FollowUpKind Kind,
    DateTime DueAt,
    string? Text,
    long UserId,
    string UserName,
    DateTime? DoneAt);

public enum FollowUpState
{
    Open = 0,
    Done = 1,
}

/// <summary>Which follow-ups are wanted.</summary>
/// <param name="UserId">One person's; null for everybody's.</param>
/// <param name="DueFrom">Due at this time or later.</param>
/// <param name="DueBefore">Due before this time.</param>
public sealed record FollowUpFilter(FollowUpState State = FollowUpState.Open, long? UserId = null, DateTime? DueFrom = null, DateTime? DueBefore = null);

/// <summary>How many follow-ups are open by the time they are due.</summary>
public sealed record FollowUpCounts(int Overdue, int Today, int Week, int Later);

/// <summary>A lead after its follow-ups changed.</summary>
public sealed record FollowUpOutcome(FollowUpView FollowUp, Lead Lead);
