using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads.Bulk.Work;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>Taking a change of many leads back: at once where it was done at once, else in steps by the job, which stops doing it first.</summary>
internal sealed class BulkUndo(CompanyDirectory companies, UserDirectory users, TimeProvider clock) : IUndo
{
    /// <summary>Of the leads that an undo left alone, so many are listed in its answer; its page lists all.</summary>
    private const int MostListed = 1000;

    public UndoKind Kind => UndoKind.Bulk;

    public async Task<Outcome<UndoResult>> UndoAsync(AppDbContext context, CurrentUser user, long subjectId, List<LeadEvent> events, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        var people = await users.OfAsync(user.CompanyId);
        var now = BulkRows.Exact(clock.GetUtcNow().UtcDateTime);
        var bulk = await BulkRows.LockAsync(context, user.CompanyId, subjectId, cancellationToken);
        if (bulk is null)
            return BulkRows.Unknown;
        var order = BulkOrder.FromJson(bulk.Request) with { UndoneById = user.UserId };
        var atOnce = bulk.State is BulkState.Done or BulkState.Cancelled or BulkState.Failed && bulk.Changed <= BulkRequest.AtOnce;
        (bulk.State, bulk.UndoneAt, bulk.Request) = (BulkState.Undoing, now, order.ToJson());
        if (!atOnce)
        {
            BulkJob.Add(context, bulk, now);
            return new UndoResult(0, [], bulk.Id);
        }

        var (_, told) = await StepAsync(context, bulk, order, company, people, user, now, BulkRequest.AtOnce, cancellationToken);
        events.AddRange(told);
        (bulk.State, bulk.FinishedAt) = (BulkState.Undone, now);
        await context.SaveChangesAsync(cancellationToken);
        return new UndoResult(bulk.Restored, await LeftAsync(context, user, bulk.Id, cancellationToken));
    }

    /// <summary>Takes back the next leads and counts them.</summary>
    /// <returns>How many it looked at; 0 when nothing is left.</returns>
    public static async Task<(int Seen, IReadOnlyList<LeadEvent> Events)> StepAsync(
        AppDbContext context, BulkChange bulk, BulkOrder order, CompanyRules company, CompanyUsers people, CurrentUser user, DateTime now, int most, CancellationToken cancellationToken)
    {
        var items = await context.BulkItems.AsNoTracking().Where(item => item.BulkId == bulk.Id && item.State == BulkItemState.Changed)
            .OrderBy(item => item.LeadId).Take(most).ToListAsync(cancellationToken);
        if (items.Count is 0)
            return (0, []);
        var batch = new LeadBatch(context, company, user, now);
        await BulkStep.UndoAsync(batch, BulkWorks.Of(order.Request, bulk.UserId, company, people, 0), items, cancellationToken);
        await BulkRows.WriteAsync(context, items, cancellationToken);
        var restored = items.Count(item => item.State is BulkItemState.Restored);
        bulk.Restored += restored;
        bulk.NotRestored += items.Count - restored;
        return (items.Count, batch.Events);
    }

    private static async Task<List<UndoLeft>> LeftAsync(AppDbContext context, CurrentUser user, long bulkId, CancellationToken cancellationToken)
    {
        var left = await context.BulkItems.Where(item => item.BulkId == bulkId && item.State == BulkItemState.NotRestored)
            .OrderBy(item => item.LeadId).Select(item => new { item.LeadId, item.Reason }).Take(MostListed).ToListAsync(cancellationToken);
        var names = await BulkQueries.NamesAsync(context, user, left.ConvertAll(item => item.LeadId), cancellationToken);
        return left.ConvertAll(item => new UndoLeft(item.LeadId, names.GetValueOrDefault(item.LeadId, $"#{item.LeadId}"), item.Reason ?? ""));
    }
}
