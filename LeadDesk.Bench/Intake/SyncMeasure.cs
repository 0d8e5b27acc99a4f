using LeadDesk.Bench.Ingest;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using LeadDesk.Simulators.Graph;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Intake;

/// <summary>What a run of the poll costs when a hundred leads are new.</summary>
internal static class SyncMeasure
{
    public const int LeadsPerSync = 100;

    private const int Syncs = 30;
    private const int WarmingUp = 10;
    private const double LongestMedian = 60;

    public static Table Table() => new("engine", "syncs", "p50 ms", "p95 ms", "of that waiting for Graph, p50 ms", "without it, p50 ms", "without it, p95 ms", "floor p50 ms", "ratio", "budget, p50 ms", "met");

    public static string Notes(BenchRun bench) =>
        $"""
        {SyncsOf(bench)} runs of one connection with two forms, after {WarmingUp} that do not count, each with {LeadsPerSync} leads of the hour after the last run's; the overlap of ten minutes reads some of the hour
        before once more. Times are the run's own, from its first row to its last. The floor: {LeadsPerSync} one-row `INSERT`s in one transaction with the same durability.
        """;

    public static async Task RunAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        Percentiles floor;
        await using (var bare = await bench.CreateDatabaseAsync(engine))
            floor = CommitFloor.MeasureTransactions(bare, LeadsPerSync, SyncsOf(bench) * 2);

        await using var page = await ConnectedPage.OpenAsync(bench, engine);
        var (whole, network) = (new List<double>(), new List<double>());
        var from = DateTime.UtcNow.AddHours(-WarmingUp - SyncsOf(bench) - 1);
        for (var sync = 0; sync < WarmingUp + SyncsOf(bench); sync++)
        {
            page.Graph.AddLeads(SampleForms.QuoteFormId, LeadsPerSync, from, from.AddHours(1));
            from = from.AddHours(1);
            var run = await page.SyncAsync();
            if (run.New != LeadsPerSync)
                throw new InvalidOperationException($"{LeadsPerSync} leads were new, but the run stored {run.New}.");
            if (sync < WarmingUp)
                continue;
            whole.Add((run.EndedAt!.Value - run.StartedAt).TotalMilliseconds);
            network.Add(run.NetworkMs);
        }

        var (all, waiting, own) = (new Percentiles(whole), new Percentiles(network), new Percentiles(whole.Zip(network, (total, part) => total - part)));
        table.Add(
            BenchDatabase.NameOf(engine), Whole(all.Count), Milliseconds(all.P50), Milliseconds(all.P95), Milliseconds(waiting.P50), Milliseconds(own.P50), Milliseconds(own.P95), Milliseconds(floor.P50),
            Ratio(own.P50, floor.P50), Whole(LongestMedian), Met(own.P50 <= LongestMedian));
    }

    private static int SyncsOf(BenchRun bench) => bench.Options.Quick ? 5 : Syncs;
}
