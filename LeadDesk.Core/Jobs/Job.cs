namespace LeadDesk.Jobs;

public enum JobState
{
    Ready = 0,
    Running = 1,

    /// <summary>Failed too often; waits for a person.</summary>
    Parked = 2,
}

/// <summary>
/// Work that must survive: a row written in the transaction of its cause. Finished jobs are deleted.
/// Not company-filtered, because the runner works for all; <see cref="CompanyId"/> says for whom it acts.
/// </summary>
public sealed class Job
{
    public long Id { get; set; }

    /// <summary>Null for work of the installation itself.</summary>
    public long? CompanyId { get; set; }

    /// <summary>Names the handler, such as <c>analysis.refine</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Ids and options as JSON; never personal data.</summary>
    public string? Payload { get; set; }

    /// <summary>At most one unfinished job with the same kind and key; null for any number.</summary>
    public string? UniqueKey { get; set; }

    public JobState State { get; set; }

    public DateTime RunAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>While running: when the claim ends and another runner may take it.</summary>
    public DateTime? ClaimedUntil { get; set; }

    /// <summary>Which process claimed it.</summary>
    public string? ClaimedBy { get; set; }

    public string? LastError { get; set; }

    public DateTime CreatedAt { get; set; }
}
