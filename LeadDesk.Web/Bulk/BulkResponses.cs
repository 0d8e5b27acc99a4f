using System.ComponentModel;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Leads.Bulk;

namespace LeadDesk.Web.Bulk;

/// <summary>What <c>POST /api/v1/leads/bulk</c> takes, as the API's description shows it.</summary>
internal sealed record BulkBodyShape
{
    [Description("status, assign, tag, untag, field, follow_up, helper, delete or restore.")]
    public required string Action { get; init; }

    [Description("The leads' ids, at most 1,000,000. Either these or a filter.")]
    public IReadOnlyList<long>? Ids { get; init; }

    [Description("The words of GET /api/v1/leads, such as {\"quality\":\"HOT\",\"owner\":\"none\"}; {} is all leads.")]
    public JsonElement? Filter { get; init; }

    [Description("Ids of leads that the filter finds but that stay as they are.")]
    public IReadOnlyList<long>? Except { get; init; }

    [Description("status: a stage's name or id. assign: a user's id, \"me\", a list to take turns, or null. tag, untag: a tag's name or id. field: the new value or null. helper: a user's id.")]
    public JsonElement? Value { get; init; }

    [Description("field: the field's word, such as city, or a custom field's key.")]
    public string? Field { get; init; }

    [Description("status: why, for a lost stage; a name or an id.")]
    public string? LostReason { get; init; }

    [Description("status: stands on the timeline.")]
    public string? Comment { get; init; }

    [Description("delete: why.")]
    public string? Reason { get; init; }

    [Description("follow_up: call, email, message, meeting or task.")]
    public string? Kind { get; init; }

    [Description("follow_up: when it is due.")]
    public DateTime? DueAt { get; init; }

    [Description("follow_up: whose it is; each lead's owner without it.")]
    public long? AssigneeId { get; init; }

    [Description("follow_up: what is to be done.")]
    public string? Text { get; init; }
}

/// <summary>A lead that stayed as it is.</summary>
internal sealed record LeftLead(long Id, string Reason);

/// <param name="UndoToken">For POST /api/v1/undo/{token}; null when nothing was changed.</param>
internal sealed record BulkResponse(long Id, int Changed, IReadOnlyList<LeftLead> Skipped, string? UndoToken);

internal sealed record BulkStartedResponse(long Id, string Url, int Total, int Changed, IReadOnlyList<LeftLead> Skipped, string? UndoToken);

internal sealed record UndoResponse(int Restored, IReadOnlyList<LeftLead> NotRestored);

internal sealed record UndoStartedResponse(long Id, string Url);

/// <param name="State">waiting, running, done, cancelled, failed, undoing or undone.</param>
/// <param name="PerSecond">Leads in a second so far.</param>
/// <param name="SecondsLeft">At this rate.</param>
/// <param name="Skipped">How many; <see cref="Left"/> lists them in pages, or those that an undo left.</param>
internal sealed record BulkStateResponse(
    long Id, string Action, string State, int Total, int Changed, int Skipped, int Restored, int NotRestored, double? PerSecond, double? SecondsLeft,
    DateTime CreatedAt, DateTime? FinishedAt, string? Error, IReadOnlyList<LeftLead> Left, string? NextCursor)
{
    public static BulkStateResponse Of(BulkView view, Page<BulkItemView> left, DateTime now) => new(
        view.Id, JsonNamingPolicy.SnakeCaseLower.ConvertName(view.Action.ToString()), JsonNamingPolicy.SnakeCaseLower.ConvertName(view.State.ToString()),
        view.Total, view.Changed, view.Skipped, view.Restored, view.NotRestored,
        view.IsUnderWay ? Math.Round(view.RateAt(now) ?? 0, 1) : null, view.IsUnderWay ? view.LeftAt(now)?.TotalSeconds : null,
        view.CreatedAt, view.FinishedAt, view.Error, [.. left.Items.Select(item => new LeftLead(item.LeadId, item.Reason))], left.NextCursor);
}
