using System.Diagnostics;
using System.Globalization;
using System.Text;
using LeadDesk.Bench.Lists;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Exports;

/// <summary>Files of very many leads from the running app: how long until the last byte, and how much memory the app takes.</summary>
internal static class ExportsSection
{
    private const int Workbook = 100_000;
    private const double CsvBudget = 8;
    private const double XlsxBudget = 3;
    private const double MostGrowth = 64;

    private const string Columns =
        "name,organisation,job_title,phone,email,city,country,channel,source,campaign,interest,intent,urgency,score,grade,stage,outcome,value,created,last_activity";

    /// <summary>The same columns as the floor reads them.</summary>
    private const string Stored =
        "name, organisation, job_title, phone, email, city, country, channel, source, campaign, interest, intent, urgency, score, grade, stage_id, outcome, value, created_at, last_activity_at";

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var table = new Table("engine", "file", "leads", "seconds", "MB", "floor: rows read and joined by commas, s", "ratio", "idle MB", "peak MB", "growth, MB", "budget s", "budget MB", "met");
        foreach (var engine in bench.Options.Engines)
            await MeasureAsync(bench, engine, table);
        return new Section(
            $"""
            {table}

            `GET /api/v1/leads/export` with {Columns.Split(',').Length} columns, over HTTP to the last byte, the marks of what went out included; the file is thrown away. The floor reads the same columns by bare SQL on one connection and joins them with commas. Memory is resident,
            of the app alone, looked at twenty times a second; growth is from a first small export to the peak.
            """);
    }

    private static async Task MeasureAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        await using var database = await bench.CreateDatabaseAsync(engine);
        var seeder = new Seeder(database, bench.Options.Leads);
        await seeder.RunAsync();
        await using var app = await LeadDeskApp.StartAsync(database);
        var part = Math.Min(Workbook, seeder.Total);
        foreach (var (format, leads, budget) in ((string, int, double)[])[("csv", seeder.Total, CsvBudget), ("json", seeder.Total, CsvBudget), ("xlsx", part, XlsxBudget)])
        {
            var last = $"format={format}&columns={Columns}";
            // The oldest leads have the lowest ids in the seeded company, and an export of a part is one of a stretch of arrivals.
            var query = leads == seeder.Total ? last : $"{last}&created_from={await StartOfNewestAsync(database, leads)}";
            await ReadAsync(app, $"{last}&created_from=2100-01-01");
            var idle = ProcessMemory.Of(app.Id).Resident;
            var peak = idle;
            var seconds = Stopwatch.StartNew();
            var reading = ReadAsync(app, query);
            using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!reading.IsCompleted && await looks.WaitForNextTickAsync())
                peak = Math.Max(peak, ProcessMemory.Of(app.Id).Resident);
            var bytes = await reading;
            seconds.Stop();
            var floor = await FloorAsync(database, leads);
            BenchRun.Say($"{format}: {seconds.Elapsed.TotalSeconds:0.0} s, growth {Megabytes(peak - idle)} MB, floor {floor:0.0} s");
            table.Add(
                BenchDatabase.NameOf(engine), format, Whole(leads), Seconds(seconds.Elapsed.TotalSeconds), Megabytes(bytes), Seconds(floor), Ratio(seconds.Elapsed.TotalSeconds, floor), Megabytes(idle), Megabytes(peak),
                Megabytes(peak - idle), Whole(budget), Whole(MostGrowth), Met(seconds.Elapsed.TotalSeconds <= budget && peak - idle <= MostGrowth * 1024 * 1024));
        }
    }

    private static async Task<long> ReadAsync(ServerProcess app, string query)
    {
        using var client = app.CreateClient(LeadDeskApp.ApiKey);
        client.Timeout = TimeSpan.FromMinutes(10);
        await using var file = await client.GetStreamAsync($"api/v1/leads/export?{query}");
        var (buffer, bytes) = (new byte[256 * 1024], 0L);
        while (await file.ReadAsync(buffer) is var read and > 0)
            bytes += read;
        return bytes;
    }

    private static async Task<string> StartOfNewestAsync(BenchDatabase database, int leads)
    {
        await using var product = new Database(database.ConnectionString);
        await using var context = product.Open(Seeder.CompanyId);
        var first = context.Leads.OrderByDescending(lead => lead.CreatedAt).Select(lead => lead.CreatedAt).Skip(leads - 1).First();
        return Uri.EscapeDataString(first.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
    }

    private static async Task<double> FloorAsync(BenchDatabase database, int leads)
    {
        await using var connection = await ListAsker.OpenBareAsync(database);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = ($"SELECT {Stored} FROM leads WHERE company_id = {Seeder.CompanyId} AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT {leads}", 0);
        var started = Stopwatch.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync();
        var (values, line, bytes) = (new object[reader.FieldCount], new StringBuilder(), 0L);
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            bytes += Encoding.UTF8.GetByteCount(line.Clear().AppendJoin(',', values).ToString());
        }

        return bytes > 0 ? Stopwatch.GetElapsedTime(started).TotalSeconds : throw new InvalidOperationException("There were no leads to read.");
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
