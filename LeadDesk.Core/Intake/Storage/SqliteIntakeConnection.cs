using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using Microsoft.Data.Sqlite;

namespace LeadDesk.Intake.Storage;

/// <summary>The intake's connection and its prepared statements. Used by one batch at a time.</summary>
internal sealed class SqliteIntakeConnection : IDisposable
{
    private readonly SqliteDatabase sqlite;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement lastLeadId;
    private readonly SqliteStatement lastEventId;
    private readonly SqliteStatement lastMessageId;
    private readonly SqliteStatement findContact;
    private readonly SqliteStatement findNear;
    private readonly SqliteStatement findRepeat;
    private readonly SqliteStatement findAnswered;
    private readonly SqliteStatement findLastAssigned;
    private readonly SqliteStatement setLastAssigned;
    private readonly SqliteStatement addCount;
    private readonly SqliteStatement queueSearch;
    private readonly SqliteRowWriter<Lead> leads;
    private readonly SqliteStatement updateLead;
    private readonly Action<SqliteStatement, Lead> bindLead;
    private readonly SqliteRowWriter<InboundEvent> events;
    private readonly SqliteRowWriter<InboundEvent> rawEvents;
    private readonly SqliteStatement closeEvent;
    private readonly SqliteRowWriter<LeadContact> contacts;
    private readonly SqliteRowWriter<LeadNearKey> nearKeys;
    private readonly SqliteRowWriter<PossibleDuplicate> duplicates;
    private readonly SqliteRowWriter<LeadMessage> messages;
    private readonly SqliteRowWriter<LeadAnalysis> analyses;
    private readonly SqliteRowWriter<LeadConsent> consents;
    private readonly SqliteRowWriter<CustomFieldValue> fieldValues;
    private readonly SqliteRowWriter<LeadTag> tags;
    private readonly SqliteRowWriter<LeadFile> files;
    private readonly SqliteRowWriter<TimelineEntry> timeline;
    private readonly SqliteRowWriter<IdempotencyRecord> answered;
    private readonly SqliteRowWriter<Job> jobs;
    private readonly SqliteRowWriter<ImportRow> importRows;
    private readonly SqliteStatement clearField;
    private readonly SqliteStatement progress;

