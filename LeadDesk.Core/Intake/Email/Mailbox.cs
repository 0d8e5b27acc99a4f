using LeadDesk.Companies;

namespace LeadDesk.Intake.Email;

/// <summary>An address that takes mails from a relay (Postmark, Mailgun, SendGrid) or raw ones.</summary>
public sealed class Mailbox : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>The last part of its address, at least 128 random bits. Whoever knows it may send.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    /// <summary>Of phones written nationally; null means the company's.</summary>
    public string? Region { get; set; }

    /// <summary><see cref="Mapping.FieldMapping"/> as JSON, for contact-form mails; null: all guessed.</summary>
    public string? Mapping { get; set; }

    /// <summary>Encrypted: Mailgun's signing key. Null: no signature is asked for.</summary>
    public string? SigningKey { get; set; }

    /// <summary>A JSON list of user ids, see <see cref="Meta.MetaConnection.OwnerIds"/>.</summary>
    public string? OwnerIds { get; set; }

    public bool Active { get; set; } = true;

    public DateTime CreatedAt { get; set; }

    public int Version { get; set; } = 1;
}
