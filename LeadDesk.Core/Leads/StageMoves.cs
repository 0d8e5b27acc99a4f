using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Where a lead goes.</summary>
/// <param name="LostReasonId">Why, when it goes to a lost stage.</param>
/// <param name="Comment">What somebody wrote about it; stands on the timeline.</param>
public sealed record StageMove(long StageId, long? LostReasonId = null, string? Comment = null)
{
    public const int LongestComment = 2000;

    /// <summary>What is filled in on the way, such as fields that the stage requires; all or nothing with the move.</summary>
    public LeadEdit? Edit { get; init; }
}

/// <summary>Moving a lead to another stage.</summary>
internal static class StageMoves
{
    public static async Task<Refusal?> ApplyAsync(LeadChange change, StageMove move, CancellationToken cancellationToken)
    {
        var (lead, company) = (change.Lead, change.Company);
        if (company.Stage(move.StageId) is not { } stage)
            return LeadRefusals.UnknownStage(company);
        var reason = move.LostReasonId is { } id ? company.LostReasons.FirstOrDefault(row => row.Id == id) : null;
        if (move.LostReasonId is not null && (reason is null || stage.Outcome is not LeadOutcome.Lost || (reason.ArchivedAt is not null && reason.Id != lead.LostReasonId)))
            return LeadRefusals.UnknownLostReason;
        if (CommentProblem(move.Comment) is { } sentence)
            return Refusal.Invalid("comment", sentence);
        if (move.Edit is { } edit && await LeadEditing.ApplyAsync(change, edit, cancellationToken) is { } wrong)
            return wrong;
        if (stage.Id == lead.StageId && (lead.LostReasonId == reason?.Id || reason is null))
            return null;
        if (stage.Id != lead.StageId && !StageRules.MayGo(company, lead.StageId, stage))
            return StageRules.NotAllowed(company, lead.StageId, stage);
        if (stage.Id != lead.StageId && await MissingAsync(change, stage, reason, cancellationToken) is { } missing)
            return missing;
        change.Note(TimelineKind.StageChanged, Words(reason, move.Comment), company.Stage(lead.StageId)?.Name, stage.Name);
        if (stage.Id != lead.StageId)
            (lead.StageId, lead.StageChangedAt, lead.Outcome) = (stage.Id, change.Now, stage.Outcome);
        lead.LostReasonId = reason?.Id;
        change.Respond();
        return null;
    }

    /// <summary>Names every field that must be filled first, at its own place.</summary>
    private static async Task<Refusal?> MissingAsync(LeadChange change, Stage stage, LostReason? reason, CancellationToken cancellationToken)
    {
        var required = StageRules.RequiredOf(stage, change.Company);
        if (required.Count is 0)
            return null;
        var custom = await LeadCustomFields.OfAsync(change, [.. required.Select(word => StageRules.CustomOf(word, change.Company)?.Id).OfType<long>()], cancellationToken);
        // Added in this very change: not in the table yet.
        var added = change.Context.CustomFieldValues.Local.Where(value => value.LeadId == change.Lead.Id).Select(value => value.FieldId).ToHashSet();
        var errors = new FieldErrors();
        foreach (var word in required.Where(word => !StageRules.IsFilled(word, change.Lead, change.Company, reason, id => IsThere(id, custom, added, change))))
            errors.Add(word, word is StageRules.LostReasonWord
                ? $"Say why before the lead goes to {stage.Name}: choose a reason."
                : $"Fill in {StageRules.NameOf(word, change.Company)} before the lead goes to {stage.Name}.");
        return errors.Refusal;
    }

    private static bool IsThere(long fieldId, ILookup<long, CustomFieldValue> stored, HashSet<long> local, LeadChange change) =>
        local.Contains(fieldId) || stored[fieldId].Any(value => change.Context.Entry(value).State is not EntityState.Deleted);

    private static string? CommentProblem(string? comment) =>
        comment?.Length > StageMove.LongestComment ? $"A comment can have {StageMove.LongestComment:N0} characters."
        : TextRules.FindForbiddenControl(comment) is { } forbidden ? $"The text contains a character that cannot be stored ({forbidden}). Remove it."
        : null;

    private static string? Words(LostReason? reason, string? comment) =>
        string.Join(": ", new[] { reason?.Name, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim() }.OfType<string>()) is { Length: > 0 } words ? words : null;
}
