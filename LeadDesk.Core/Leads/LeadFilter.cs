using LeadDesk.Analysis;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

public enum LeadSort
{
    /// <summary>By arrival.</summary>
    Created,
    Score,
    Name,
    Activity,

    /// <summary>By the end of the response goal.</summary>
    Response,
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

    public LeadSort Sort { get; init; }

    public bool Ascending { get; init; }
}

/// <param name="UserId">Null means leads that nobody owns.</param>
public readonly record struct OwnerFilter(long? UserId);
