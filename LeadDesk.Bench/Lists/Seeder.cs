using System.Data.Common;
using LeadDesk.Access;
using LeadDesk.Bench.Ingest;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using LeadDesk.Leads;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LeadDesk.Bench.Lists;

/// <summary>
/// A company with very many leads. A thousand people write through the app's own door, so that every table holds what it really holds; the
/// database then multiplies them, with other names, numbers and times, and another fate in the pipeline for each. Running totals are counted anew by the product's own rules.
/// </summary>
internal sealed class Seeder(BenchDatabase database, int leads)
{
    public const int Templates = 960;
    public const long CompanyId = 1;
    private const int Salespeople = 8;
    private const long YearMicroseconds = 365L * 24 * 3600 * 1_000_000;

    private static readonly string[] Surnames = ["Ahmad", "Berg", "Cruz", "Demir", "Evans", "Fischer", "Gomez", "Haddad", "Ivanova", "Jensen", "Kaya", "Lopez", "Moreau", "Nowak", "Okafor", "Pereira", "Qureshi", "Rossi", "Silva", "Tanaka"];
    private static readonly string[] GivenNames = ["Ali", "Beatriz", "Can", "Daniel", "Esra", "Fatima", "George", "Hina", "Ines", "Jamal", "Karin", "Leyla", "Maria", "Noor", "Omar", "Paula", "Rashid", "Sofia", "Tariq", "Uma", "Victor", "Wendy", "Yusuf", "Zeynep"];

    public int Copies => (leads / Templates) - 1;

    private bool IsSqlite => database.Engine is DatabaseEngine.Sqlite;

    /// <summary>How many leads there are afterwards.</summary>
    public int Total => (Copies + 1) * Templates;

    public async Task RunAsync()
    {
        BenchRun.Say($"{Templates} people write");
        await using (var app = await LeadDeskApp.StartAsync(database))
        {
            await WriteAsync(app);
            await SearchableAsync();
        }

        await using (var connection = await OpenAsync())
            await new DeskFacts(new TableCopy(connection, database.Engine)).WriteAsync();
        await using (var product = new Database(database.ConnectionString))
            await LeadSearchIndexer.CatchUpAsync(product, CancellationToken.None);

        BenchRun.Say($"multiplied to {Total}");
        await using (var connection = await OpenAsync())
        {
            var copy = new TableCopy(connection, database.Engine);
            await AddSalespeopleAsync(copy);
            await MultiplyAsync(copy);
            if (IsSqlite)
                await copy.ExecuteAsync("INSERT INTO lead_search_threes (lead_search_threes) VALUES ('rebuild')");
            else
                await copy.ExecuteAsync("VACUUM ANALYZE");
        }

        BenchRun.Say("counted");
        await CountAsync();
    }

    private static async Task WriteAsync(ServerProcess app)
    {
        using var client = app.CreateClient(LeadDeskApp.ApiKey);
        for (var person = 0; person < Templates; person++)
        {
            var name = $"{GivenNames[person % GivenNames.Length]} {Surnames[person / GivenNames.Length % Surnames.Length]}";
            var json = WebhookRequest.Json(SampleMessages.All[(person * 7) % SampleMessages.All.Count], Digits(person), name);
            using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("api/webhook", content);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static string Digits(int person) => person.ToString("D8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The index follows within a second or so.</summary>
    private async Task SearchableAsync()
    {
        await using var connection = await OpenAsync();
        var tables = new TableCopy(connection, database.Engine);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await tables.NumberAsync("SELECT count(*) FROM lead_search") < Templates)
            await looks.WaitForNextTickAsync(deadline.Token);
    }

    private static async Task AddSalespeopleAsync(TableCopy copy)
    {
        var last = await copy.NumberAsync("SELECT max(id) FROM users");
        await copy.MultiplyAsync("users", Salespeople, column => column switch
        {
            "id" => $"{last} + (t.id * {Salespeople}) + k",
            "name" => "'Seller ' || ((t.id * 10) + k)",
            "email" => "'seller.' || t.id || '.' || k || '@example.com'",
            "role" => $"{(int)Role.Salesperson}",
            _ => null,
        });
    }

    private async Task MultiplyAsync(TableCopy copy)
    {
        var sellers = await copy.TextsAsync($"SELECT CAST(id AS text) FROM users WHERE role = {(int)Role.Salesperson} ORDER BY id");
        var stages = await copy.TextsAsync("SELECT CAST(id AS text) || ':' || CAST(outcome AS text) FROM stages ORDER BY position");
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in (string[])["leads", "lead_messages", "lead_analyses", "timeline_entries", "inbound_events"])
            last[table] = await copy.NumberAsync($"SELECT max(id) FROM {table}");
        var expressions = new CopiedColumns(IsSqlite, last, sellers, stages, Copies, YearMicroseconds / (Copies + 1));
        foreach (var table in (string[])["leads", "lead_contacts", "lead_near_keys", "lead_messages", "lead_analyses", "timeline_entries", "inbound_events", "lead_search", "lead_facets", "lead_tags", "lead_helpers", "lead_field_values"])
        {
            BenchRun.Say($"  {table}");
            await copy.MultiplyAsync(table, Copies, column => expressions.Of(table, column));
        }
    }

    /// <summary>By the product's own rules, from the leads as they are now.</summary>
    private async Task CountAsync()
    {
        await using var product = new Database(database.ConnectionString);
        await using var reading = product.Open(CompanyId);
        var counted = new Dictionary<CounterKey, long>();
        var counting = reading.Leads.Select(lead => new Lead
        {
            Channel = lead.Channel,
            Grade = lead.Grade,
            StageId = lead.StageId,
            Outcome = lead.Outcome,
            OwnerId = lead.OwnerId,
            CreatedAt = lead.CreatedAt,
            StageChangedAt = lead.StageChangedAt,
            FirstResponseAt = lead.FirstResponseAt,
        });
        await foreach (var lead in counting.AsAsyncEnumerable())
            CounterKeys.Add(counted, lead, TimeZoneInfo.Utc, 1);
        await product.WriteAsync(CompanyId, async context =>
        {
            await context.LeadCounters.ExecuteDeleteAsync();
            await CounterStore.ApplyAsync(context, CompanyId, counted, CancellationToken.None);
            return counted.Count;
        }, CancellationToken.None);
    }

    private async Task<DbConnection> OpenAsync()
    {
        if (IsSqlite)
            SqliteNative.PreferSystemLibrary();
        DbConnection connection = IsSqlite ? new SqliteConnection(database.ConnectionString) : new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // Filling need not be durable, and has the machine to itself.
        command.CommandText = IsSqlite ? "PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000" : "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
