using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>Where a lead goes.</summary>
/// <param name="LostReasonId">Why, when it goes to a lost stage.</param>
/// <param name="Comment">What somebody wrote about it; stands on the timeline.</param>
public sealed record StageMove(long StageId, long? LostReasonId = null, string? Comment = null);

/// <summary>Moving a lead to another stage.</summary>
internal static class StageMoves
{
    public static Task<Refusal?> ApplyAsync(LeadChange change, StageMove move, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (lead, company) = (change.Lead, change.Company);
        if (company.Stage(move.StageId) is not { } stage)
            return Task.FromResult<Refusal?>(LeadRefusals.UnknownStage(company));
        var reason = move.LostReasonId is { } id ? company.LostReasons.FirstOrDefault(row => row.Id == id) : null;
        if (move.LostReasonId is not null && (reason is null || stage.Outcome is not LeadOutcome.Lost))
            return Task.FromResult<Refusal?>(LeadRefusals.UnknownLostReason);
        if (stage.Id == lead.StageId && lead.LostReasonId == reason?.Id)
            return Task.FromResult<Refusal?>(null);
        change.Note(TimelineKind.StageChanged, Words(reason, move.Comment), company.Stage(lead.StageId)?.Name, stage.Name);
        if (stage.Id != lead.StageId)
            (lead.StageId, lead.StageChangedAt, lead.Outcome) = (stage.Id, change.Now, stage.Outcome);
        lead.LostReasonId = reason?.Id;
        change.Respond();
        return Task.FromResult<Refusal?>(null);
    }

    private static string? Words(LostReason? reason, string? comment) =>
        string.Join(": ", new[] { reason?.Name, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim() }.OfType<string>()) is { Length: > 0 } words ? words : null;
}
