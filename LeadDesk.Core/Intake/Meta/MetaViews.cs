using LeadDesk.Common;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Meta;

/// <summary>A connection as admins see it; its secrets are never shown again.</summary>
/// <param name="FormIds">Empty: all forms of the page, new ones too.</param>
/// <param name="Owners">Who gets the leads: one person, or several who take turns. Empty: the company's rules.</param>
/// <param name="LastError">With the way out; null when all is well.</param>
/// <param name="ConversionsDatasetId">Null: stages are not told to Meta.</param>
public sealed record MetaConnectionView(
    long Id,
    string PageId,
    string? PageName,
    IReadOnlyList<string> FormIds,
    string AccessTokenEnd,
    DateTime? TokenExpiresAt,
    bool HasAppSecret,
    bool HasVerifyToken,
    int IntervalSeconds,
    string? Region,
    IReadOnlyList<long> Owners,
    FieldMapping Mapping,
    MetaConnectionState State,
    string? LastError,
    DateTime CreatedAt,
    DateTime? LastSyncAt,
    DateTime NextRunAt,
    DateTime? LastGapCheckAt,
    DateTime? LastPushAt,
    string? ConversionsDatasetId,
    int Version)
{
    internal static MetaConnectionView Of(MetaConnection row) => new(
        row.Id,
        row.PageId,
        row.PageName,
        JsonList.Read<string>(row.FormIds),
        row.AccessTokenEnd,
        row.TokenExpiresAt,
        row.AppSecret is not null,
        row.VerifyToken is not null,
        row.IntervalSeconds,
        row.Region,
        JsonList.Read<long>(row.OwnerIds),
        FieldMappingJson.Read(row.Mapping),
        row.State,
        row.LastError,
        row.CreatedAt,
        row.LastSyncAt,
        row.NextRunAt,
        row.LastGapCheckAt,
        row.LastPushAt,
        row.ConversionsDatasetId,
        row.Version);
}

/// <summary>What to set or change of a connection. Null stays as it is; an empty text or list clears.</summary>
public sealed record MetaConnectionChange
{
    public string? PageId { get; init; }

    public IReadOnlyList<string>? FormIds { get; init; }

    public string? AccessToken { get; init; }

    public string? AppSecret { get; init; }

    public string? VerifyToken { get; init; }

    /// <summary>5 to 86,400.</summary>
    public int? IntervalSeconds { get; init; }

    public string? Region { get; init; }

    public IReadOnlyList<long>? Owners { get; init; }

    public FieldMapping? Mapping { get; init; }

    /// <summary>True also has a connection that stood still try again.</summary>
    public bool? Active { get; init; }

    public string? ConversionsDatasetId { get; init; }

    /// <summary>As read; a change of an older version is refused. Null: whatever it is.</summary>
    public int? Version { get; init; }
}

/// <param name="Queued">False when a run waits or runs already, which will do.</param>
/// <param name="Running">The run that is under way.</param>
public sealed record MetaRunStart(bool Queued, MetaRun? Running);

/// <summary>What a test of a connection found.</summary>
/// <param name="PageName">Null when the token does not see the page.</param>
/// <param name="TokenExpiresAt">Null when it does not run out, or Meta does not tell.</param>
/// <param name="MissingPermissions">Those that Meta says the token lacks.</param>
/// <param name="Subscribed">Whether Meta pushes the page's leads; null when it does not tell.</param>
/// <param name="Forms">How many lead forms the page has; null when the token does not see them.</param>
/// <param name="TestLeadId">Of the test lead that was made; it arrives like any other.</param>
/// <param name="Problems">Sentences with the way out; empty when all is well.</param>
public sealed record MetaTestResult(
    string? PageName, bool? TokenValid, DateTime? TokenExpiresAt, IReadOnlyList<string> MissingPermissions, bool? Subscribed, int? Forms, string? TestLeadId, IReadOnlyList<string> Problems)
{
    public bool AllWell => Problems.Count is 0;
}

/// <param name="MakeTestLead">Has Meta make a test lead in <paramref name="FormId"/>, or in the connection's first form.</param>
/// <param name="Subscribe">Has Meta push the page's leads from now on.</param>
public sealed record MetaTestRequest(bool MakeTestLead = false, string? FormId = null, bool Subscribe = false);
