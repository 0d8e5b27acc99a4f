using LeadDesk.Analysis;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

public enum LeadSort
{
    /// <summary>By arrival.</summary>
    Created,
    Score,
    Name,
    Activity,

    /// <summary>By the end of the response goal; only those that wait.</summary>
    Response,

    /// <summary>By the next follow-up; leads without one last, as with every sort below.</summary>
    FollowUp,
    Value,

    /// <summary>By the stages' order, newest first in each.</summary>
    Stage,

    /// <summary>By the owner's name, newest first for each.</summary>
    Owner,
    Grade,
    Channel,
    Email,
    Phone,
    Organisation,
    JobTitle,
    City,
    Country,
    Interest,
    Campaign,
    Source,
    Intent,
    Urgency,

    /// <summary>By <see cref="LeadFilter.SortFieldId"/>.</summary>
    Custom,
}

/// <summary>Which leads a list shows and in what order. Everything left null does not filter.</summary>
public sealed record LeadFilter
{
    public Grade? Grade { get; init; }

    public string? Channel { get; init; }

    public long? StageId { get; init; }

    public Intent? Intent { get; init; }

    /// <summary>Ignored where a role sees own leads only.</summary>
    public OwnerFilter? Owner { get; init; }

    /// <summary>Open and not answered yet.</summary>
    public bool Waiting { get; init; }

    /// <summary>Answered or closed: what <see cref="Waiting"/> leaves out.</summary>
    public bool Answered { get; init; }

    /// <summary>Waiting, and the response goal ended before this time.</summary>
    public DateTime? OverdueAt { get; init; }

    public LeadOutcome? Outcome { get; init; }

    public DateTime? CreatedFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTime? CreatedBefore { get; init; }

    /// <summary>Found in name, phone (any spelling), e-mail, organisation, messages.</summary>
    public string? Search { get; init; }

    /// <summary>Conditions over every field, with "and" and "or"; they hold beside those above.</summary>
    public LeadWhere? Where { get; init; }

    /// <summary>Leaves out trials of sources.</summary>
    public bool WithoutTrials { get; init; }

    public LeadSort Sort { get; init; }

    /// <summary>The custom field of <see cref="LeadSort.Custom"/>.</summary>
    public long? SortFieldId { get; init; }

    public bool Ascending { get; init; }
}

/// <param name="UserId">Null means leads that nobody owns.</param>
public readonly record struct OwnerFilter(long? UserId);
