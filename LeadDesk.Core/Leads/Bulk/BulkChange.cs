using LeadDesk.Companies;

namespace LeadDesk.Leads.Bulk;

public enum BulkState
{
    Waiting = 0,
    Running = 1,
    Done = 2,
    Cancelled = 3,
    Failed = 4,

    /// <summary>Being taken back.</summary>
    Undoing = 5,
    Undone = 6,
}

/// <summary>One change of many leads: what was asked, how far it is, and what is needed to take it back.</summary>
public sealed class BulkChange : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long UserId { get; set; }

    /// <summary>Status, assign, tag, …</summary>
    public required string Action { get; set; }

    /// <summary>The whole request as JSON: action, value, ids or filter. No personal data besides what a filter names.</summary>
    public required string Request { get; set; }

    public BulkState State { get; set; }

    /// <summary>How many leads it is about; known once they are gathered.</summary>
    public int Total { get; set; }

    public int Changed { get; set; }

    public int Skipped { get; set; }

    /// <summary>Undone again, and left because somebody changed them since.</summary>
    public int Restored { get; set; }

    public int NotRestored { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    public DateTime? UndoneAt { get; set; }

    /// <summary>Somebody asked to stop; what is done stays.</summary>
    public bool CancelAsked { get; set; }

    /// <summary>Why it failed, in words.</summary>
    public string? Error { get; set; }
}

public enum BulkItemState
{
    Waiting = 0,
    Changed = 1,
    Skipped = 2,
    Restored = 3,

    /// <summary>Changed since, so the undo left it.</summary>
    NotRestored = 4,
}

/// <summary>One lead of a bulk change.</summary>
public sealed class BulkItem : ICompanyOwned
{
    public long BulkId { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public BulkItemState State { get; set; }

    /// <summary>Why it was skipped or not restored.</summary>
    public string? Reason { get; set; }

    /// <summary>What the change replaced, as JSON.</summary>
    public string? Before { get; set; }

    /// <summary>The lead's version after the change.</summary>
    public int Version { get; set; }
}
