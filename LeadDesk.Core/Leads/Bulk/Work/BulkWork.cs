namespace LeadDesk.Leads.Bulk.Work;

/// <summary>What one action does to each lead, and how it is taken back. Made for one step; reads and writes for all its leads together.</summary>
internal abstract class BulkWork
{
    /// <summary>Works on leads in the trash instead of those outside.</summary>
    public virtual bool InTrash => false;

    /// <summary>What it changes, as a timeline tells of the undo.</summary>
    public abstract string Title { get; }

    /// <summary>The lead's value of that, in words; null where the title says everything.</summary>
    public virtual string? Describe(Lead lead) => null;

    /// <summary>Reads what it needs of these leads besides themselves.</summary>
    public virtual Task ReadAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>Why the lead stays as it is; null when it was changed.</returns>
    public abstract ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken);

    /// <summary>Writes rows beside the leads.</summary>
    public virtual Task WriteAsync(LeadBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>As <see cref="ReadAsync"/>, before leads are restored.</summary>
    public virtual Task ReadForUndoAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks whether the rows beside the lead can be restored, and puts down what is to be written. The lead's columns are restored already.</summary>
    /// <returns>Why they cannot; null when they can.</returns>
    public virtual string? Revert(LeadChange change, BulkTrace trace) => null;

    /// <summary>As <see cref="WriteAsync"/>, for what <see cref="Revert"/> put down.</summary>
    public virtual Task WriteUndoAsync(LeadBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;
}
