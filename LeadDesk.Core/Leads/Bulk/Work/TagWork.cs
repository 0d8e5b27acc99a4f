using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk.Work;

/// <param name="tag">Null when it was deleted meanwhile.</param>
/// <param name="add">Else takes it away.</param>
internal sealed class TagWork(Tag? tag, long tagId, bool add) : BulkWork
{
    private readonly List<long> write = [];
    private HashSet<long> tagged = [];
    private HashSet<long> full = [];

    public override string Title => tag is null ? "Tag" : $"Tag {tag.Name}";

    public override async Task ReadAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) =>
        (tagged, full) = (await batch.Context.LeadTags.Where(row => row.TagId == tagId && EF.Parameter(leadIds).Contains(row.LeadId)).Select(row => row.LeadId).ToHashSetAsync(cancellationToken), add ? await FullAsync(batch, leadIds, cancellationToken) : []);

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        if (tag is null)
            return ValueTask.FromResult<string?>("The tag does not exist any more.");
        if (tagged.Contains(lead.Id) == add)
            return ValueTask.FromResult<string?>(add ? "It has this tag already." : "It does not have this tag.");
        if (full.Contains(lead.Id))
            return ValueTask.FromResult<string?>($"It has {LeadTagging.MostOnLead} tags. Remove one first.");
        change.Note(add ? TimelineKind.Tagged : TimelineKind.Untagged, before: add ? null : tag.Name, after: add ? tag.Name : null);
        write.Add(lead.Id);
        return ValueTask.FromResult<string?>(null);
    }

    public override Task WriteAsync(LeadBatch batch, CancellationToken cancellationToken) => WriteAsync(batch, add, cancellationToken);

    public override string? Revert(LeadChange change, BulkTrace trace)
    {
        // Whoever took an added tag away, or put a removed one back, has done the undo already.
        if (!add && tag is null)
            return "The tag does not exist any more.";
        write.Add(change.Lead.Id);
        return null;
    }

    public override Task WriteUndoAsync(LeadBatch batch, CancellationToken cancellationToken) => WriteAsync(batch, !add, cancellationToken);

    private Task WriteAsync(LeadBatch batch, bool put, CancellationToken cancellationToken) => put
        ? ManyRows.InsertAsync(
            batch.Context, write.ConvertAll(id => new LeadTag { CompanyId = batch.Company.CompanyId, LeadId = id, TagId = tagId }), generatedKey: false, unlessThere: true, cancellationToken)
        : batch.Context.LeadTags.Where(row => row.TagId == tagId && EF.Parameter(write).Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);

    private static Task<HashSet<long>> FullAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) =>
        batch.Context.LeadTags.ByLead(batch.Context).Where(row => EF.Parameter(leadIds).Contains(row.LeadId)).GroupBy(row => row.LeadId)
            .Where(lead => lead.Count() >= LeadTagging.MostOnLead).Select(lead => lead.Key).ToHashSetAsync(cancellationToken);
}
