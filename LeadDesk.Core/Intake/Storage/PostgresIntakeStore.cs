using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Data.Postgres;
using LeadDesk.Intake.Import;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using Npgsql;
using NpgsqlTypes;

namespace LeadDesk.Intake.Storage;

/// <summary>
/// The intake's transactions on PostgreSQL: one round trip to lock and look up, one to write, one to commit, whatever the
/// size of the batch. The companies' rows serve as locks, so batches of several nodes for one company take turns and
/// the round-robin, the counters and the addresses never clash; the unique indexes stand behind them all the same.
/// </summary>
internal sealed class PostgresIntakeStore : IIntakeStore
{
    private readonly NpgsqlDataSource source;

    public PostgresIntakeStore(Database database)
    {
        source = PostgresConnections.CreateIntakeSource(database.ConnectionString);
        using var context = database.Open(CompanyScope.Installation);
        Tables = new PostgresIntakeTables(context.Model);
    }

    private PostgresIntakeTables Tables { get; }

    public async Task<IntakeState> LookUpAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var state = IntakeIds.Unreal(items.Count);
        await PostgresIntakeTransaction.LookUpAsync(connection, new IntakeLookups(items), state, cancellationToken);
        return state;
    }

    public async Task<IIntakeTransaction> BeginAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            return new PostgresIntakeTransaction(connection, transaction, Tables, items);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

/// <summary>How the rows of a batch are written: one statement per table, its columns as arrays.</summary>
internal sealed class PostgresIntakeTables(Microsoft.EntityFrameworkCore.Metadata.IModel model)
{
    private readonly PostgresRowWriter<Lead> leads = new(model, generatedKey: false);
    private readonly PostgresRowWriter<InboundEvent> events = new(model, generatedKey: false);
    private readonly PostgresRowWriter<InboundEvent> rawEvents = new(model, generatedKey: true, unlessThere: true);
    private readonly PostgresRowWriter<LeadContact> contacts = new(model, generatedKey: false);
    // Of a sign that many leads share only a few are looked up; the lead itself may be among the others.
    private readonly PostgresRowWriter<LeadNearKey> nearKeys = new(model, generatedKey: false, unlessThere: true);
    private readonly PostgresRowWriter<PossibleDuplicate> duplicates = new(model, generatedKey: false);
    private readonly PostgresRowWriter<LeadMessage> messages = new(model, generatedKey: false);
    private readonly PostgresRowWriter<LeadAnalysis> analyses = new(model, generatedKey: true);
    private readonly PostgresRowWriter<LeadConsent> consents = new(model, generatedKey: true);
    private readonly PostgresRowWriter<CustomFieldValue> fieldValues = new(model, generatedKey: false, unlessThere: true);
    private readonly PostgresRowWriter<LeadTag> tags = new(model, generatedKey: false, unlessThere: true);
    private readonly PostgresRowWriter<LeadFile> files = new(model, generatedKey: true);
    private readonly PostgresRowWriter<TimelineEntry> timeline = new(model, generatedKey: true);
    private readonly PostgresRowWriter<IdempotencyRecord> answered = new(model, generatedKey: false);
    private readonly PostgresRowWriter<Job> jobs = new(model, generatedKey: true);
    private readonly PostgresRowWriter<ImportRow> importRows = new(model, generatedKey: false);

    public void Write(NpgsqlBatch batch, IntakeRows rows)
    {
        leads.Insert(batch, rows.NewLeads);
        leads.Update(batch, [.. rows.ChangedLeads]);
        events.Insert(batch, rows.Events);
        Close(batch, rows.ClosedEvents);
        rawEvents.Insert(batch, rows.RawEvents);
        contacts.Insert(batch, rows.Contacts);
        nearKeys.Insert(batch, rows.NearKeys);
        duplicates.Insert(batch, rows.Duplicates);
        messages.Insert(batch, rows.Messages);
        analyses.Insert(batch, rows.Analyses);
        consents.Insert(batch, rows.Consents);
        files.Insert(batch, rows.Files);
        timeline.Insert(batch, rows.Timeline);
        answered.Insert(batch, rows.Answered);
        jobs.Insert(batch, rows.Jobs);
        if (rows.ClearedFields.Count > 0)
        {
            batch.Add(
                "DELETE FROM lead_field_values WHERE (lead_id, field_id) IN (SELECT * FROM unnest($1, $2))",
                rows.ClearedFields.Select(static cleared => cleared.LeadId).ToArray(),
                rows.ClearedFields.Select(static cleared => cleared.FieldId).ToArray());
        }

        fieldValues.Insert(batch, rows.FieldValues);
        tags.Insert(batch, rows.Tags);
        importRows.Insert(batch, rows.ImportRows);
        if (rows.SearchQueue.Count > 0)
            batch.Add("INSERT INTO search_queue (lead_id) SELECT unnest($1) ON CONFLICT (lead_id) DO UPDATE SET lead_id = excluded.lead_id", rows.SearchQueue.Order().ToArray());
        foreach (var (company, user) in rows.LastAssigned)
            batch.Add("UPDATE companies SET last_assigned_user_id = $1 WHERE id = $2", user, company);
        foreach (var (company, deltas) in rows.Counters)
        {
            var ordered = CounterStore.InOrder(deltas).ToList();
            batch.Add(
                """
                INSERT INTO lead_counters (company_id, metric, owner_id, day, key, count)
                SELECT $1, metric, owner_id, day, key, count FROM unnest($2, $3, $4, $5, $6) AS delta (metric, owner_id, day, key, count)
                ON CONFLICT (company_id, metric, owner_id, day, key) DO UPDATE SET count = lead_counters.count + excluded.count
                """,
                company,
                ordered.Select(delta => (int)delta.Key.Metric).ToArray(),
                ordered.Select(delta => delta.Key.OwnerId).ToArray(),
                ordered.Select(delta => delta.Key.Day).ToArray(),
                ordered.Select(delta => delta.Key.Key).ToArray(),
                ordered.Select(delta => delta.Value).ToArray());
        }
    }

    private static void Close(NpgsqlBatch batch, List<ClosedEvent> closed)
    {
        if (closed.Count is 0)
            return;
        var command = new NpgsqlBatchCommand(
            """
            UPDATE inbound_events AS old SET state = $1, lead_id = done.lead_id, processed_at = done.processed_at, steps = done.steps, due_at = NULL, error = NULL,
                fetched = coalesce(done.fetched, old.fetched), occurred_at = coalesce(done.occurred_at, old.occurred_at), origin = coalesce(done.origin, old.origin)
            FROM unnest($2, $3, $4, $5, $6, $7, $8) AS done (id, lead_id, processed_at, steps, fetched, occurred_at, origin) WHERE old.id = done.id
            """);
        void Add(object value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        Add((int)InboundState.Processed, NpgsqlDbType.Integer);
        Add(closed.Select(done => done.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(closed.Select(done => done.LeadId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(closed.Select(done => done.ProcessedAt).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        Add(closed.Select(done => done.Steps).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(closed.Select(done => done.Item.Incoming.Fetched).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
        Add(closed.Select(done => done.Item.Incoming.OccurredAt).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        Add(closed.Select(done => done.Item.Incoming.Origin).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        batch.BatchCommands.Add(command);
    }
}
