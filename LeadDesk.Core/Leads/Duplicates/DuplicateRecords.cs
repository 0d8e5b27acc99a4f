using LeadDesk.Companies;

namespace LeadDesk.Leads.Duplicates;

public enum DuplicateState
{
    Open = 0,

    /// <summary>Somebody said they are two people.</summary>
    Dismissed = 1,
}

public enum ScanState
{
    Waiting = 0,
    Running = 1,
    Done = 2,
    Cancelled = 3,
    Failed = 4,
}

/// <summary>One search for duplicates among all leads of a company.</summary>
public sealed class DuplicateScan : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long UserId { get; set; }

    public ScanState State { get; set; }

    /// <summary>0 to 100: pairs below it are not kept.</summary>
    public int Threshold { get; set; }

    public int Leads { get; set; }

    /// <summary>How many leads have been compared.</summary>
    public int Done { get; set; }

    public int Pairs { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    public bool CancelAsked { get; set; }

    public string? Error { get; set; }
}

/// <summary>Leads that were joined into one, and what is needed to take them apart again.</summary>
public sealed class LeadMerge : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>The lead that stayed.</summary>
    public long LeadId { get; set; }

    public long UserId { get; set; }

    public DateTime At { get; set; }

    /// <summary>Fields before and after, and which rows came from which lead, as JSON.</summary>
    public required string Before { get; set; }

    public DateTime? UndoneAt { get; set; }

    public long? UndoneById { get; set; }
}

/// <summary>A lead that went into another.</summary>
public sealed class MergedLead : ICompanyOwned
{
    public long MergeId { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }
}