    public SqliteIntakeConnection(Database database)
    {
        sqlite = new SqliteDatabase(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource, SqliteConnections.Settings);
        using var context = database.Open(CompanyScope.Installation);
        var model = context.Model;
        begin = sqlite.Prepare("BEGIN IMMEDIATE");
        commit = sqlite.Prepare("COMMIT");
        lastLeadId = sqlite.Prepare("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'leads'), 0)");
        lastEventId = sqlite.Prepare("SELECT coalesce(max(id), 0) FROM inbound_events");
        lastMessageId = sqlite.Prepare("SELECT coalesce(max(id), 0) FROM lead_messages");
        findContact = sqlite.Prepare("SELECT lead_id FROM lead_contacts WHERE company_id = ? AND kind = ? AND value = ?");
        findNear = sqlite.Prepare("SELECT lead_id FROM lead_near_keys WHERE company_id = ? AND value = ? LIMIT 10");
        findRepeat = sqlite.Prepare("SELECT id, state, lead_id FROM inbound_events WHERE company_id = ? AND source = ? AND repeat_key = ?");
        findAnswered = sqlite.Prepare("SELECT request_hash, status, response, created_at FROM idempotency_records WHERE company_id = ? AND caller = ? AND key = ?");
        findLastAssigned = sqlite.Prepare("SELECT last_assigned_user_id FROM companies WHERE id = ?");
        setLastAssigned = sqlite.Prepare("UPDATE companies SET last_assigned_user_id = ? WHERE id = ?");
        addCount = sqlite.Prepare(
            """
            INSERT INTO lead_counters (company_id, metric, owner_id, day, key, count) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (company_id, metric, owner_id, day, key) DO UPDATE SET count = count + excluded.count
            """);
        queueSearch = sqlite.Prepare("INSERT OR IGNORE INTO search_queue (lead_id) VALUES (?)");
        var leadTable = new RowTable<Lead>(model, generatedKey: false);
        leads = new(sqlite, leadTable);
        updateLead = sqlite.Prepare($"UPDATE leads SET {string.Join(", ", leadTable.Columns.Select((column, index) => $"{column} = ?{index + 1}"))} WHERE id = ?{leadTable.Columns.ToList().IndexOf("id") + 1}");
        bindLead = leads.Bind;
        events = new(sqlite, new(model, generatedKey: false));
        rawEvents = new(sqlite, new(model, generatedKey: true), unlessThere: true);
        closeEvent = sqlite.Prepare(
            """
            UPDATE inbound_events SET state = ?, lead_id = ?, processed_at = ?, steps = ?, due_at = NULL, error = NULL,
                fetched = coalesce(?, fetched), occurred_at = coalesce(?, occurred_at), origin = coalesce(?, origin)
            WHERE id = ?
            """);
        contacts = new(sqlite, new(model, generatedKey: false));
        // Of a sign that many leads share only a few are looked up; the lead itself may be among the others.
        nearKeys = new(sqlite, new(model, generatedKey: false), unlessThere: true);
        duplicates = new(sqlite, new(model, generatedKey: false));
        messages = new(sqlite, new(model, generatedKey: false));
        analyses = new(sqlite, new(model, generatedKey: true));
        consents = new(sqlite, new(model, generatedKey: true));
        fieldValues = new(sqlite, new(model, generatedKey: false), unlessThere: true);
        tags = new(sqlite, new(model, generatedKey: false), unlessThere: true);
        files = new(sqlite, new(model, generatedKey: true));
        timeline = new(sqlite, new(model, generatedKey: true));
        answered = new(sqlite, new(model, generatedKey: false));
        jobs = new(sqlite, new(model, generatedKey: true));
        importRows = new(sqlite, new(model, generatedKey: false));
        clearField = sqlite.Prepare("DELETE FROM lead_field_values WHERE lead_id = ? AND field_id = ?");
        progress = sqlite.Prepare($"{ImportProgressSql.Update("?1", "?2", "?3", "?4", "?5", "?6", "?7", "?8")} RETURNING id");
    }

    public void Begin() => begin.Run();

    /// <summary>Keeps nobody from writing. End it with <see cref="Rollback"/>.</summary>
    public void BeginReading() => sqlite.Execute("BEGIN");

    public void Commit() => commit.Run();

    public void Rollback() => sqlite.RollbackIfOpen();

    public Queue<long> NextLeadIds(int count) => IdsAfter(lastLeadId, count);

    public Queue<long> NextEventIds(int count) => IdsAfter(lastEventId, count);

    public Queue<long> NextMessageIds(int count) => IdsAfter(lastMessageId, count);

    public void LookUp(IntakeLookups lookups, IntakeState state)
    {
        foreach (var company in lookups.Companies)
            state.LastAssigned[company] = First(findLastAssigned.Bind(company), static row => row.NullableInt64(0));
        foreach (var key in lookups.Contacts)
        {
            if (First(findContact.Bind(key.CompanyId).Bind((long)key.Kind).Bind(key.Value), static row => (long?)row.Int64(0)) is { } lead)
                state.Contacts[key] = lead;
        }

        foreach (var key in lookups.Near)
        {
            findNear.Bind(key.CompanyId).Bind(key.Value);
            var found = new List<long>();
            while (findNear.Step())
                found.Add(findNear.Int64(0));
            if (found.Count > 0)
                state.NearLeads[key] = found;
        }

        foreach (var key in lookups.Repeats)
        {
            if (First(findRepeat.Bind(key.CompanyId).Bind(key.Source).Bind(key.Value), Known) is { } known)
                state.Repeats[key] = known;
        }

        foreach (var key in lookups.Callers)
        {
            if (First(findAnswered.Bind(key.CompanyId).Bind(key.Caller).Bind(key.Key), row => Record(key, row)) is { } record)
                state.Answered[key] = record;
        }
    }

