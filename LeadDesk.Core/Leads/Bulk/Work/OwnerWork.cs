using LeadDesk.Access;

namespace LeadDesk.Leads.Bulk.Work;

/// <param name="done">How many leads came before, so that taking turns goes on where it stopped.</param>
internal sealed class OwnerWork(BulkRequest request, CompanyUsers people, int done) : BulkWork
{
    private int turn = done;

    public override string Title => "Owner";

    public override string? Describe(Lead lead) => lead.OwnerId is { } id ? people.Find(id)?.Name : null;

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        DirectoryUser? owner = null;
        if (request.OwnerIds is { Count: > 0 } owners)
        {
            owner = OwnerMoves.Find(people, owners[turn++ % owners.Count]);
            if (owner is null)
                return ValueTask.FromResult<string?>("The person is not active any more.");
        }

        return ValueTask.FromResult(OwnerMoves.Apply(change, owner, people) ? null : owner is null ? "It has no owner already." : $"It belongs to {owner.Name} already.");
    }
}
