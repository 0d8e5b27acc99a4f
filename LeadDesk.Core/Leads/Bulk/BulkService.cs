using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads.Bulk.Work;
using LeadDesk.Leads.Trash;
using LeadDesk.Live;

namespace LeadDesk.Leads.Bulk;

/// <summary>
/// One change of many leads. Up to <see cref="BulkRequest.AtOnce"/> it is done in one transaction, all or nothing; more are
/// changed by a job in steps. What each lead was stands beside it, so that the change can be taken back.
/// </summary>
public sealed class BulkService(
    Database database, LeadQueries leads, CompanyDirectory companies, UserDirectory users, LiveFeed feed, JobSignal jobs, TimeProvider clock)
{
    /// <summary>Leads that the user may not change, or that are there already, are skipped and listed; so are unknown ids.</summary>
    /// <returns>Refused where the request as a whole is wrong; errors by field.</returns>
    public async Task<Outcome<BulkResult>> RunAsync(CurrentUser user, BulkRequest request, CancellationToken cancellationToken)
    {
        var people = await users.OfAsync(user.CompanyId);
        if (BulkCheck.Which(user, request) is { } unclear)
            return unclear;
        var tagged = await BulkTags.FindAsync(database, companies, user, request, cancellationToken);
        if (!tagged.Succeeded)
            return tagged.Refusal;
        request = tagged.Value;
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        if (BulkCheck.Value(request, company, people, Now()) is { } refusal)
            return refusal;
        var selected = await BulkSelection.IdsAsync(leads, user, request, cancellationToken);
        if (!selected.Succeeded)
            return selected.Refusal;
        var ids = selected.Value;
        return ids.Count <= BulkRequest.AtOnce
            ? await DoAsync(user, request, company, people, ids, cancellationToken)
            : await StartAsync(user, request, ids, cancellationToken);
    }

    /// <summary>Stops a change that goes on in steps; what is done stays, and can be undone.</summary>
    public async Task<Outcome<bool>> CancelAsync(CurrentUser user, long bulkId, CancellationToken cancellationToken) =>
        await database.WriteAsync<Outcome<bool>>(user.CompanyId, async context =>
        {
            var bulk = await BulkRows.LockAsync(context, user.CompanyId, bulkId, cancellationToken);
            if (bulk is null || !BulkRows.MaySee(user, bulk))
                return BulkRows.Unknown;
            if (bulk.State is not (BulkState.Waiting or BulkState.Running))
                return Refusal.Conflict("This change is over already. Use Undo to take it back.");
            bulk.CancelAsked = true;
            return true;
        }, cancellationToken);

    private async Task<Outcome<BulkResult>> DoAsync(
        CurrentUser user, BulkRequest request, CompanyRules company, CompanyUsers people, List<long> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<LeadEvent> events = [];
        IReadOnlyList<LiveSignal> signals = [];
        var result = await database.WriteAsync(user.CompanyId, async context =>
        {
            var now = Now();
            var bulk = await AddAsync(context, user, new BulkOrder(request, null), ids.Count, now, cancellationToken);
            var batch = new LeadBatch(context, company, user, now);
            var items = await BulkStep.DoAsync(batch, BulkWorks.Of(request, user.UserId, company, people, 0), bulk.Id, ids, cancellationToken);
            await ManyRows.InsertAsync(context, items, generatedKey: false, unlessThere: false, cancellationToken);
            (bulk.State, bulk.FinishedAt) = (BulkState.Done, now);
            bulk.Changed = items.Count(item => item.State is BulkItemState.Changed);
            bulk.Skipped = items.Count - bulk.Changed;
            if (bulk.Changed > 0)
                Note(context, user, request, bulk.Changed, now);
            var token = bulk.Changed > 0 ? UndoTokens.Issue(context, UndoKind.Bulk, bulk.Id, user, now) : null;
            (events, signals) = (batch.Events, await BulkNotices.TellAsync(context, bulk, request, now, cancellationToken));
            return new BulkResult(bulk.Id, items.Count, bulk.Changed, [.. items.Where(item => item.Reason is not null).Select(item => new BulkSkip(item.LeadId, item.Reason!))], token, Running: false);
        }, cancellationToken);
        feed.Publish(events);
        foreach (var signal in signals)
            feed.Signals.Publish(signal);
        return result;
    }

    private async Task<Outcome<BulkResult>> StartAsync(CurrentUser user, BulkRequest request, List<long> ids, CancellationToken cancellationToken)
    {
        var order = new BulkOrder(request, PackedIds.Pack(ids));
        var result = await database.WriteAsync(user.CompanyId, async context =>
        {
            var now = Now();
            var bulk = await AddAsync(context, user, order, ids.Count, now, cancellationToken);
            Note(context, user, request, ids.Count, now);
            BulkJob.Add(context, bulk, now);
            var token = UndoTokens.Issue(context, UndoKind.Bulk, bulk.Id, user, now);
            return new BulkResult(bulk.Id, ids.Count, 0, [], token, Running: true);
        }, cancellationToken);
        jobs.Wake();
        return result;
    }

    private static async Task<BulkChange> AddAsync(AppDbContext context, CurrentUser user, BulkOrder order, int total, DateTime now, CancellationToken cancellationToken)
    {
        var bulk = new BulkChange
        {
            CompanyId = user.CompanyId,
            UserId = user.UserId,
            Action = order.Request.Action.ToString(),
            Request = order.ToJson(),
            Total = total,
            CreatedAt = now,
            StartedAt = order.Leads is null ? now : null,
        };
        context.BulkChanges.Add(bulk);
        await context.SaveChangesAsync(cancellationToken);
        return bulk;
    }

    private static void Note(AppDbContext context, CurrentUser user, BulkRequest request, int count, DateTime now)
    {
        if (request.Action is BulkAction.Delete)
            Audit.Note(context, user.CompanyId, user.UserId, now, TrashAudit.Deleted, TrashAudit.Subject(count), request.Reason);
        else if (request.Action is BulkAction.Restore)
            Audit.Note(context, user.CompanyId, user.UserId, now, TrashAudit.Restored, TrashAudit.Subject(count));
    }

    /// <summary>As exact as the databases keep it: an undo compares what it wrote with what it reads.</summary>
    private DateTime Now() => BulkRows.Exact(clock.GetUtcNow().UtcDateTime);
}