    public void Write(IntakeRows rows)
    {
        leads.Insert(rows.NewLeads);
        foreach (var lead in rows.ChangedLeads)
        {
            bindLead(updateLead, lead);
            updateLead.Run();
        }

        events.Insert(rows.Events);
        foreach (var closed in rows.ClosedEvents)
            Close(closed);
        rawEvents.Insert(rows.RawEvents);
        contacts.Insert(rows.Contacts);
        nearKeys.Insert(rows.NearKeys);
        duplicates.Insert(rows.Duplicates);
        messages.Insert(rows.Messages);
        analyses.Insert(rows.Analyses);
        consents.Insert(rows.Consents);
        files.Insert(rows.Files);
        timeline.Insert(rows.Timeline);
        answered.Insert(rows.Answered);
        jobs.Insert(rows.Jobs);
        foreach (var (lead, field) in rows.ClearedFields)
            clearField.Bind(lead).Bind(field).Run();
        fieldValues.Insert(rows.FieldValues);
        tags.Insert(rows.Tags);
        importRows.Insert(rows.ImportRows);
        foreach (var import in rows.Imports)
            Move(import);
        foreach (var lead in rows.SearchQueue)
            queueSearch.Bind(lead).Run();
        foreach (var (company, user) in rows.LastAssigned)
            setLastAssigned.Bind(user).Bind(company).Run();
        foreach (var (company, deltas) in rows.Counters)
        {
            foreach (var (counter, change) in CounterStore.InOrder(deltas))
                addCount.Bind(company).Bind((long)counter.Metric).Bind(counter.OwnerId).Bind((long)counter.Day).Bind(counter.Key).Bind((long)change).Run();
        }
    }

    public void Dispose()
    {
        foreach (IDisposable statement in (IDisposable[])
            [begin, commit, lastLeadId, lastEventId, lastMessageId, findContact, findNear, findRepeat, findAnswered, findLastAssigned, setLastAssigned, addCount, queueSearch, updateLead,
             leads, events, rawEvents, closeEvent, contacts, nearKeys, duplicates, messages, analyses, consents, files, timeline, answered, jobs, fieldValues, tags, importRows, clearField, progress])
        {
            statement.Dispose();
        }

        sqlite.Dispose();
    }

    private static Queue<long> IdsAfter(SqliteStatement lastId, int count)
    {
        var last = First(lastId, static row => row.Int64(0));
        return new Queue<long>(Enumerable.Range(1, count).Select(step => last + step));
    }

    private void Close(ClosedEvent closed)
    {
        var incoming = closed.Item.Incoming;
        closeEvent.Bind((long)InboundState.Processed).Bind(closed.LeadId).Bind(closed.ProcessedAt).Bind(closed.Steps)
            .Bind(incoming.Fetched).Bind(incoming.OccurredAt).Bind(incoming.Origin).Bind(closed.Id).Run();
    }

    private void Move(ImportProgress import)
    {
        var tally = import.Tally;
        progress.Bind((long)import.DoneAfter).Bind((long)tally.Added).Bind((long)tally.Updated).Bind((long)tally.Joined).Bind((long)tally.Skipped).Bind((long)tally.Rejected)
            .Bind(import.ImportId).Bind((long)import.DoneBefore);
        if (First(progress, static row => (long?)row.Int64(0)) is null)
            throw new ImportMovedOnException();
    }

    private static KnownEvent Known(SqliteStatement row) => new(row.Int64(0), (InboundState)row.Int64(1), row.NullableInt64(2));

    private static T? First<T>(SqliteStatement statement, Func<SqliteStatement, T?> read)
    {
        if (!statement.Step())
            return default;
        var value = read(statement);
        statement.Reset();
        return value;
    }

    private static IdempotencyRecord Record(CallerKey key, SqliteStatement row) => new()
    {
        CompanyId = key.CompanyId,
        Caller = key.Caller,
        Key = key.Key,
        RequestHash = row.Text(0)!,
        Status = (int)row.Int64(1),
        Response = row.Text(2),
        CreatedAt = row.Time(3),
    };
}
