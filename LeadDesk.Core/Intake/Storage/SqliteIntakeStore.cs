using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Storage;

/// <summary>
/// The intake's transactions on SQLite: one connection of its own with prepared statements, one commit (and one fsync)
/// for all messages that wait. Waits its turn among the process's writers like everybody else.
/// </summary>
internal sealed class SqliteIntakeStore(Database database) : IIntakeStore
{
    private SqliteIntakeConnection? connection;

    public async Task<IIntakeTransaction> BeginAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
    {
        var turn = await database.EnterWriteAsync(cancellationToken);
        try
        {
            connection ??= new SqliteIntakeConnection(database);
            connection.Begin();
            return new SqliteIntakeTransaction(database, connection, turn, items);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        connection?.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class SqliteIntakeTransaction(Database database, SqliteIntakeConnection connection, WriteTurn turn, IReadOnlyList<IntakeItem> items) : IIntakeTransaction
{
    private bool committed;

    public async Task<IntakeState> LoadAsync(CancellationToken cancellationToken)
    {
        var state = new IntakeState
        {
            LeadIds = connection.NextLeadIds(items.Count),
            EventIds = connection.NextEventIds(items.Count),
            MessageIds = connection.NextMessageIds(items.Count),
        };
        var lookups = new IntakeLookups(items);
        connection.LookUp(lookups, state);
        var known = state.KnownLeads().ToList();
        if (known.Count is 0)
            return state;

        // Nobody else writes while we have the turn, so another connection sees the same leads.
        await using var context = database.Open(CompanyScope.Installation);
        await foreach (var lead in context.Leads.IgnoreQueryFilters().Where(lead => known.Contains(lead.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Leads[lead.Id] = lead;
        var companies = lookups.Companies.ToArray();
        var linked = context.PossibleDuplicates.IgnoreQueryFilters().Where(pair => companies.Contains(pair.CompanyId) && known.Contains(pair.LeadId));
        await foreach (var pair in linked.AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Linked.Add((pair.LeadId, pair.OtherLeadId));
        return state;
    }

    public Task CommitAsync(IntakeRows rows, CancellationToken cancellationToken)
    {
        connection.Write(rows);
        connection.Commit();
        committed = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            if (!committed)
                connection.Rollback();
        }
        finally
        {
            turn.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
