using LeadDesk.Companies;

namespace LeadDesk.Leads;

/// <summary>What a token takes back.</summary>
public enum UndoKind
{
    /// <summary>A <see cref="Bulk.BulkChange"/>.</summary>
    Bulk = 1,

    /// <summary>A <see cref="Duplicates.LeadMerge"/>.</summary>
    Merge = 2,
}

/// <summary>A token by which a change can be taken back for a while, once.</summary>
public sealed class UndoEntry : ICompanyOwned
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string TokenHash { get; set; }

    public long CompanyId { get; set; }

    public UndoKind Kind { get; set; }

    /// <summary>The change's id.</summary>
    public long SubjectId { get; set; }

    /// <summary>Who made the change; he and whoever may see all leads can take it back.</summary>
    public long UserId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ExpiresAt { get; set; }

    public DateTime? UsedAt { get; set; }
}
