using System.Text.Json;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Ingest;

/// <summary><c>POST /api/webhook</c>: how many leads a second, how long each waits, beside what the bare engine commits.</summary>
internal static class IngestSection
{
    private const int LeadsPresent = 100_000;
    private const int QuickLeadsPresent = 2_000;
    private const int SeedingConnections = 64;
    private const double LongestP99 = 25;

    private static readonly int[] Connections = [8, 64];

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var table = new Table("engine", "connections", "leads/s", "floor, commits/s", "of the floor", "budget", "met", "p50 ms", "p95 ms", "p99 ms", "floor p99 ms", "server CPU", "client CPU", "whole machine");
        foreach (var engine in bench.Options.Engines)
        {
            foreach (var connections in Connections)
                await MeasureAsync(bench, engine, connections, table);
        }

        var present = Whole(bench.Options.Quick ? QuickLeadsPresent : LeadsPresent);
        return new Section(
            $"""
            {table}
            Each line begins with a fresh database and {present} leads sent through the same door; then {Duration(bench).TotalSeconds} s of distinct people with messages in nine languages, one request
            in flight per connection, every answer a 200 and every lead counted afterwards. Budget: leads/s, and p99 ≤ {LongestP99} ms. The floor is measured right before,
            by as many connections: one-row `INSERT`s with the same durability. CPU in per cent of one core ({Environment.ProcessorCount} cores, which generator, server and database share); the
            machine in per cent of all of them.
            """);
    }

    private static TimeSpan Duration(BenchRun bench) => TimeSpan.FromSeconds(bench.Options.Quick ? 3 : 20);

    private static double Budget(DatabaseEngine engine, int connections) => (engine, connections) switch
    {
        (DatabaseEngine.Sqlite, 64) => 10_000,
        (DatabaseEngine.Sqlite, _) => 5_000,
        _ => 3_000,
    };

    private static async Task MeasureAsync(BenchRun bench, DatabaseEngine engine, int connections, Table table)
    {
        var name = BenchDatabase.NameOf(engine);
        BenchRun.Say($"{name}, {connections} connections: floor");
        Load floor;
        await using (var bare = await bench.CreateDatabaseAsync(engine))
            floor = CommitFloor.Measure(bare, connections, Duration(bench) / 2);

        await using var database = await bench.CreateDatabaseAsync(engine);
        await using var app = await LeadDeskApp.StartAsync(database);
        var generator = new LoadGenerator(app.Address);
        BenchRun.Say($"{name}, {connections} connections: leads that are there before");
        generator.Post(SeedingConnections, bench.Options.Quick ? QuickLeadsPresent : LeadsPresent);
        BenchRun.Say($"{name}, {connections} connections: measuring");
        var processors = new ProcessorUse(app);
        var load = generator.Post(connections, Duration(bench));
        var use = processors.Since();
        await CheckCountAsync(app, generator.Answered);

        var budget = Budget(engine, connections);
        table.Add(
            name, Whole(connections), Whole(load.PerSecond), Whole(floor.PerSecond), Percent(load.PerSecond / floor.PerSecond), Whole(budget),
            Met(load.PerSecond >= budget && load.Latencies.P99 <= LongestP99),
            Milliseconds(load.Latencies.P50), Milliseconds(load.Latencies.P95), Milliseconds(load.Latencies.P99), Milliseconds(floor.Latencies.P99),
            Percent(use.Server), Percent(use.Client), Percent(use.Machine));
    }

    /// <summary>Every 200 must be a lead, and no lead may come from nowhere.</summary>
    private static async Task CheckCountAsync(ServerProcess app, int answered)
    {
        using var client = app.CreateClient(LeadDeskApp.ApiKey);
        var stats = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("api/webhook/stats"));
        var total = stats.GetProperty("total_leads").GetInt64();
        if (total != answered)
            throw new InvalidOperationException($"{answered} leads were answered with 200, but {total} are there.");
    }
}
