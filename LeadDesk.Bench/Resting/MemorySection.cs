using System.Globalization;
using LeadDesk.Bench.Live;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;

namespace LeadDesk.Bench.Resting;

/// <summary>What the process needs when nothing happens, and what each open dashboard adds.</summary>
internal static class MemorySection
{
    private const int Dashboards = 200;
    private const int WarmingUp = 10;
    private const double CircuitBudget = 300;
    private const double ProcessBudget = 200;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var count = bench.Options.Quick ? 20 : Dashboards;
        var floor = await FloorAsync(count);
        var perConnection = Figures.Whole(floor.PerListener / 1024);
        var table = new Table("engine", "what", "measured", "floor", "ratio", "budget", "met");
        foreach (var engine in bench.Options.Engines)
        {
            BenchRun.Say(BenchDatabase.NameOf(engine));
            var (idle, heap, resident) = await MeasureAsync(bench, engine, count);
            var name = BenchDatabase.NameOf(engine);
            AddMegabytes(table, name, "whole process, idle, MB", idle, floor.Idle);
            table.Add(name, $"an open dashboard of {count}, private memory, KB", Figures.Whole(resident / 1024), perConnection,
                Figures.Ratio(resident, floor.PerListener), Figures.Whole(CircuitBudget), Figures.Met(resident / 1024 <= CircuitBudget));
            table.Add(name, $"an open dashboard of {count}, managed heap, KB", Figures.Whole(heap / 1024), "", "", Figures.Whole(CircuitBudget), Figures.Met(heap / 1024 <= CircuitBudget));
        }

        return new Section(
            $"""
            {table}
            After a full collection, workstation collector (`DOTNET_gcServer=0`). The whole process: resident memory after the start and one signed-in visit. A dashboard: what {count} Blazor circuits
            on `/` added, divided by {count}, with nothing happening; a few were opened and closed before, so that code compiled for the first circuit counts as the process's. The floors: an empty
            `WebApplication`, idle, and what each of {count} WebSockets adds to it.
            """);
    }

    private static void AddMegabytes(Table table, string engine, string what, double bytes, double floor) => table.Add(
        engine, what, Figures.Megabytes(bytes), Figures.Megabytes(floor), Figures.Ratio(bytes, floor), Figures.Whole(ProcessBudget), Figures.Met(bytes <= ProcessBudget * 1024 * 1024));

    private static async Task<(double Idle, double PerListener)> FloorAsync(int count)
    {
        BenchRun.Say("empty ASP.NET Core app");
        await using var server = await FloorApp.StartAsync();
        await using (await Audience.OpenAsync(WarmingUp, () => FloorListener.OpenAsync(server.Address)))
            await Diagnostics.CollectGarbageAsync(server.Id);
        var before = await AfterCollectionAsync(server);
        await using var audience = await Audience.OpenAsync(count, () => FloorListener.OpenAsync(server.Address));
        var after = await AfterCollectionAsync(server);
        return (before.Resident, (after.Private - before.Private) / (double)count);
    }

    private static async Task<(double Idle, double Heap, double Private)> MeasureAsync(BenchRun bench, DatabaseEngine engine, int count)
    {
        await using var database = await bench.CreateDatabaseAsync(engine);
        await using var app = await LeadDeskApp.StartAsync(database);
        using var browser = await SignedInBrowser.OpenAsync(app.Address);
        await browser.LoadAsync("/");
        var idle = await AfterCollectionAsync(app);

        await using (var warming = await Audience.OpenAsync(WarmingUp, () => CircuitListener.OpenAsync(app.Address, browser, "/")))
            await warming.QuietAsync(Quiet);
        var (before, heapBefore) = (await AfterCollectionAsync(app), await HeapAsync(app));
        await using var dashboards = await Audience.OpenAsync(count, () => CircuitListener.OpenAsync(app.Address, browser, "/"));
        await dashboards.QuietAsync(Quiet);
        var (after, heapAfter) = (await AfterCollectionAsync(app), await HeapAsync(app));
        return (idle.Resident, (heapAfter - heapBefore) / count, (after.Private - before.Private) / (double)count);
    }

    private static async Task<ProcessMemory> AfterCollectionAsync(ServerProcess server)
    {
        await Diagnostics.CollectGarbageAsync(server.Id);
        return ProcessMemory.Of(server.Id);
    }

    /// <summary>Managed heap after the last collection, bytes. From <c>dotnet_gc_last_collection_heap_size{gc_heap_generation="gen0"} 4184</c> in /metrics, summed over generations.</summary>
    private static async Task<double> HeapAsync(ServerProcess app)
    {
        using var client = app.CreateClient(LeadDeskApp.ApiKey);
        var sizes = (await client.GetStringAsync("metrics")).Split('\n').Where(line => line.StartsWith("dotnet_gc_last_collection_heap_size", StringComparison.Ordinal)).ToList();
        return sizes.Count > 0
            ? sizes.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("/metrics does not say how large the heap is.");
    }
}
