namespace LeadDesk.Leads.Bulk.Work;

/// <summary>A field that the company does not use any more: nothing is changed, and nothing put back.</summary>
internal sealed class GoneWork(string word) : BulkWork
{
    private const string Gone = "The field is not in use any more.";

    public override string Title => word;

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(Gone);

    public override string? Revert(LeadChange change, BulkTrace trace) => Gone;
}
