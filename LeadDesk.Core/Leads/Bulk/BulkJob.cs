using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads.Bulk.Work;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>
/// Brings a change of very many leads forward, step by step, until it is done, cancelled or taken back. Each step is a
/// transaction that marks its leads as done, so a crash repeats nothing, and other writers wait for one step at most.
/// </summary>
internal sealed class BulkJob(Database database, CompanyDirectory companies, UserDirectory users, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    /// <summary>Leads in one step: others wait about a tenth of a second for it.</summary>
    internal const int StepSize = 2_000;

    private const int LaidOutTogether = 20_000;

    public static string Kind => "leads.bulk";

    public static void Add(AppDbContext context, BulkChange bulk, DateTime now) =>
        JobQueue.Add(context, Kind, bulk.CompanyId, bulk.Id.ToString(CultureInfo.InvariantCulture), now, now);

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("A change of leads belongs to a company.");
        var id = long.Parse(run.Payload!, CultureInfo.InvariantCulture);
        try
        {
            while (await ForwardAsync(companyId, id, cancellationToken))
            {
                // Each turn is one step; what happens next is read anew.
            }
        }
        catch (Exception) when (run.Attempt >= RetrySchedule.MaximumAttempts && !cancellationToken.IsCancellationRequested)
        {
            await FailAsync(companyId, id, "The database refused it again and again. What is done stays and can be undone.");
            throw;
        }
    }

    /// <returns>Whether there may be more to do.</returns>
    internal async Task<bool> ForwardAsync(long companyId, long id, CancellationToken cancellationToken)
    {
        BulkState? state;
        await using (var context = database.Open(companyId))
            state = await context.BulkChanges.Where(row => row.Id == id).Select(row => (BulkState?)row.State).FirstOrDefaultAsync(cancellationToken);
        switch (state)
        {
            case BulkState.Waiting:
                await LayOutAsync(companyId, id, cancellationToken);
                return true;
            case BulkState.Running or BulkState.Undoing:
                var (events, signals) = await StepAsync(companyId, id, cancellationToken);
                feed.Publish(events);
                foreach (var signal in signals)
                    feed.Signals.Publish(signal);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Makes a row for each lead. Repeated after a crash it finds those that are there.</summary>
    private async Task LayOutAsync(long companyId, long id, CancellationToken cancellationToken)
    {
        BulkOrder order;
        await using (var context = database.Open(companyId))
            order = BulkOrder.FromJson(await context.BulkChanges.Where(row => row.Id == id).Select(row => row.Request).SingleAsync(cancellationToken));
        foreach (var some in PackedIds.Unpack(order.Leads ?? "").Chunk(LaidOutTogether))
        {
            var items = some.Select(lead => new BulkItem { BulkId = id, CompanyId = companyId, LeadId = lead }).ToList();
            await database.WriteAsync(companyId, async context =>
            {
                await ManyRows.InsertAsync(context, items, generatedKey: false, unlessThere: true, cancellationToken);
                return items.Count;
            }, cancellationToken);
        }

        await database.WriteAsync(companyId, async context =>
        {
            var bulk = await BulkRows.LockAsync(context, companyId, id, cancellationToken);
            if (bulk is { State: BulkState.Waiting })
                (bulk.State, bulk.StartedAt, bulk.Request) = (BulkState.Running, Now(), (order with { Leads = null }).ToJson());
            return bulk is not null;
        }, cancellationToken);
    }

    private async Task<Told> StepAsync(long companyId, long id, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(companyId, cancellationToken);
        var people = await users.OfAsync(companyId);
        return await database.WriteAsync(companyId, async context =>
        {
            var bulk = await BulkRows.LockAsync(context, companyId, id, cancellationToken);
            return bulk switch
            {
                { State: BulkState.Running, CancelAsked: true } => End(context, bulk, BulkState.Cancelled),
                { State: BulkState.Running } => await DoAsync(context, bulk, company, people, cancellationToken),
                { State: BulkState.Undoing } => await UndoAsync(context, bulk, company, people, cancellationToken),
                _ => new Told([], []),
            };
        }, cancellationToken);
    }

    private async Task<Told> DoAsync(AppDbContext context, BulkChange bulk, CompanyRules company, CompanyUsers people, CancellationToken cancellationToken)
    {
        var request = BulkOrder.FromJson(bulk.Request).Request;
        if (people.FindCurrent(bulk.UserId) is not { } user || BulkCheck.MayNot(user, request.Action) is not null)
            return End(context, bulk, BulkState.Failed, "Who asked for it may not do it any more. What is done stays and can be undone.");
        var ids = await context.BulkItems.Where(item => item.BulkId == bulk.Id && item.State == BulkItemState.Waiting)
            .OrderBy(item => item.LeadId).Select(item => item.LeadId).Take(StepSize).ToListAsync(cancellationToken);
        if (ids.Count is 0)
        {
            await KeepUndoAsync(context, bulk, cancellationToken);
            var told = await BulkNotices.TellAsync(context, bulk, request, Now(), cancellationToken);
            var ended = End(context, bulk, BulkState.Done);
            return ended with { Signals = [.. told, .. ended.Signals] };
        }

        var batch = new LeadBatch(context, company, user, Now());
        var items = await BulkStep.DoAsync(batch, BulkWorks.Of(request, bulk.UserId, company, people, bulk.Changed + bulk.Skipped), bulk.Id, ids, cancellationToken);
        await BulkRows.WriteAsync(context, items, cancellationToken);
        var changed = items.Count(item => item.State is BulkItemState.Changed);
        bulk.Changed += changed;
        bulk.Skipped += items.Count - changed;
        return new Told(batch.Events, []);
    }

    private async Task<Told> UndoAsync(AppDbContext context, BulkChange bulk, CompanyRules company, CompanyUsers people, CancellationToken cancellationToken)
    {
        var order = BulkOrder.FromJson(bulk.Request);
        if (people.FindCurrent(order.UndoneById ?? 0) is not { } user)
            return End(context, bulk, BulkState.Failed, "Who took it back may not do it any more. What is restored stays restored.");
        var (left, events) = await BulkUndo.StepAsync(context, bulk, order, company, people, user, Now(), StepSize, cancellationToken);
        return left is 0 ? End(context, bulk, BulkState.Undone) : new Told(events, []);
    }

    /// <summary>The day for undoing it begins when it is done, not when it began.</summary>
    private Task<int> KeepUndoAsync(AppDbContext context, BulkChange bulk, CancellationToken cancellationToken)
    {
        var until = Now() + UndoTokens.Lifetime;
        return context.UndoEntries.Where(row => row.Kind == UndoKind.Bulk && row.SubjectId == bulk.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, until), cancellationToken);
    }

    private Told End(AppDbContext context, BulkChange bulk, BulkState state, string? error = null)
    {
        (bulk.State, bulk.FinishedAt, bulk.Error) = (state, Now(), error);
        return new Told([LeadEvent.Reload(bulk.CompanyId)], [BulkNotices.Ended(context, bulk, Now())]);
    }

    private Task<bool> FailAsync(long companyId, long id, string error) =>
        database.WriteAsync(companyId, async context =>
        {
            var bulk = await BulkRows.LockAsync(context, companyId, id, CancellationToken.None);
            if (bulk is { State: BulkState.Waiting or BulkState.Running or BulkState.Undoing })
                End(context, bulk, BulkState.Failed, error);
            return bulk is not null;
        }, CancellationToken.None);

    private DateTime Now() => BulkRows.Exact(clock.GetUtcNow().UtcDateTime);

    /// <summary>What is said after the commit.</summary>
    private sealed record Told(IReadOnlyList<LeadEvent> Events, IReadOnlyList<LiveSignal> Signals);
}
