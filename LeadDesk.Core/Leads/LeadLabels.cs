using LeadDesk.Companies;

namespace LeadDesk.Leads;

/// <summary>A word the company marks leads with.</summary>
public sealed class Tag : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>The name folded; unique inside the company.</summary>
    public required string NameKey { get; set; }

    /// <summary>One of <see cref="Palette"/>'s words.</summary>
    public string? Colour { get; set; }
}

/// <summary>A lead has a tag.</summary>
public sealed class LeadTag : ICompanyOwned
{
    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long TagId { get; set; }
}

/// <summary>Why a deal was not made, one of the company's own list.</summary>
public sealed class LostReason : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>Order, from 1.</summary>
    public int Position { get; set; }

    /// <summary>Not offered any more; leads that have it keep it.</summary>
    public DateTime? ArchivedAt { get; set; }

    private static readonly string[] DefaultNames = ["Price", "No answer", "Chose somebody else", "Not a fit", "Bad timing"];

    /// <summary>What a new company begins with.</summary>
    public static IReadOnlyList<LostReason> Defaults(long companyId) =>
        [.. DefaultNames.Select((name, index) => new LostReason { CompanyId = companyId, Name = name, Position = index + 1 })];
}

/// <summary>Somebody who works on a lead beside its owner, and sees it.</summary>
public sealed class LeadHelper : ICompanyOwned
{
    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long UserId { get; set; }

    public DateTime Since { get; set; }
}

/// <summary>
/// What the indexer notes of a lead's rarer facts behind every change, so that lists find a city or a campaign among a
/// million leads while the intake pays nothing for it. Derived: it may be a moment behind.
/// </summary>
public sealed class LeadFacet : ICompanyOwned
{
    public long CompanyId { get; set; }

    /// <summary>Which fact.</summary>
    public int Facet { get; set; }

    /// <summary>The value folded, as long as a sort key.</summary>
    public required string Key { get; set; }

    public long LeadId { get; set; }
}

/// <summary>That a lead left the house in a file. Apart from the lead, because a million of them are marked at once.</summary>
public sealed class ExportMark : ICompanyOwned
{
    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    /// <summary>The last time.</summary>
    public DateTime At { get; set; }
}

/// <summary>A list that somebody keeps: which leads, in what order, with which columns.</summary>
public sealed class SavedView : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>Who made it. Others see it when it is shared.</summary>
    public long UserId { get; set; }

    public required string Name { get; set; }

    public bool Shared { get; set; }

    /// <summary>Stands as a tab above the list.</summary>
    public bool Pinned { get; set; }

    /// <summary>The list's address after the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Columns with order and widths as JSON; null for the person's own.</summary>
    public string? Columns { get; set; }

    /// <summary>Order, from 1.</summary>
    public int Position { get; set; }

    public int Version { get; set; }
}

/// <summary>What somebody has arranged for himself, such as the columns of a list.</summary>
public sealed class UserPreference : ICompanyOwned
{
    public long CompanyId { get; set; }

    public long UserId { get; set; }

    public required string Key { get; set; }

    /// <summary>JSON.</summary>
    public required string Value { get; set; }
}

/// <summary>An address by which anybody who has it may read one lead.</summary>
public sealed class LeadShare : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    /// <summary>SHA-256 of the address's token; the token itself is shown once.</summary>
    public required string TokenHash { get; set; }

    public long CreatedById { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ExpiresAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    /// <summary>Phone, e-mail and messages are shown too.</summary>
    public bool WithContact { get; set; }

    public int Views { get; set; }

    public DateTime? LastViewedAt { get; set; }
}
