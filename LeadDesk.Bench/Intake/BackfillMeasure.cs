using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LeadDesk.Bench.Ingest;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using LeadDesk.Simulators.Graph;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Intake;

/// <summary>The first run of a connection: ninety days of leads, how long they take and how much memory.</summary>
internal static class BackfillMeasure
{
    private const int Leads = 50_000;
    private const int QuickLeads = 5_000;
    private const int PageSize = 100;
    private const double MostGrowth = 64;

    public static Table Table() => new(
        "engine", "leads", "seconds", "leads/s", "waiting for Graph, s", "floor: pages read, s", "floor: rows written, s", "ratio", "idle MB", "peak in the first fifth, MB", "peak MB", "growth, MB",
        "budget, MB", "met");

    public static string Notes =>
        $"""
        The first run of a connection reads leads of ninety days, {PageSize} to a page, each page stored before the next is asked for. The floors: the same pages read one after the other and thrown away,
        and as many one-row `INSERT`s, {PageSize} to a transaction; the ratio is to both together. Memory is resident, of the app alone, looked at ten times a second; growth: from the peak of the first fifth to that of the whole run.
        """;

    public static async Task RunAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        var leads = bench.Options.Quick ? QuickLeads : Leads;
        double rows;
        await using (var bare = await bench.CreateDatabaseAsync(engine))
        {
            var started = Stopwatch.GetTimestamp();
            CommitFloor.MeasureTransactions(bare, PageSize, leads / PageSize);
            rows = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        await using var page = await ConnectedPage.OpenAsync(bench, engine);
        var now = DateTime.UtcNow;
        page.Graph.AddLeads(SampleForms.QuoteFormId, leads, now.AddDays(-89), now.AddHours(-1));
        var pages = await ReadPagesAsync(page);
        var idle = ProcessMemory.Of(page.App.Id).Resident;
        long early = 0, peak = 0;
        var run = await page.SyncAsync(sofar =>
        {
            var resident = ProcessMemory.Of(page.App.Id).Resident;
            peak = Math.Max(peak, resident);
            if (sofar.Found <= leads / 5)
                early = Math.Max(early, resident);
        });

        if (run.New != leads || await page.LeadsAsync() != leads)
            throw new InvalidOperationException($"{leads} leads were there, but {run.New} were stored.");
        var seconds = (run.EndedAt!.Value - run.StartedAt).TotalSeconds;
        var growth = peak - early;
        table.Add(
            BenchDatabase.NameOf(engine), Whole(leads), Seconds(seconds), Whole(leads / seconds), Seconds(run.NetworkMs / 1000d), Seconds(pages), Seconds(rows), Ratio(seconds, pages + rows), Megabytes(idle),
            Megabytes(early), Megabytes(peak), Megabytes(growth), Whole(MostGrowth), Met(growth <= MostGrowth * 1024 * 1024));
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>As a client without a database would.</summary>
    private static async Task<double> ReadPagesAsync(ConnectedPage page)
    {
        using var client = new HttpClient { BaseAddress = page.GraphAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GraphSimulator.DefaultToken);
        var started = Stopwatch.GetTimestamp();
        for (string? next = $"v25.0/{SampleForms.QuoteFormId}/leads?limit={PageSize}&fields=id,created_time,ad_id,ad_name,campaign_name,form_id,platform,is_organic,field_data,custom_disclaimer_responses"; next is not null;)
        {
            var body = JsonNode.Parse(await client.GetByteArrayAsync(next))!;
            next = body["paging"]?["next"]?.ToString();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
