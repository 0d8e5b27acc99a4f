using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk.Work;

/// <param name="askerId">Who gets the follow-ups of leads that nobody owns.</param>
internal sealed class FollowUpWork(BulkRequest request, long askerId, CompanyUsers people) : BulkWork
{
    private readonly List<FollowUp> write = [];
    private readonly List<long> remove = [];
    private HashSet<long> helped = [];
    private ILookup<long, FollowUp> open = Array.Empty<FollowUp>().ToLookup(row => row.LeadId);

    public override string Title => "Follow-up";

    public override async Task ReadAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken)
    {
        await ReadForUndoAsync(batch, leadIds, cancellationToken);
        if (request.AssigneeId is { } assignee)
            helped = await batch.Context.LeadHelpers.Where(row => row.UserId == assignee && EF.Parameter(leadIds).Contains(row.LeadId)).Select(row => row.LeadId).ToHashSetAsync(cancellationToken);
    }

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        var person = people.Find(request.AssigneeId ?? lead.OwnerId ?? askerId);
        if (person is not { Active: true })
            return ValueTask.FromResult<string?>("The person is not active any more.");
        if (request.AssigneeId is { } assignee && assignee != askerId && !LeadPeople.Sees(lead, helped.Contains(lead.Id) ? [assignee] : [], person))
            return ValueTask.FromResult<string?>($"{person.Name} cannot see this lead. Ask the person to help with it first.");
        if (open[lead.Id].Count() >= FollowUpRules.MostOpen)
            return ValueTask.FromResult<string?>($"It has {FollowUpRules.MostOpen} open follow-ups. End some of them first.");
        var added = new FollowUp
        {
            CompanyId = lead.CompanyId,
            LeadId = lead.Id,
            UserId = person.Id,
            Kind = request.FollowUpKind,
            DueAt = request.DueAt ?? change.Now,
            Text = request.Text,
            CreatedById = askerId,
            CreatedAt = change.Now,
        };
        write.Add(added);
        FollowUpRules.NoteSet(change, added, person.Name);
        FollowUpRules.SetNext(change, [.. open[lead.Id], added]);
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
        FollowUpRules.SetNext(change, [.. open[change.Lead.Id].Where(row => row.Id != ours.Id)]);
        return null;
    }

    public override Task WriteUndoAsync(LeadBatch batch, CancellationToken cancellationToken) =>
        batch.Context.FollowUps.Where(row => EF.Parameter(remove).Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
}
