using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Resting;

/// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
internal static class StartSection
{
    private const int Runs = 5;
    private const double Budget = 2000;

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var runs = bench.Options.Quick ? 2 : Runs;
        BenchRun.Say("empty ASP.NET Core app");
        var floor = await RepeatAsync(runs, async () => await TimeOfAsync(await FloorApp.StartAsync()));
        var table = new Table("database", "median ms", "slowest ms", "floor ms", "ratio", "budget ms", "met");
        foreach (var engine in bench.Options.Engines)
        {
            BenchRun.Say(BenchDatabase.NameOf(engine));
            Add(table, $"{BenchDatabase.NameOf(engine)}, empty", floor, await RepeatAsync(runs, async () =>
            {
                await using var database = await bench.CreateDatabaseAsync(engine);
                return await TimeOfAsync(await LeadDeskApp.StartAsync(database));
            }));

            await using var existing = await bench.CreateDatabaseAsync(engine);
            await TimeOfAsync(await LeadDeskApp.StartAsync(existing));
            Add(table, $"{BenchDatabase.NameOf(engine)}, existing", floor, await RepeatAsync(runs, async () => await TimeOfAsync(await LeadDeskApp.StartAsync(existing))));
        }

        return new Section(
            $"""
            {table}
            {runs} starts each, of the Release build by `dotnet LeadDesk.Web.dll`. On an empty database a start makes all tables, the company, its admin and a key. The floor is an empty
            `WebApplication` with one endpoint, started the same way.
            """);
    }

    private static void Add(Table table, string name, Percentiles floor, Percentiles times) => table.Add(
        name, Figures.Milliseconds(times.P50), Figures.Milliseconds(times.Highest), Figures.Milliseconds(floor.P50), Figures.Ratio(times.P50, floor.P50),
        Figures.Whole(Budget), Figures.Met(times.P50 <= Budget));

    private static async Task<double> TimeOfAsync(ServerProcess server)
    {
        await using (server)
            return server.StartTime.TotalMilliseconds;
    }

    private static async Task<Percentiles> RepeatAsync(int times, Func<Task<double>> measure)
    {
        var taken = new List<double>();
        for (var run = 0; run < times; run++)
            taken.Add(await measure());
        return new Percentiles(taken);
    }
}
