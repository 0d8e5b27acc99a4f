using LeadDesk.Data;
using LeadDesk.FollowUps;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk.Work;

/// <param name="askerId">Who gets the follow-ups of leads that nobody owns.</param>
internal sealed class FollowUpWork(BulkRequest request, long askerId) : BulkWork
{
    private readonly List<FollowUp> write = [];
    private readonly List<long> remove = [];
    private ILookup<long, FollowUp> open = Array.Empty<FollowUp>().ToLookup(row => row.LeadId);

    public override string Title => "Follow-up";

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        var due = request.DueAt ?? change.Now;
        write.Add(new FollowUp
        {
            CompanyId = lead.CompanyId,
            LeadId = lead.Id,
            UserId = request.AssigneeId ?? lead.OwnerId ?? askerId,
            Kind = request.FollowUpKind,
            DueAt = due,
            Text = request.Text,
            CreatedById = askerId,
            CreatedAt = change.Now,
        });
        change.Note(TimelineKind.FollowUpSet, request.Text, after: due.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        if (lead.NextFollowUpAt is null || due < lead.NextFollowUpAt)
            lead.NextFollowUpAt = due;
        trace.At = change.Now;
        return ValueTask.FromResult<string?>(null);
    }

    public override Task WriteAsync(LeadBatch batch, CancellationToken cancellationToken) =>
        ManyRows.InsertAsync(batch.Context, write, generatedKey: true, unlessThere: false, cancellationToken);

    public override async Task ReadForUndoAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) =>
        open = (await batch.Context.FollowUps.AsNoTracking().Where(row => row.DoneAt == null && EF.Parameter(leadIds).Contains(row.LeadId)).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId);

    public override string? Revert(LeadChange change, BulkTrace trace)
    {
        var ours = open[change.Lead.Id].FirstOrDefault(row => row.CreatedAt == trace.At && row.CreatedById == askerId);
        if (ours is null)
            return "The follow-up was done or removed since.";
        if (ours.DueAt != (request.DueAt ?? trace.At) || ours.Kind != request.FollowUpKind || ours.Text != request.Text)
            return "The follow-up was changed since.";
        remove.Add(ours.Id);
        change.Lead.NextFollowUpAt = open[change.Lead.Id].Where(row => row.Id != ours.Id).Min(row => (DateTime?)row.DueAt);
        return null;
    }

    public override Task WriteUndoAsync(LeadBatch batch, CancellationToken cancellationToken) =>
        batch.Context.FollowUps.Where(row => EF.Parameter(remove).Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
}
