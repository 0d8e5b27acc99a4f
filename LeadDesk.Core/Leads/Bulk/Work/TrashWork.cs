using LeadDesk.Leads.Trash;

namespace LeadDesk.Leads.Bulk.Work;

internal sealed class DeleteWork(BulkRequest request) : BulkWork
{
    public override string Title => "Deleted";

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        TrashMoves.Delete(change, request.Reason);
        return ValueTask.FromResult<string?>(null);
    }
}

internal sealed class RestoreWork : BulkWork
{
    public override bool InTrash => true;

    public override string Title => "Restored";

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken) =>
        ValueTask.FromResult(TrashMoves.Restore(change)?.Message);
}
