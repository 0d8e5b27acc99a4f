using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Live;

/// <summary>From the post of a lead to all who look: SignalR clients of the hub, and open dashboards.</summary>
internal static class LiveSection
{
    private const int Listeners = 200;
    private const double Budget = 300;

    private static readonly (string Words, TimeSpan Interval, int Changes)[] Paces =
    [
        ("one lead each half second", TimeSpan.FromMilliseconds(500), 60),
        ("20 leads a second", TimeSpan.FromMilliseconds(50), 600),
    ];

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var listeners = bench.Options.Quick ? 20 : Listeners;
        var floors = await FloorAsync(bench, listeners);
        var table = new Table("who listens", "pace", "p50 ms", "p95 ms", "p99 ms", "missed", "floor p50 ms", "floor p95 ms", "ratio of p95", "budget, p95 ms", "met");
        foreach (var engine in bench.Options.Engines)
        {
            await using var database = await bench.CreateDatabaseAsync(engine);
            await using var app = await LeadDeskApp.StartAsync(database);
            using var prober = new Prober(app.Address);
            BenchRun.Say($"{listeners} clients of the hub, {BenchDatabase.NameOf(engine)}");
            await using (var clients = await Audience.OpenAsync(listeners, () => HubListener.OpenAsync(app.Address)))
                await MeasureAsync(bench, $"{listeners} SignalR clients, {BenchDatabase.NameOf(engine)}", clients, () => prober.PostLead().LeadId, floors, table);
            BenchRun.Say($"{listeners} open dashboards, {BenchDatabase.NameOf(engine)}");
            using var browser = await SignedInBrowser.OpenAsync(app.Address);
            await using var dashboards = await Audience.OpenAsync(listeners, () => CircuitListener.OpenAsync(app.Address, browser, "/"));
            await MeasureAsync(bench, $"{listeners} open dashboards, {BenchDatabase.NameOf(engine)}", dashboards, () => prober.PostLead().Number, floors, table);
        }

        return new Section(
            $"""
            {table}
            The clock starts before `POST /api/webhook` is sent, so the whole pipeline and the commit are inside, and stops in each listener: SignalR clients when
            `lead_created` arrives, dashboards (real Blazor circuits over WebSocket, without a browser) when the render batch with the new lead's name
            arrives; painting it is the browser's. Missed: a name that a listener never saw within five seconds. The floor: an empty server with as many WebSockets that sends 1 KiB to all of them
            on a `POST`, at the same pace. Client and server share {Environment.ProcessorCount} cores.
            """);
    }

    private static async Task<List<Hearing>> FloorAsync(BenchRun bench, int listeners)
    {
        BenchRun.Say($"{listeners} WebSockets of an empty server");
        await using var server = await FloorApp.StartAsync();
        using var prober = new Prober(server.Address);
        await using var audience = await Audience.OpenAsync(listeners, () => FloorListener.OpenAsync(server.Address));
        var floors = new List<Hearing>();
        foreach (var (_, interval, changes) in Paces)
            floors.Add(await audience.HearAsync(Changes(bench, changes), interval, prober.Tell));
        return floors;
    }

    private static async Task MeasureAsync(BenchRun bench, string who, Audience audience, Func<long> change, List<Hearing> floors, Table table)
    {
        await audience.QuietAsync(TimeSpan.FromSeconds(1));
        // What is compiled and read for the first time is not what is measured.
        await audience.HearAsync(10, Paces[0].Interval, change);
        foreach (var ((words, interval, changes), floor) in Paces.Zip(floors))
        {
            var hearing = await audience.HearAsync(Changes(bench, changes), interval, change);
            var times = hearing.Latencies;
            table.Add(
                who, words, Figures.Milliseconds(times.P50), Figures.Milliseconds(times.P95), Figures.Milliseconds(times.P99), Figures.Whole(hearing.Missed),
                Figures.Milliseconds(floor.Latencies.P50), Figures.Milliseconds(floor.Latencies.P95), Figures.Ratio(times.P95, floor.Latencies.P95),
                Figures.Whole(Budget), Figures.Met(times.P95 <= Budget && hearing.Missed is 0));
        }
    }

    private static int Changes(BenchRun bench, int changes) => bench.Options.Quick ? Math.Min(changes, 20) : changes;
}
