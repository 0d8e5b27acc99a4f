using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Trash;

/// <summary>
/// Removes what has been in the trash for thirty days, company by company, in batches; and forgets changes of many leads
/// and tokens that can no longer be undone. A run that is repeated goes on where it stopped.
/// </summary>
internal sealed class EmptyTrash(Database database, TimeProvider time) : IJobHandler
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Small enough that other writers hardly wait.</summary>
    private const int BatchSize = 250;

    private const int ItemsTogether = 10_000;

    public static string Kind => "housekeeping.trash";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().UtcDateTime - KeptFor;
        while (await NextCompanyAsync(before, cancellationToken) is { } companyId)
            await EmptyAsync(companyId, before, cancellationToken);
        await ForgetChangesAsync(before, cancellationToken);
    }

    private async Task<long?> NextCompanyAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await context.Leads.IgnoreQueryFilters().Where(lead => lead.DeletedAt < before && lead.MergedIntoId == null).Select(lead => (long?)lead.CompanyId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Each batch with its own line in the audit, because each is a transaction of its own.</summary>
    private async Task EmptyAsync(long companyId, DateTime before, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await database.WriteAsync(companyId, async context =>
            {
                var ids = await TrashQueries.InTrash(context).Where(lead => lead.DeletedAt < before).OrderBy(lead => lead.DeletedAt).Select(lead => lead.Id).Take(BatchSize).ToListAsync(cancellationToken);
                if (ids.Count is 0)
                    return 0;
                await LeadRemoval.RemoveAsync(context, companyId, ids, cancellationToken);
                Audit.Note(context, companyId, null, time.GetUtcNow().UtcDateTime, TrashAudit.Emptied, TrashAudit.Subject(ids.Count), $"In the trash for {KeptFor.Days} days");
                return ids.Count;
            }, cancellationToken);
        }
        while (removed > 0);
    }

    /// <summary>What they kept of leads is of no use once it cannot be undone.</summary>
    private async Task ForgetChangesAsync(DateTime before, CancellationToken cancellationToken)
    {
        while (await ForgetItemsAsync(before, cancellationToken) > 0)
        {
            // Each batch is a transaction of its own.
        }

        await database.WriteAsync(CompanyScope.Installation, async context =>
        {
            await context.UndoEntries.IgnoreQueryFilters().Where(row => row.ExpiresAt < before).ExecuteDeleteAsync(cancellationToken);
            return await context.BulkChanges.IgnoreQueryFilters()
                .Where(bulk => bulk.CreatedAt < before && bulk.FinishedAt != null && !context.BulkItems.IgnoreQueryFilters().Any(item => item.BulkId == bulk.Id)).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);
    }

    private Task<int> ForgetItemsAsync(DateTime before, CancellationToken cancellationToken) =>
        database.WriteAsync(CompanyScope.Installation, async context =>
        {
            var old = context.BulkChanges.IgnoreQueryFilters().Where(bulk => bulk.FinishedAt < before);
            var items = context.BulkItems.IgnoreQueryFilters();
            if (await old.Where(bulk => items.Any(item => item.BulkId == bulk.Id)).Select(bulk => (long?)bulk.Id).FirstOrDefaultAsync(cancellationToken) is not { } bulkId)
                return 0;
            var until = await items.Where(item => item.BulkId == bulkId).OrderBy(item => item.LeadId).Select(item => item.LeadId).Take(ItemsTogether).OrderByDescending(id => id).FirstAsync(cancellationToken);
            return await items.Where(item => item.BulkId == bulkId && item.LeadId <= until).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);
}
