using LeadDesk.Companies;

namespace LeadDesk.Intake.Forms;

/// <summary>An address that takes the submissions of one website form, form service or ad platform.</summary>
public sealed class FormSource : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>The last part of its address, at least 128 random bits. Whoever knows it may send.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    /// <summary>Of phones written nationally; null means the company's.</summary>
    public string? Region { get; set; }

    /// <summary><see cref="Mapping.FieldMapping"/> as JSON; null: all guessed.</summary>
    public string? Mapping { get; set; }

    /// <summary>Where browsers are sent afterwards; null answers 200.</summary>
    public string? Redirect { get; set; }

    /// <summary>A JSON list of origins whose pages may send; null allows all.</summary>
    public string? AllowedOrigins { get; set; }

    /// <summary>Encrypted: the key of a platform's signature (Typeform, Tally, TikTok, LinkedIn) or Google's <c>google_key</c>. Null: none is asked for.</summary>
    public string? Secret { get; set; }

    /// <summary>Encrypted: for platforms that only name the lead (LinkedIn), to fetch it with.</summary>
    public string? AccessToken { get; set; }

    /// <summary>A JSON list of user ids, see <see cref="Meta.MetaConnection.OwnerIds"/>.</summary>
    public string? OwnerIds { get; set; }

    public bool Active { get; set; } = true;

    public DateTime CreatedAt { get; set; }

    public int Version { get; set; } = 1;
}

/// <summary>Fetches the submissions of a form plug-in that offers them over HTTP. Its leads are those of the form source.</summary>
public sealed class FormPull : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long FormSourceId { get; set; }

    /// <summary>The site's address, such as <c>https://example.com</c>.</summary>
    public required string Url { get; set; }

    /// <summary>Encrypted: <c>key:secret</c> for Basic, or a token.</summary>
    public string? Credentials { get; set; }

    /// <summary>A JSON list of the plug-in's form ids.</summary>
    public required string FormIds { get; set; }

    public int IntervalSeconds { get; set; } = 300;

    public DateTime NextRunAt { get; set; }

    /// <summary>By form id the newest entry that is stored, as JSON.</summary>
    public string? Watermarks { get; set; }

    public DateTime? LastRunAt { get; set; }

    public string? LastError { get; set; }
}
