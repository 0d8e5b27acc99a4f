using LeadDesk.Companies;

namespace LeadDesk.Notifications;

/// <summary>
/// Something the admins must know until it is over: a connection that stopped, a form that changed. At most one stands open
/// for a kind and subject, so nobody is told twice.
/// </summary>
public sealed class Notice : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>What it is about, such as <c>meta.token</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Which one, such as a connection's id.</summary>
    public required string Subject { get; set; }

    /// <summary>What happened, what is safe, what to do.</summary>
    public required string Text { get; set; }

    /// <summary>The page where it can be put right.</summary>
    public string? Link { get; set; }

    public DateTime At { get; set; }

    /// <summary>Set when it is over, or somebody put it aside.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>Null when it ended by itself.</summary>
    public long? ClosedById { get; set; }
}
