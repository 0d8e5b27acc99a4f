using System.ComponentModel;
using System.Text.Json;
using LeadDesk.Intake.Import;

namespace LeadDesk.Web.Imports;

internal sealed record BadRowResponse(int Row, string Reason);

internal sealed record ImportChangeResponse(string Field, string? Before, string? After);

internal sealed record ImportSampleResponse(
    int Row, [property: Description("new, updated, joined, skipped, duplicate or rejected")] string Outcome, string? Name, string? Phone, string? Email, long? LeadId, string? Reason, IReadOnlyList<ImportChangeResponse> Changes);

internal sealed record UnknownValueResponse(string Column, string To, string Value, int Count);

internal sealed record ImportCountsResponse(
    int Rows,
    int New,
    int Updated,
    int Joined,
    [property: Description("Leads that are here and stay as they are.")] int Skipped,
    [property: Description("The same person as in an earlier row of the file.")] int Duplicate,
    int Rejected);

internal sealed record DryRunResponse(
    int Rows,
    int New,
    int Updated,
    int Joined,
    [property: Description("Leads that are here and stay as they are.")] int Skipped,
    [property: Description("The same person as in an earlier row of the file.")] int Duplicate,
    int Rejected,
    [property: Description("The first fifty rejected rows.")] IReadOnlyList<BadRowResponse> BadRows,
    [property: Description("A few rows of each outcome.")] IReadOnlyList<ImportSampleResponse> Sample,
    [property: Description("Stages and owners that are not known here; they are kept among the lead's answers.")] IReadOnlyList<UnknownValueResponse> UnknownValues,
    IReadOnlyList<string> NewTags,
    [property: Description("The part of the file that was looked at, 0 to 1.")] double Progress);

internal sealed record ImportFormatResponse(string Kind, string? Encoding, string? Separator, string? Sheet, IReadOnlyList<string> Sheets, int HeaderRow, IReadOnlyList<string> Columns);

internal sealed record ImportResponse(
    long Id,
    string FileName,
    long Size,
    [property: Description("checking, ready, running, done, cancelled, failed, reverting or reverted")] string State,
    ImportFormatResponse? Format,
    JsonElement? Mapping,
    DryRunResponse? DryRun,
    [property: Description("What the run has done so far; null before it began.")] ImportCountsResponse? Result,
    [property: Description("0 to 1 while something is under way.")] double? Progress,
    double? RowsPerSecond,
    double? SecondsLeft,
    string? Error,
    string? CreatedBy,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    DateTime? RevertedAt,
    [property: Description("Leads taken back by the revert.")] int Restored,
    [property: Description("Leads that somebody changed since and that the revert left, or moved to the trash.")] int NotRestored,
    IReadOnlyList<RevertLeftResponse> LeftAsIs,
    [property: Description("Where the rejected rows can be downloaded; null when there are none.")] string? RejectedUrl,
    int Version)
{
    public static ImportResponse Of(ImportView view, IReadOnlyList<RevertLeft> left) => new(
        view.Id, view.FileName, view.Size, ImportWords.State(view.State), FormatOf(view.Format), MappingOf(view.Rules), DryRunOf(view.DryRun), CountsOf(view.Result), ProgressOf(view), Round(view.RowsPerSecond), Round(view.SecondsLeft),
        view.Error, view.UserName, view.CreatedAt, view.StartedAt, view.FinishedAt, view.RevertedAt, view.Restored, view.NotRestored,
        [.. left.Select(static row => new RevertLeftResponse(row.Row > 0 ? row.Row : null, row.LeadId, row.Reason))], view.Result is { Rejected: > 0 } ? $"/api/v1/imports/{view.Id}/rejected" : null, view.Version);

    public static double? ProgressOf(ImportView view) => view.State switch
    {
        ImportState.Checking => view.DryRun?.Share ?? 0,
        ImportState.Running => view.DryRun is { Rows: > 0 } dryRun && view.Result is { } result ? Math.Round(Math.Min(1.0, (double)result.Rows / dryRun.Rows), 3) : 0,
        _ => null,
    };

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 1) : null;

    private static ImportFormatResponse? FormatOf(ImportFormat? format) =>
        format is null ? null : new(format.Kind, format.Encoding, format.Separator is '\t' ? "tab" : format.Separator?.ToString(), format.Sheet, format.Sheets, format.HeaderRow, format.Columns);

    private static JsonElement? MappingOf(ImportRules? rules)
    {
        if (rules is null)
            return null;
        using var json = JsonDocument.Parse(ImportMappingJson.Write(rules));
        return json.RootElement.Clone();
    }

    private static DryRunResponse? DryRunOf(ImportSummary? summary) => summary is null ? null : new(
        summary.Rows, summary.Added, summary.Updated, summary.Joined, summary.Skipped, summary.Duplicates, summary.Rejected,
        [.. summary.Samples.Where(static sample => sample.Outcome is "rejected").Select(static sample => new BadRowResponse(sample.Row, sample.Reason ?? ""))],
        [.. summary.Samples.Where(static sample => sample.Outcome is not "rejected").Select(static sample => new ImportSampleResponse(
            sample.Row, sample.Outcome, sample.Name, sample.Phone, sample.Email, sample.LeadId, sample.Reason, [.. sample.Changes.Select(static change => new ImportChangeResponse(change.Field, change.Before, change.After))]))],
        [.. summary.UnknownValues.Select(static value => new UnknownValueResponse(value.Column, value.Target, value.Value, value.Count))], summary.NewTags, Math.Round(summary.Share, 3));

    private static ImportCountsResponse? CountsOf(ImportResult? result) =>
        result is null ? null : new(result.Rows, result.Added, result.Updated, result.Joined, result.Skipped, result.Duplicates, result.Rejected);
}

/// <param name="Row">Null for a lead that the import had made.</param>
internal sealed record RevertLeftResponse(int? Row, long? LeadId, string Reason);

internal sealed record ImportListItemResponse(long Id, string FileName, long Size, string State, int Rows, int Done, int New, int Updated, int Joined, int Skipped, int Rejected, string? CreatedBy, DateTime CreatedAt);

internal sealed record ImportListResponse(IReadOnlyList<ImportListItemResponse> Imports, [property: Description("Null on the last page.")] string? NextCursor);

internal sealed record SavedMappingResponse(long Id, string Name, DateTime SavedAt);

internal sealed record SavedMappingListResponse(IReadOnlyList<SavedMappingResponse> Mappings);
