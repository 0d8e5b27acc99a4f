using LeadDesk.Companies;

namespace LeadDesk.Access;

/// <summary>What somebody may do. More roles of the product's plan come with the work that needs them.</summary>
public enum Role
{
    /// <summary>Everything inside the company.</summary>
    Admin = 1,

    /// <summary>All leads, no settings that change access.</summary>
    Manager = 2,

    /// <summary>The leads they own.</summary>
    Salesperson = 3,

    /// <summary>A program: sends leads in, reads and changes leads through the API; cannot sign in.</summary>
    Integration = 7,
}

public sealed class User : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>Trimmed and case-folded; unique over all companies, because it is what one signs in with.</summary>
    public required string Email { get; set; }

    public Role Role { get; set; }

    /// <summary>Inactive people cannot sign in, get no leads and keep their history.</summary>
    public bool Active { get; set; } = true;

    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password, role or state; signs out every open session.</summary>
    public required string SecurityStamp { get; set; }

    public int FailedSignIns { get; set; }

    public DateTime? LockedUntil { get; set; }

    /// <summary>SHA-256 of the invitation's token while it waits to be accepted.</summary>
    public string? InvitationHash { get; set; }

    public DateTime? InvitedUntil { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? LastSignInAt { get; set; }
}

/// <summary>A program's key. Only its hash is kept.</summary>
public sealed class ApiKey : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>The user as whom the program acts.</summary>
    public long UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public required string Hash { get; set; }

    public required string LastFour { get; set; }

    public DateTime CreatedAt { get; set; }

    public long? CreatedById { get; set; }

    /// <summary>To the minute; not written on every call.</summary>
    public DateTime? LastUsedAt { get; set; }

    public DateTime? RevokedAt { get; set; }
}

/// <summary>Who changed what in settings and access. Leads have their own timeline.</summary>
public sealed class AuditEntry : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public DateTime At { get; set; }

    public long? ActorId { get; set; }

    /// <summary>A dotted word such as <c>user.role_changed</c>.</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to, as a person would name it.</summary>
    public required string Subject { get; set; }

    public string? Details { get; set; }
}
