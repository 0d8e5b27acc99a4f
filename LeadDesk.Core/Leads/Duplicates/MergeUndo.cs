using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Takes joined leads apart: each gets back what belonged to it; facts of the lead that stayed go back where nobody changed them since.</summary>
internal sealed class MergeUndo(CompanyDirectory companies, TimeProvider clock) : IUndo
{
    public UndoKind Kind => UndoKind.Merge;

    public async Task<Outcome<UndoResult>> UndoAsync(AppDbContext context, CurrentUser user, long subjectId, List<LeadEvent> events, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        if (await context.LeadMerges.AsTracking().FirstOrDefaultAsync(row => row.Id == subjectId, cancellationToken) is not { } merge)
            return Refusal.Missing("merge");
        if (merge.UndoneAt is not null)
            return Refusal.Conflict("This merge was undone already. Nothing was done now.");
        var leads = context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).AsTracking();
        if (await leads.FirstOrDefaultAsync(row => row.Id == merge.LeadId, cancellationToken) is not { } lead)
            return Refusal.Conflict("The merged lead was deleted for good, so the merge cannot be undone.");
        if (lead.MergedIntoId is { } into)
            return Refusal.Conflict($"Lead {lead.Id} was merged into lead {into} later. Undo that merge first.");

        var now = clock.GetUtcNow().UtcDateTime;
        var change = new LeadChange(context, lead, await companies.GetAsync(user.CompanyId, cancellationToken), user, now);
        var record = MergeRecord.Read(merge.Before);
        var left = new List<UndoLeft>();
        var restored = 0;
        foreach (var rows in record.Leads)
        {
            var other = await leads.FirstOrDefaultAsync(row => row.Id == rows.LeadId && row.MergedIntoId == lead.Id, cancellationToken);
            if (other is null)
                left.Add(new UndoLeft(rows.LeadId, $"Lead {rows.LeadId}", "It was deleted for good, so what it had stays with the lead it was merged into."));
            else
                restored += await RestoreAsync(change, other, rows, record, left, events, cancellationToken);
        }

        await RestoreFieldsAsync(change, record, left, cancellationToken);
        (merge.UndoneAt, merge.UndoneById) = (now, user.UserId);
        await LeadMerging.SaveQuietlyAsync(change, cancellationToken);
        events.Add(change.Event());
        return new UndoResult(restored + 1, left);
    }

    private static async Task<int> RestoreAsync(LeadChange change, Lead other, MergedRows rows, MergeRecord record, List<UndoLeft> left, List<LeadEvent> events, CancellationToken cancellationToken)
    {
        var back = new LeadChange(change.Context, other, change.Company, change.User, change.Now);
        (other.DeletedAt, other.DeletedById, other.MergedIntoId) = (null, null, null);
        foreach (var contact in await MergeRows.MoveBackAsync(change.Context, rows, change.Lead.Id, record.NearBefore, cancellationToken))
            left.Add(new UndoLeft(other.Id, NameOf(other), $"{(contact.Kind is ContactKind.Phone ? "Its phone" : contact.Kind is ContactKind.Email ? "Its e-mail" : "Its channel id")} belongs to another lead now."));
        other.NextFollowUpAt = await LeadMerging.NextFollowUpAsync(back, other.Id, cancellationToken);
        back.Note(TimelineKind.Undone, after: $"#{change.Lead.Id}");
        change.Note(TimelineKind.Undone, NameOf(other), before: $"#{other.Id}");
        await LeadMerging.SaveQuietlyAsync(back, cancellationToken);
        events.Add(back.Event());
        return 1;
    }

    private static async Task RestoreFieldsAsync(LeadChange change, MergeRecord record, List<UndoLeft> left, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        var changed = new List<string>();
        foreach (var field in MergeFields.All)
        {
            if (!record.Fields.TryGetValue(field.Key, out var values))
                continue;
            if (field.Read(lead) == values.After)
                field.Write(lead, values.Before);
            else if (MergeFields.Chosen.Contains(field))
                changed.Add(field.Key.Replace('_', ' '));
        }

        changed.AddRange(await MergeLabels.PartAsync(change, record, cancellationToken));
        lead.MessageCount -= record.MessagesAdded;
        lead.SubmissionCount -= record.SubmissionsAdded;
        lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
        lead.NextFollowUpAt = await LeadMerging.NextFollowUpAsync(change, lead.Id, cancellationToken);
        // The former score is right only for the former facts.
        if (changed.Count > 0 || (record.Fields.TryGetValue(MergeFields.Score, out var score) && MergeFields.All.Single(field => field.Key is MergeFields.Score).Read(lead) != score.Before))
            LeadEditing.Rescore(change);
        if (changed.Count > 0)
            left.Add(new UndoLeft(lead.Id, NameOf(lead), $"Changed since the merge and left as it is: {string.Join(", ", changed)}."));
    }

    private static string NameOf(Lead lead) => LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id);
}
