using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Data.Postgres;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LeadDesk.Intake.Storage;

internal sealed class PostgresIntakeTransaction(
    NpgsqlConnection connection, NpgsqlTransaction transaction, PostgresIntakeTables tables, IReadOnlyList<IntakeItem> items) : IIntakeTransaction
{
    public async Task<IntakeState> LoadAsync(CancellationToken cancellationToken)
    {
        var lookups = new IntakeLookups(items);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add("SELECT id, last_assigned_user_id FROM companies WHERE id = ANY ($1) ORDER BY id FOR UPDATE", lookups.Companies.ToArray());
        foreach (var (table, count) in ((string, int)[])[("leads", items.Count), ("inbound_events", lookups.Events), ("lead_messages", lookups.Messages)])
            batch.Add($"SELECT nextval('{table}_id_seq') FROM generate_series(1, $1)", count);
        AddLookups(batch, lookups);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var lastAssigned = new Dictionary<long, long?>();
        while (await reader.ReadAsync(cancellationToken))
            lastAssigned[reader.GetInt64(0)] = await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1);
        var state = new IntakeState
        {
            LeadIds = await IdsAsync(reader, cancellationToken),
            EventIds = await IdsAsync(reader, cancellationToken),
            MessageIds = await IdsAsync(reader, cancellationToken),
        };
        foreach (var (company, user) in lastAssigned)
            state.LastAssigned[company] = user;
        await reader.NextResultAsync(cancellationToken);
        await ReadLookupsAsync(reader, state, cancellationToken);
        await reader.CloseAsync();

        await LoadLeadsAsync(connection, transaction, lookups, state, cancellationToken);
        return state;
    }

    /// <summary>The same without locks.</summary>
    public static async Task LookUpAsync(NpgsqlConnection connection, IntakeLookups lookups, IntakeState state, CancellationToken cancellationToken)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            AddLookups(batch, lookups);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await ReadLookupsAsync(reader, state, cancellationToken);
        }

        await LoadLeadsAsync(connection, null, lookups, state, cancellationToken);
    }

    public async Task CommitAsync(IntakeRows rows, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        tables.Write(batch, rows);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
        foreach (var import in rows.Imports)
            await MoveAsync(import, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task MoveAsync(ImportProgress import, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ImportProgressSql.Update("$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8"), connection, transaction);
        foreach (var value in (ReadOnlySpan<object>)[import.DoneAfter, import.Tally.Added, import.Tally.Updated, import.Tally.Joined, import.Tally.Skipped, import.Tally.Rejected, import.ImportId, import.DoneBefore])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        if (await command.ExecuteNonQueryAsync(cancellationToken) is 0)
            throw new ImportMovedOnException();
    }

    public async ValueTask DisposeAsync()
    {
        // Rolls back what was not committed.
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static void AddLookups(NpgsqlBatch batch, IntakeLookups lookups)
    {
        batch.Add(
            "SELECT company_id, kind, value, lead_id FROM lead_contacts WHERE (company_id, kind, value) IN (SELECT * FROM unnest($1, $2, $3))",
            lookups.Contacts.Select(key => key.CompanyId).ToArray(),
            lookups.Contacts.Select(key => (int)key.Kind).ToArray(),
            lookups.Contacts.Select(key => key.Value).ToArray());
        batch.Add(
            """
            SELECT wanted.company_id, wanted.value, found.lead_id FROM unnest($1, $2) AS wanted (company_id, value)
            CROSS JOIN LATERAL (SELECT lead_id FROM lead_near_keys AS near WHERE near.company_id = wanted.company_id AND near.value = wanted.value COLLATE "C" LIMIT 10) AS found
            """,
            lookups.Near.Select(key => key.CompanyId).ToArray(),
            lookups.Near.Select(key => key.Value).ToArray());
        batch.Add(
            "SELECT company_id, source, repeat_key, id, state, lead_id FROM inbound_events WHERE (company_id, source, repeat_key) IN (SELECT * FROM unnest($1, $2, $3))",
            lookups.Repeats.Select(key => key.CompanyId).ToArray(),
            lookups.Repeats.Select(key => key.Source).ToArray(),
            lookups.Repeats.Select(key => key.Value).ToArray());
        batch.Add(
            "SELECT company_id, caller, key, request_hash, status, response, created_at FROM idempotency_records WHERE (company_id, caller, key) IN (SELECT * FROM unnest($1, $2, $3))",
            lookups.Callers.Select(key => key.CompanyId).ToArray(),
            lookups.Callers.Select(key => key.Caller).ToArray(),
            lookups.Callers.Select(key => key.Key).ToArray());
    }

    private static async Task<Queue<long>> IdsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var ids = new Queue<long>();
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.Enqueue(reader.GetInt64(0));
        return ids;
    }

    private static async Task ReadLookupsAsync(NpgsqlDataReader reader, IntakeState state, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
            state.Contacts[new(reader.GetInt64(0), (ContactKind)reader.GetInt32(1), reader.GetString(2))] = reader.GetInt64(3);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new NearKey(reader.GetInt64(0), reader.GetString(1));
            if (!state.NearLeads.TryGetValue(key, out var leads))
                state.NearLeads[key] = leads = [];
            leads.Add(reader.GetInt64(2));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var leadId = await reader.IsDBNullAsync(5, cancellationToken) ? (long?)null : reader.GetInt64(5);
            state.Repeats[new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2))] = new KnownEvent(reader.GetInt64(3), (InboundState)reader.GetInt32(4), leadId);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new CallerKey(reader.GetInt64(0), reader.GetString(1), reader.GetString(2));
            state.Answered[key] = new IdempotencyRecord
            {
                CompanyId = key.CompanyId,
                Caller = key.Caller,
                Key = key.Key,
                RequestHash = reader.GetString(3),
                Status = reader.GetInt32(4),
                Response = await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetString(5),
                CreatedAt = reader.GetDateTime(6),
            };
        }
    }

    /// <summary>Locked against the people who change them meanwhile; they wait, or find a newer version.</summary>
    private static async Task LoadLeadsAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IntakeLookups lookups, IntakeState state, CancellationToken cancellationToken)
    {
        var known = state.KnownLeads().Order().ToArray();
        if (known.Length is 0)
            return;
        await using var context = Database.Open(CompanyScope.Installation, connection);
        if (transaction is not null)
            await context.Database.UseTransactionAsync(transaction, cancellationToken);
        var leads = transaction is null
            ? context.Leads.IgnoreQueryFilters().Where(lead => known.Contains(lead.Id))
            : context.Leads.FromSql($"SELECT * FROM leads WHERE id = ANY ({known}) ORDER BY id FOR UPDATE").IgnoreQueryFilters();
        await foreach (var lead in leads.AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Leads[lead.Id] = lead;
        var companies = lookups.Companies.ToArray();
        var linked = context.PossibleDuplicates.IgnoreQueryFilters().Where(pair => companies.Contains(pair.CompanyId) && known.Contains(pair.LeadId));
        await foreach (var pair in linked.AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Linked.Add((pair.LeadId, pair.OtherLeadId));
        if (lookups.Labels)
            await IntakeLabels.LoadAsync(context, known, state, cancellationToken);
    }
}
