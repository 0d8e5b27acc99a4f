using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Bench.Ingest;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Imports;

/// <summary>A file of leads, uploaded, checked and run through the API as a customer's program would, beside bare inserts of as many rows.</summary>
internal static class ImportsSection
{
    private const int RowsPerCommit = 2_000;
    private const double LeastRate = 20_000;
    private const double MostGrowth = 64;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var table = new Table("engine", "rows", "upload and check, s", "run, s", "rows/s", "processor, µs/row", "all searchable after, s", "processor until then, µs/row", "revert, s", "floor: rows written, s", "ratio", "memory before, MB", "peak MB", "growth, MB", "budget, rows/s", "met");
        foreach (var engine in bench.Options.Engines)
        {
            foreach (var rows in bench.Options.Quick ? (int[])[5_000] : [100_000])
            {
                BenchRun.Say($"{BenchDatabase.NameOf(engine)}: {Whole(rows)} rows");
                await MeasureAsync(bench, engine, rows, table);
            }
        }

        return new Section(
            $"""
            {table}
            A CSV file with name, phone and e-mail, every row a new lead: each is normalised, compared with all leads that are there, scored, assigned and counted. Upload and check holds the upload itself and the dry run of all rows.
            The run ends when all rows are durable and the import says so; the search index follows behind, and both its end and the app's processor time up to there count from the start of the run. The revert removes all leads again.
            The floor is as many one-row `INSERT`s without an index, {Whole(RowsPerCommit)} to a transaction. Memory is resident, of the app alone, looked at ten times a second during the run; growth: from the end of the check.
            """);
    }

    private static async Task MeasureAsync(BenchRun bench, DatabaseEngine engine, int rows, Table table)
    {
        double floor;
        await using (var bare = await bench.CreateDatabaseAsync(engine))
        {
            var began = Stopwatch.GetTimestamp();
            CommitFloor.MeasureTransactions(bare, RowsPerCommit, rows / RowsPerCommit);
            floor = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        await using var database = await bench.CreateDatabaseAsync(engine);
        await using var app = await LeadDeskApp.StartAsync(database, "--LeadDesk:Limits:UploadMegabytes=200");
        using var client = app.CreateClient(LeadDeskApp.ApiKey);
        client.Timeout = TimeSpan.FromMinutes(30);
        var started = Stopwatch.GetTimestamp();
        var import = await UploadAsync(client, rows);
        var id = (long)import["id"]!;
        await FollowAsync(client, id, "checking", static () => { });
        var check = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var before = ProcessMemory.Of(app.Id).Resident;
        var peak = before;
        var processor = app.ProcessorTime;
        started = Stopwatch.GetTimestamp();
        using (var run = await client.PostAsync($"api/v1/imports/{id}/run", null))
            run.EnsureSuccessStatusCode();
        var done = await FollowAsync(client, id, "running", () => peak = Math.Max(peak, ProcessMemory.Of(app.Id).Resident));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var used = app.ProcessorTime - processor;
        if ((int)done["result"]!["new"]! != rows)
            throw new InvalidOperationException($"{rows} rows were sent, but {done["result"]!["new"]} leads came of them.");
        var rate = rows / seconds;
        var searchable = await SearchableAsync(database, started);
        var indexed = app.ProcessorTime - processor;
        var revert = await RevertAsync(client, id, rows);
        table.Add(
            BenchDatabase.NameOf(engine), Whole(rows), Seconds(check), Seconds(seconds), Whole(rate), Whole(used.TotalMicroseconds / rows), Seconds(searchable), Whole(indexed.TotalMicroseconds / rows), Seconds(revert), Seconds(floor), Ratio(seconds, floor), Megabytes(before), Megabytes(peak), Megabytes(peak - before), Whole(LeastRate),
            Met(rate >= LeastRate && peak - before <= MostGrowth * 1024 * 1024));
    }

    /// <returns>Seconds from the start of the run until the search index has all of its leads.</returns>
    private static async Task<double> SearchableAsync(BenchDatabase database, long started)
    {
        await using var product = new Database(database.ConnectionString);
        using var looks = new PeriodicTimer(Look);
        while (true)
        {
            await using (var context = product.Open(CompanyScope.Installation))
            {
                if (!await context.SearchQueue.AnyAsync())
                    return Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            await looks.WaitForNextTickAsync();
        }
    }

    private static async Task<double> RevertAsync(HttpClient client, long id, int rows)
    {
        var started = Stopwatch.GetTimestamp();
        using (var revert = await client.PostAsync($"api/v1/imports/{id}/revert", null))
            revert.EnsureSuccessStatusCode();
        var over = await FollowAsync(client, id, "reverting", static () => { });
        if ((string)over["state"]! != "reverted")
            throw new InvalidOperationException($"The import of {rows} rows could not be reverted.");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<JsonNode> UploadAsync(HttpClient client, int rows)
    {
        using var file = new MemoryStream();
        await using (var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true))
        {
            await writer.WriteLineAsync("name,phone,email");
            for (var row = 0; row < rows; row++)
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{SampleMessages.All[row % SampleMessages.All.Count].Name} {(char)('A' + (row % 26))},+9053{row / 10_000_000}{row % 10_000_000 * 7L % 10_000_000:0000000},p{row}@example{row % 50}.com"));
        }

        file.Position = 0;
        using var form = new MultipartFormDataContent();
        using var content = new StreamContent(file);
        form.Add(content, "file", "leads.csv");
        using var answer = await client.PostAsync("api/v1/imports", form);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<JsonNode> FollowAsync(HttpClient client, long id, string busy, Action look)
    {
        using var looks = new PeriodicTimer(Look);
        while (true)
        {
            look();
            var import = JsonNode.Parse(await client.GetStringAsync($"api/v1/imports/{id}"))!;
            if ((string)import["state"]! != busy)
                return import;
            await looks.WaitForNextTickAsync();
        }
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
