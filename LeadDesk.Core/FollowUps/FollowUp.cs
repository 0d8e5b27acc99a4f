using LeadDesk.Companies;

namespace LeadDesk.FollowUps;

public enum FollowUpKind
{
    Call = 0,
    Email = 1,
    Message = 2,
    Meeting = 3,
    Task = 4,
}

/// <summary>Something to do for a lead at a time.</summary>
public sealed class FollowUp : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    /// <summary>Whose it is.</summary>
    public long UserId { get; set; }

    public FollowUpKind Kind { get; set; }

    public DateTime DueAt { get; set; }

    /// <summary>What is to be done; may be empty.</summary>
    public string? Text { get; set; }

    public long CreatedById { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? DoneAt { get; set; }

    public long? DoneById { get; set; }
}
