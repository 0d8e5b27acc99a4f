using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Monitor;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake;

/// <summary>A claimed event, without its body.</summary>
internal sealed record ClaimedEvent(long Id, long CompanyId, string Source, int Attempts);

/// <summary>The waiting events as a runner sees them: claim, and write down what became of them.</summary>
internal sealed class InboundClaims(Database database)
{
    /// <summary>After this another runner takes over, unless the first says that it is still at it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private const string Returned = "RETURNING id AS \"Id\", company_id AS \"CompanyId\", source AS \"Source\", attempts AS \"Attempts\"";

    /// <summary>Claims up to <paramref name="limit"/> due events of these sources, those that wait longest first.</summary>
    public Task<List<ClaimedEvent>> ClaimAsync(IReadOnlyList<string> sources, int limit, DateTime now, CancellationToken cancellationToken)
    {
        var postgres = database.Engine is DatabaseEngine.Postgres;
        var sourceList = postgres ? "ANY ({0})" : "(SELECT value FROM json_each({0}))";
        var skipLocked = postgres ? "FOR UPDATE SKIP LOCKED" : "";
        var sql =
            $$"""
            UPDATE inbound_events SET due_at = {1}, attempts = attempts + 1 WHERE id IN (
                SELECT id FROM inbound_events WHERE state = 0 AND due_at <= {2} AND source {{(postgres ? "=" : "IN")}} {{sourceList}}
                ORDER BY due_at LIMIT {3} {{skipLocked}})
            {{Returned}}
            """;
        return database.WriteAsync(
            CompanyScope.Installation,
            context => context.Database
                .SqlQueryRaw<ClaimedEvent>(
                    sql,
                    postgres ? sources.ToArray() : System.Text.Json.JsonSerializer.Serialize(sources),
                    JobQueue.Time(context, now + Lease),
                    JobQueue.Time(context, now),
                    limit)
                .ToListAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>The runner is still at it.</summary>
    public Task<int> RenewAsync(IReadOnlyCollection<long> ids, DateTime now, CancellationToken cancellationToken) =>
        PutOffAsync(rows => rows.Where(row => ids.Contains(row.Id)), now + Lease, cancellationToken);

    /// <summary>What a process that died had claimed is due at once. Only where no other process works: on SQLite.</summary>
    public Task<int> ReleaseAllAsync(DateTime now, CancellationToken cancellationToken) =>
        database.Engine is DatabaseEngine.Sqlite
            ? PutOffAsync(rows => rows.Where(row => row.Attempts > 0 && row.DueAt <= now + Lease), now, cancellationToken)
            : Task.FromResult(0);

    /// <summary>The events of one company, whole. Those that somebody closed meanwhile are left out.</summary>
    public async Task<List<InboundEvent>> LoadAsync(long companyId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        return await context.InboundEvents.Where(row => ids.Contains(row.Id) && row.State == InboundState.Received).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Writes down outcomes that the intake has not written itself.</summary>
    public async Task RecordAsync(long companyId, IReadOnlyList<(InboundEvent Event, InboundOutcome Outcome)> outcomes, DateTime now, CancellationToken cancellationToken)
    {
        var open = outcomes.Where(done => done.Outcome.State is not null).ToDictionary(done => done.Event.Id);
        if (open.Count is 0)
            return;
        var written = await database.WriteAsync(
            companyId,
            async context =>
            {
                // Another runner may have closed one meanwhile; closed is closed.
                var rows = await context.InboundEvents.Where(row => open.Keys.Contains(row.Id) && row.State == InboundState.Received).ToListAsync(cancellationToken);
                foreach (var row in rows)
                    Write(row, open[row.Id], now);
                return rows;
            },
            cancellationToken);
        foreach (var row in written)
        {
            if (row.State is InboundState.Received)
                IntakeMeter.Delayed(row.Source);
            else
                IntakeMeter.Became(row.Source, row.State);
        }
    }

    private Task<int> PutOffAsync(Func<IQueryable<InboundEvent>, IQueryable<InboundEvent>> which, DateTime? until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            CompanyScope.Installation,
            context => which(context.InboundEvents.IgnoreQueryFilters().Where(row => row.State == InboundState.Received))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until), cancellationToken),
            cancellationToken);

    private static void Write(InboundEvent row, (InboundEvent Event, InboundOutcome Outcome) done, DateTime now)
    {
        var outcome = done.Outcome;
        row.State = outcome.State!.Value;
        row.LeadId = outcome.LeadId;
        row.Error = outcome.Reason;
        row.DueAt = outcome.DueAt;
        row.ProcessedAt = row.State is InboundState.Received ? null : now;
        row.Fetched = done.Event.Fetched;
    }
}
