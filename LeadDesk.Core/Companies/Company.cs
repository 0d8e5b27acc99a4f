namespace LeadDesk.Companies;

/// <summary>A customer of this installation. Everything else belongs to exactly one company.</summary>
public sealed class Company
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>ISO 3166 alpha-2: the region of phone numbers written nationally.</summary>
    public required string Region { get; set; }

    /// <summary>IANA name; the days of counters and reports are days of this zone.</summary>
    public required string TimeZone { get; set; }

    /// <summary>ISO 4217: what deals and services are priced in.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Within how many minutes a new lead should get its first response. 1 to 10,080 (a week).</summary>
    public int ResponseGoalMinutes { get; set; } = 15;

    /// <summary>The scoring weights as JSON, or null for the defaults.</summary>
    public string? ScoringProfile { get; set; }

    /// <summary>Who got the last lead of the round-robin. The row doubles as the company's intake lock on PostgreSQL.</summary>
    public long? LastAssignedUserId { get; set; }

    public DateTime CreatedAt { get; set; }

    public int Version { get; set; }
}
