using LeadDesk.Companies;

namespace LeadDesk.Intake.Conversations;

/// <summary>A business account on WhatsApp, Instagram or Messenger. One for each company and channel.</summary>
public sealed class ChannelConnection : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary><see cref="InboundSources.WhatsApp"/>, <see cref="InboundSources.Instagram"/> or <see cref="InboundSources.Messenger"/>.</summary>
    public required string Channel { get; set; }

    /// <summary>The phone number id, Instagram account id or page id that events name; null takes all of them.</summary>
    public string? AccountId { get; set; }

    /// <summary>Encrypted; null: media and profiles cannot be fetched.</summary>
    public string? AccessToken { get; set; }

    public string? AccessTokenEnd { get; set; }

    /// <summary>Encrypted; null means the installation's.</summary>
    public string? AppSecret { get; set; }

    /// <summary>Encrypted. Made by us, pasted at Meta.</summary>
    public required string VerifyToken { get; set; }

    public string? Region { get; set; }

    public string? OwnerIds { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>When Meta asked for the verify token with success; null: never.</summary>
    public DateTime? VerifiedAt { get; set; }

    public DateTime? FirstEventAt { get; set; }

    public int Version { get; set; } = 1;
}
