namespace LeadDesk.Leads.Bulk.Work;

/// <summary>One of the facts that every company has. Phones and e-mails are not among them: two leads never share one.</summary>
internal sealed class FieldWork(LeadField fact, string? value) : BulkWork
{
    private readonly LeadEdit edit = LeadEdit.Of(fact, value);

    public override string Title => LeadEditing.JsonName(fact);

    /// <summary>Whether many leads can have the same value of it.</summary>
    public static bool CanBeShared(LeadField field) => field is not (LeadField.Phone or LeadField.Email);

    public override async ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var noted = change.Gathered!.Count;
        if (await LeadEditing.ApplyAsync(change, edit, cancellationToken) is { } refusal)
            return refusal.Message;
        return change.Gathered.Count == noted ? "It has this value already." : null;
    }

    public override string? Revert(LeadChange change, BulkTrace trace)
    {
        change.SearchTextChanged = true;
        // What came meanwhile counts in the score, too.
        if (trace.ChangedSince)
            LeadEditing.Rescore(change);
        return null;
    }
}
