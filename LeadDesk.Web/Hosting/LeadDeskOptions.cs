using LeadDesk.Analysis;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Meta;

namespace LeadDesk.Web.Hosting;

/// <summary>The settings of this process, checked. Read once on start by <see cref="OptionChecks"/>.</summary>
internal sealed record LeadDeskOptions
{
    /// <summary>Database, uploaded files, keys. An absolute path to a folder that can be written.</summary>
    public required string DataFolder { get; init; }

    public required string ConnectionString { get; init; }

    public DatabaseEngine Engine => Database.EngineOf(ConnectionString) ?? throw new InvalidOperationException("The connection string was not checked.");

    /// <summary>What links in e-mails start with; null means the first listening address.</summary>
    public Uri? PublicUrl { get; init; }

    public BootstrapOptions? Bootstrap { get; init; }

    public required LimitOptions Limits { get; init; }

    public required JobOptions Jobs { get; init; }

    public required AnalysisOptions Analysis { get; init; }

    public required MetaOptions Meta { get; init; }

    public required ConversationOptions Conversations { get; init; }

    public required LinkedInOptions LinkedIn { get; init; }

    public required IntakeOptions Intake { get; init; }

    /// <summary>Whether addresses that customers type may lie in the inner network.</summary>
    public bool OutboundToInnerNetwork { get; init; }

    /// <summary>Whether a reverse proxy's X-Forwarded-For and -Proto are believed.</summary>
    public bool BehindProxy { get; init; }
}

/// <summary>The first company, made on start while there is no user.</summary>
internal sealed record BootstrapOptions(string Company, string AdminEmail, string AdminPassword, string? ApiKey, string Region, string TimeZone);

internal sealed record LimitOptions
{
    /// <summary>Calls of the API per caller and hour, without those that <see cref="WebhookPerMinute"/> counts.</summary>
    public required int ApiPerHour { get; init; }

    /// <summary>Changes of many leads, per caller.</summary>
    public required int BulkPerHour { get; init; }

    /// <summary>Messages to <c>POST /api/webhook</c> per caller and minute.</summary>
    public required int WebhookPerMinute { get; init; }

    /// <summary>Largest request body, in KiB.</summary>
    public required int BodyKilobytes { get; init; }

    public long BodyBytes => BodyKilobytes * 1024L;

    /// <summary>Largest form or mail with files, in MiB.</summary>
    public required int UploadMegabytes { get; init; }

    public long UploadBytes => UploadMegabytes * 1024L * 1024L;
}

internal sealed record JobOptions(bool Enabled);
