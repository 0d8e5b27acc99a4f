using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Intake.Mapping;
using LeadDesk.Intake.Meta;

namespace LeadDesk.Web.Meta;

/// <summary>The body of POST and PATCH, as it is described; see <see cref="MetaConnectionReader"/>.</summary>
internal sealed record MetaConnectionRequest(
    [property: Description("The Facebook page's id.")] string? PageId,
    [property: Description("Null or empty: all forms of the page, new ones too.")] IReadOnlyList<string>? FormIds,
    [property: Description("Kept encrypted, never answered back.")] string? AccessToken,
    [property: Description("5 to 86400; 300 by default.")] int? IntervalSeconds,
    [property: Description("ISO 3166 alpha-2 for phones written nationally; null: the company's.")] string? Region,
    [property: Description("False switches it off; true also has one that stood still try again.")] bool? Active,
    [property: Description("User ids: one person, or several who take turns. Empty: the company's rules.")] IReadOnlyList<long>? Owners,
    [property: Description("{\"fields\":{\"question\":\"field\"},\"constants\":{\"campaign\":\"…\"}}; what is not named is guessed.")] JsonElement? Mapping,
    [property: Description("Signs pushes; null: the installation's.")] string? AppSecret,
    [property: Description("Answers Meta's handshake; null: the installation's.")] string? VerifyToken,
    [property: Description("Data set that qualified and won stages are sent to; null: none.")] string? ConversionsDatasetId);

internal sealed record MetaConnectionResponse(
    long Id,
    string PageId,
    string? PageName,
    [property: Description("Null: all forms of the page.")] IReadOnlyList<string>? FormIds,
    [property: Description("The token's last characters.")] string AccessTokenEnd,
    [property: Description("Null when it does not run out, or nobody asked yet.")] DateTime? TokenExpiresAt,
    int IntervalSeconds,
    string? Region,
    IReadOnlyList<long> Owners,
    JsonElement Mapping,
    bool Active,
    [property: Description("active, paused or needs_reconnect.")] string State,
    [property: Description("What is wrong and the way out; null when all is well.")] string? LastError,
    DateTime CreatedAt,
    DateTime? LastSyncAt,
    DateTime NextRunAt,
    DateTime? LastGapCheckAt,
    DateTime? LastPushAt,
    bool HasAppSecret,
    bool HasVerifyToken,
    string? ConversionsDatasetId,
    int Version)
{
    public static MetaConnectionResponse Of(MetaConnectionView view) => new(
        view.Id,
        view.PageId,
        view.PageName,
        view.FormIds.Count is 0 ? null : view.FormIds,
        view.AccessTokenEnd,
        view.TokenExpiresAt,
        view.IntervalSeconds,
        view.Region,
        view.Owners,
        JsonElement.Parse(FieldMappingJson.Write(view.Mapping)),
        view.State is not MetaConnectionState.Paused,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(view.State.ToString()),
        view.LastError,
        view.CreatedAt,
        view.LastSyncAt,
        view.NextRunAt,
        view.LastGapCheckAt,
        view.LastPushAt,
        view.HasAppSecret,
        view.HasVerifyToken,
        view.ConversionsDatasetId,
        view.Version);
}

internal sealed record MetaConnectionListResponse(IReadOnlyList<MetaConnectionResponse> Connections, [property: Description("Null on the last page.")] string? NextCursor);

internal sealed record MetaRunResponse(
    long Id,
    [property: Description("schedule, manual, backfill or gap.")] string Trigger,
    [property: Description("running, done or failed.")] string State,
    DateTime StartedAt,
    DateTime? EndedAt,
    [property: Description("Null while it runs.")] long? DurationMs,
    [property: Description("Of it spent waiting for Meta.")] long NetworkMs,
    [property: Description("Leads that Meta gave.")] int Found,
    int New,
    [property: Description("Submissions of people who were leads already.")] int Joined,
    [property: Description("Submissions that were here already.")] int Repeated,
    [property: Description("Kept, but could not be made a lead.")] int Bad,
    [property: Description("Leads the forms hold by Meta's word, for progress.")] int? Expected,
    string? Error)
{
    public static MetaRunResponse Of(MetaRun run) => new(
        run.Id,
        run.Trigger,
        run.EndedAt is null ? "running" : run.Error is null ? "done" : "failed",
        run.StartedAt,
        run.EndedAt,
        run.EndedAt is { } ended ? (long)(ended - run.StartedAt).TotalMilliseconds : null,
        run.NetworkMs,
        run.Found,
        run.New,
        run.Joined,
        run.Repeated,
        run.Bad,
        run.Expected,
        run.Error);
}

internal sealed record MetaRunListResponse(IReadOnlyList<MetaRunResponse> Runs, [property: Description("Null on the last page.")] string? NextCursor);

internal sealed record MetaRunStartResponse(
    [property: Description("False when a run waits or runs already, which will do.")] bool Queued, [property: Description("The run under way; null when it has not begun yet.")] MetaRunResponse? Run);

internal sealed record MetaGapResponse(
    string FormId,
    [property: Description("yyyy-mm-dd in the company's time zone.")] string Day,
    int AtMeta,
    [property: Description("Before missing ones were fetched.")] int Here,
    int Fetched,
    [property: Description("Still missing.")] int Missing,
    DateTime CheckedAt)
{
    public static MetaGapResponse Of(MetaGapDay day) => new(
        day.FormId,
        string.Create(CultureInfo.InvariantCulture, $"{day.Day / 10000:0000}-{day.Day / 100 % 100:00}-{day.Day % 100:00}"),
        day.AtMeta,
        day.Here,
        day.Fetched,
        Math.Max(0, day.AtMeta - day.Here - day.Fetched),
        day.CheckedAt);
}

internal sealed record MetaGapListResponse(IReadOnlyList<MetaGapResponse> Gaps, [property: Description("Null on the last page.")] string? NextCursor);

internal sealed record MetaFormResponse(
    string FormId,
    string? Name,
    string? Status,
    IReadOnlyList<MetaQuestion> Questions,
    [property: Description("All leads made up to here are stored.")] DateTime? ReadUpTo,
    DateTime? LastLeadAt,
    string? LastError)
{
    public static MetaFormResponse Of(MetaForm form) =>
        new(form.FormId, form.Name, form.Status, MetaQuestions.Read(form.Questions), form.Watermark, form.LastLeadAt, form.LastError);
}

internal sealed record MetaFormListResponse(IReadOnlyList<MetaFormResponse> Forms);

internal sealed record MetaTestBody(
    [property: Description("Has Meta make a test lead.")] bool? TestLead,
    [property: Description("In this form; without it in the connection's first.")] string? FormId,
    [property: Description("Has Meta push the page's leads from now on.")] bool? Subscribe);

internal sealed record MetaTestResponse(
    bool Ok,
    string? PageName,
    bool? TokenValid,
    DateTime? TokenExpiresAt,
    IReadOnlyList<string> MissingPermissions,
    bool? Subscribed,
    int? Forms,
    string? TestLeadId,
    [property: Description("Sentences with the way out.")] IReadOnlyList<string> Problems)
{
    public static MetaTestResponse Of(MetaTestResult result) => new(
        result.AllWell, result.PageName, result.TokenValid, result.TokenExpiresAt, result.MissingPermissions, result.Subscribed, result.Forms, result.TestLeadId, result.Problems);
}
