using LeadDesk.Companies;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Leads.Bulk.Work;

internal sealed class StageWork(CompanyRules company, BulkRequest request) : BulkWork
{
    private readonly StageMove move = new(request.StageId ?? 0, request.LostReasonId, request.Comment);

    public override string Title => "Stage";

    public override string? Describe(Lead lead) => company.Stage(lead.StageId)?.Name;

    public override Task ReadAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken)
    {
        var required = company.Stage(move.StageId) is { } stage ? StageRules.RequiredOf(stage, company) : [];
        return batch.ReadValuesAsync(leadIds, [.. required.Select(word => StageRules.CustomOf(word, company)?.Id).OfType<long>()], cancellationToken);
    }

    public override async ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var noted = change.Gathered!.Count;
        if (await StageMoves.ApplyAsync(change, move, cancellationToken) is { } refusal)
            return refusal.Message;
        return change.Gathered.Count == noted ? "It is in this stage already." : null;
    }

    public override string? Revert(LeadChange change, BulkTrace trace) =>
        company.Stage(change.Lead.StageId) is null ? "The stage it was in does not exist any more." : null;
}
