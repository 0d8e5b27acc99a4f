using LeadDesk.Companies;

namespace LeadDesk.Intake.Meta;

public enum MetaConnectionState
{
    Active = 0,

    /// <summary>Switched off by a person.</summary>
    Paused = 1,

    /// <summary>Token or permission is gone; only a person can help. No more calls until somebody does.</summary>
    NeedsReconnect = 2,
}

/// <summary>Access to one Facebook page and the lead forms on it.</summary>
public sealed class MetaConnection : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string PageId { get; set; }

    public string? PageName { get; set; }

    /// <summary>A JSON list of form ids; null means all forms of the page, new ones too.</summary>
    public string? FormIds { get; set; }

    /// <summary>Encrypted.</summary>
    public required string AccessToken { get; set; }

    /// <summary>The token's last four characters, for people to tell it by.</summary>
    public required string AccessTokenEnd { get; set; }

    /// <summary>Null: by Meta's word it does not run out, or nobody asked yet.</summary>
    public DateTime? TokenExpiresAt { get; set; }

    /// <summary>Encrypted; null means the installation's.</summary>
    public string? AppSecret { get; set; }

    /// <summary>Encrypted; null means the installation's.</summary>
    public string? VerifyToken { get; set; }

    public int IntervalSeconds { get; set; } = 300;

    /// <summary>A JSON list of user ids: one person, or several who take turns. Null: the company's rules.</summary>
    public string? OwnerIds { get; set; }

    /// <summary><see cref="Mapping.FieldMapping"/> as JSON; null: all guessed.</summary>
    public string? Mapping { get; set; }

    /// <summary>Of phones written nationally; null means the company's.</summary>
    public string? Region { get; set; }

    public MetaConnectionState State { get; set; }

    /// <summary>Why it stands still or the last run failed, with the way out, for people. Null when all is well.</summary>
    public string? LastError { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? LastSyncAt { get; set; }

    /// <summary>When the next run is due.</summary>
    public DateTime NextRunAt { get; set; }

    public DateTime? LastGapCheckAt { get; set; }

    /// <summary>When a lead last came in by push; null: never.</summary>
    public DateTime? LastPushAt { get; set; }

    /// <summary>Data set that qualified and won stages are sent to; null: switched off.</summary>
    public string? ConversionsDatasetId { get; set; }

    /// <summary>Timeline entries up to here have been looked at for <see cref="ConversionsDatasetId"/>.</summary>
    public long ConversionsUpTo { get; set; }

    public int Version { get; set; } = 1;
}

/// <summary>One lead form of a connection and how far it has been read.</summary>
public sealed class MetaForm : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long ConnectionId { get; set; }

    public required string FormId { get; set; }

    public string? Name { get; set; }

    /// <summary>Meta's word: <c>ACTIVE</c>, <c>ARCHIVED</c>, <c>DELETED</c>, <c>DRAFT</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Meta's questions as JSON, for the mapping page and for noticing changes.</summary>
    public string? Questions { get; set; }

    /// <summary>All leads made up to here are stored.</summary>
    public DateTime? Watermark { get; set; }

    /// <summary>Inside a run: where the next page starts, so that a crash goes on there.</summary>
    public string? Cursor { get; set; }

    /// <summary>Inside a run: from when it reads.</summary>
    public DateTime? CursorSince { get; set; }

    /// <summary>Inside a run: the newest lead seen; the watermark when the run ends.</summary>
    public DateTime? CursorNewest { get; set; }

    public DateTime? LastLeadAt { get; set; }

    public string? LastError { get; set; }
}

/// <summary>One run of a connection.</summary>
public sealed class MetaRun : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long ConnectionId { get; set; }

    /// <summary><c>schedule</c>, <c>manual</c>, <c>backfill</c>, <c>gap</c>.</summary>
    public required string Trigger { get; set; }

    public DateTime StartedAt { get; set; }

    /// <summary>Null while it runs.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Leads that Meta gave.</summary>
    public int Found { get; set; }

    public int New { get; set; }

    /// <summary>Submissions of people who were leads already.</summary>
    public int Joined { get; set; }

    /// <summary>Submissions that were here already.</summary>
    public int Repeated { get; set; }

    /// <summary>Kept, but could not be made a lead.</summary>
    public int Bad { get; set; }

    /// <summary>How many leads Meta says the forms hold, for the progress of a backfill; null when unknown.</summary>
    public int? Expected { get; set; }

    /// <summary>Milliseconds spent waiting for Meta.</summary>
    public long NetworkMs { get; set; }

    public string? Error { get; set; }
}

/// <summary>One form and day of the gap check: Meta's count beside ours.</summary>
public sealed class MetaGapDay : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long ConnectionId { get; set; }

    public required string FormId { get; set; }

    /// <summary>Day as yyyymmdd in the company's time zone.</summary>
    public int Day { get; set; }

    public int AtMeta { get; set; }

    /// <summary>Here before missing ones were fetched.</summary>
    public int Here { get; set; }

    public int Fetched { get; set; }

    public DateTime CheckedAt { get; set; }
}

/// <summary>A stage that is told to Meta. One row for each timeline entry: nobody is told twice.</summary>
public sealed class MetaConversion : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long ConnectionId { get; set; }

    public long TimelineEntryId { get; set; }

    public long LeadId { get; set; }

    /// <summary>The stage's name as it was.</summary>
    public required string EventName { get; set; }

    public DateTime EventAt { get; set; }

    /// <summary>Null until Meta took it.</summary>
    public DateTime? SentAt { get; set; }

    public string? Error { get; set; }
}
