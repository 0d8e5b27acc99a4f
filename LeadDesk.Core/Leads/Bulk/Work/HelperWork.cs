using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk.Work;

internal sealed class HelperWork(BulkRequest request, CompanyUsers people) : BulkWork
{
    private readonly long helperId = request.HelperId ?? 0;
    private readonly List<long> write = [];
    private Dictionary<long, DateTime> helping = [];
    private HashSet<long> full = [];

    public override string Title => people.Find(helperId) is { } helper ? $"Helper {helper.Name}" : "Helper";

    public override async Task ReadAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken)
    {
        await ReadForUndoAsync(batch, leadIds, cancellationToken);
        full = await batch.Context.LeadHelpers.ByLead(batch.Context).Where(row => EF.Parameter(leadIds).Contains(row.LeadId)).GroupBy(row => row.LeadId)
            .Where(lead => lead.Count() >= LeadPeople.MostHelpers).Select(lead => lead.Key).ToHashSetAsync(cancellationToken);
    }

    public override async Task ReadForUndoAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) =>
        helping = await batch.Context.LeadHelpers.Where(row => row.UserId == helperId && EF.Parameter(leadIds).Contains(row.LeadId))
            .ToDictionaryAsync(row => row.LeadId, row => row.Since, cancellationToken);

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        if (OwnerMoves.Find(people, helperId) is not { } helper)
            return ValueTask.FromResult<string?>("The person is not active any more.");
        if (!LeadPeople.MayAsk(change.User!, lead))
            return ValueTask.FromResult<string?>("Only its owner, admins and managers ask others to help.");
        if (lead.OwnerId == helperId)
            return ValueTask.FromResult<string?>($"{helper.Name} owns it.");
        if (helping.ContainsKey(lead.Id))
            return ValueTask.FromResult<string?>($"{helper.Name} helps with it already.");
        if (full.Contains(lead.Id))
            return ValueTask.FromResult<string?>($"It has {LeadPeople.MostHelpers} helpers. Remove somebody first.");
        change.Note(TimelineKind.HelperAdded, after: helper.Name);
        trace.At = change.Now;
        write.Add(lead.Id);
        return ValueTask.FromResult<string?>(null);
    }

    public override Task WriteAsync(LeadBatch batch, CancellationToken cancellationToken) =>
        ManyRows.InsertAsync(
            batch.Context, write.ConvertAll(id => new LeadHelper { CompanyId = batch.Company.CompanyId, LeadId = id, UserId = helperId, Since = batch.Now }), generatedKey: false, unlessThere: true, cancellationToken);

    public override string? Revert(LeadChange change, BulkTrace trace)
    {
        if (!helping.TryGetValue(change.Lead.Id, out var since))
            return null;
        if (since != trace.At)
            return "The helper was added anew since.";
        write.Add(change.Lead.Id);
        return null;
    }

    public override Task WriteUndoAsync(LeadBatch batch, CancellationToken cancellationToken) =>
        batch.Context.LeadHelpers.Where(row => row.UserId == helperId && EF.Parameter(write).Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
}
