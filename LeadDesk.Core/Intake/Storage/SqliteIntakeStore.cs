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
    private readonly SemaphoreSlim reading = new(1, 1);
    private SqliteIntakeConnection? connection;
    private SqliteIntakeConnection? reader;

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

    public async Task<IntakeState> LookUpAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
    {
        // One at a time has the reading connection; writers go on beside it.
        await reading.WaitAsync(cancellationToken);
        try
        {
            reader ??= new SqliteIntakeConnection(database);
            var state = IntakeIds.Unreal(items.Count);
            // One transaction for all lookups: each of its own would lock and unlock the file.
            reader.BeginReading();
            try
            {
                await SqliteIntakeTransaction.FillAsync(database, reader, new IntakeLookups(items), state, cancellationToken);
            }
            finally
            {
                reader.Rollback();
            }

            return state;
        }
        finally
        {
            reading.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        connection?.Dispose();
        reader?.Dispose();
        reading.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class SqliteIntakeTransaction(Database database, SqliteIntakeConnection connection, WriteTurn turn, IReadOnlyList<IntakeItem> items) : IIntakeTransaction
{
    private bool committed;

    public async Task<IntakeState> LoadAsync(CancellationToken cancellationToken)
    {
        var lookups = new IntakeLookups(items);
        var state = new IntakeState
        {
            LeadIds = connection.NextLeadIds(items.Count),
            EventIds = connection.NextEventIds(lookups.Events),
            MessageIds = connection.NextMessageIds(lookups.Messages),
        };
        await FillAsync(database, connection, lookups, state, cancellationToken);
        return state;
    }

    public static async Task FillAsync(Database database, SqliteIntakeConnection connection, IntakeLookups lookups, IntakeState state, CancellationToken cancellationToken)
    {
        connection.LookUp(lookups, state);
        var known = state.KnownLeads().ToList();
        if (known.Count is 0)
            return;

        // Nobody else writes while we have the turn, so another connection sees the same leads.
        await using var context = database.Open(CompanyScope.Installation);
        await foreach (var lead in context.Leads.IgnoreQueryFilters().Where(lead => known.Contains(lead.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Leads[lead.Id] = lead;
        var companies = lookups.Companies.ToArray();
        var linked = context.PossibleDuplicates.IgnoreQueryFilters().Where(pair => companies.Contains(pair.CompanyId) && known.Contains(pair.LeadId));
        await foreach (var pair in linked.AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Linked.Add((pair.LeadId, pair.OtherLeadId));
        if (lookups.Labels)
            await IntakeLabels.LoadAsync(context, known, state, cancellationToken);
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
