using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import.Running;

/// <summary>Removes leads that should never have been here, with everything that is known of them. Their counters and the audit are the caller's work.</summary>
internal static class LeadErasure
{
    /// <summary>Inside the caller's transaction.</summary>
    public static async Task EraseAsync(AppDbContext context, IReadOnlyList<Lead> leads, CancellationToken cancellationToken)
    {
        if (leads.Count is 0)
            return;
        List<long> ids = [.. leads.Select(static lead => lead.Id).Order()];
        var near = leads.SelectMany(LeadContacts.Near).Distinct(StringComparer.Ordinal).ToList();
        // These have no index by lead: what they begin with is known.
        await context.LeadNearKeys.Where(row => near.Contains(row.Value) && ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadContacts.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.PossibleDuplicates.Where(row => ids.Contains(row.LeadId) || ids.Contains(row.OtherLeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadAnalyses.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadMessages.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadConsents.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadFiles.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.TimelineEntries.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.CustomFieldValues.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadTags.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadHelpers.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadFacets.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.ExportMarks.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadShares.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.FollowUps.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(cancellationToken);
        // The indexer removes the search text of leads that are gone.
        await LeadSearchQueue.AddManyAsync(context, ids, cancellationToken);
        await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
