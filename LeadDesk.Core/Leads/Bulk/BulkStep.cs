using LeadDesk.Leads.Bulk.Work;

namespace LeadDesk.Leads.Bulk;

/// <summary>Does one stretch of a change, or takes it back, inside the caller's transaction.</summary>
internal static class BulkStep
{
    private const string Unknown = "There is no such lead, or it is not yours.";
    private const string InTrash = "It is in the trash.";

    /// <summary>Changes leads and writes them.</summary>
    /// <param name="ids">Ascending.</param>
    /// <returns>What became of each, in order; not written yet.</returns>
    public static async Task<List<BulkItem>> DoAsync(LeadBatch batch, BulkWork work, long bulkId, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var leads = await batch.LoadAsync(ids, cancellationToken);
        var visible = await batch.VisibleAsync(ids, cancellationToken);
        await work.ReadAsync(batch, ids, cancellationToken);
        var items = new List<BulkItem>(ids.Count);
        foreach (var id in ids)
        {
            var lead = leads.GetValueOrDefault(id);
            var item = new BulkItem { BulkId = bulkId, CompanyId = batch.Company.CompanyId, LeadId = id, State = BulkItemState.Skipped };
            item.Reason = lead is null || !visible(lead) ? Unknown : WhyNot(work, lead);
            if (item.Reason is null)
            {
                (item.Before, item.Reason) = await batch.ChangeAsync(lead!, isActivity: true, (change, trace) => work.ApplyAsync(change, trace, cancellationToken));
                if (item.Reason is null)
                    (item.State, item.Version) = (BulkItemState.Changed, lead!.Version);
            }

            items.Add(item);
        }

        await batch.WriteAsync(cancellationToken);
        await work.WriteAsync(batch, cancellationToken);
        return items;
    }

    /// <summary>Restores leads and writes them; the items get their new state, which is not written yet.</summary>
    /// <param name="items">Changed ones.</param>
    public static async Task UndoAsync(LeadBatch batch, BulkWork work, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        List<long> ids = [.. items.Select(item => item.LeadId)];
        var leads = await batch.LoadAsync(ids, cancellationToken);
        var visible = await batch.VisibleAsync(ids, cancellationToken);
        await work.ReadForUndoAsync(batch, ids, cancellationToken);
        foreach (var item in items)
        {
            if (!leads.TryGetValue(item.LeadId, out var lead))
                item.Reason = "It was deleted for good.";
            else if (!visible(lead))
                item.Reason = "It is not yours any more.";
            else
                (_, item.Reason) = await batch.ChangeAsync(lead, isActivity: false, (change, trace) => ValueTask.FromResult(Restore(work, change, item)));
            item.State = item.Reason is null ? BulkItemState.Restored : BulkItemState.NotRestored;
        }

        await batch.WriteAsync(cancellationToken);
        await work.WriteUndoAsync(batch, cancellationToken);
    }

    private static string? WhyNot(BulkWork work, Lead lead) => (work.InTrash, lead.DeletedAt) switch
    {
        (false, not null) when lead.MergedIntoId is { } into => LeadRefusals.WasMerged(into).Message,
        (false, not null) => InTrash,
        (true, null) => "It is not in the trash.",
        _ => null,
    };

    private static string? Restore(BulkWork work, LeadChange change, BulkItem item)
    {
        var lead = change.Lead;
        var trace = BulkTrace.FromJson(item.Before!);
        trace.ChangedSince = lead.Version != item.Version;
        if (lead.DeletedAt is not null && trace.Columns.All(column => column.Column.Property is not nameof(Lead.DeletedAt)))
            return lead.MergedIntoId is { } into ? LeadRefusals.WasMerged(into).Message : InTrash;
        var before = work.Describe(lead);
        if (trace.Restore(lead) is { } reason)
            return reason;
        if (work.Revert(change, trace) is { } impossible)
            return impossible;
        change.Note(TimelineKind.Undone, work.Title, before, work.Describe(lead));
        return null;
    }
}
