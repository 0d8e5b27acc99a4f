using System.Diagnostics;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Bench.Lists;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads.Duplicates;
using Microsoft.EntityFrameworkCore;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Duplicates;

/// <summary>A scan of very many leads for duplicates, and the check of one lead against them; beside the bare reading of the same columns.</summary>
internal static class DuplicatesSection
{
    private const double ScanBudget = 60;
    private const double CheckBudget = 1;
    private const int Checks = 500;
    private const int WarmingUp = 50;

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var table = new Table("engine", "leads", "data", "bare reading s", "scan s", "ratio", "budget s", "met", "pairs", "F1", "memory MB", "check p50 ms", "check p95 ms", "budget p50 ms", "met");
        foreach (var engine in bench.Options.Engines)
            await MeasureAsync(bench, engine, table);
        return new Section(
            $"""
            {table}
            The scan is its job from the first row read to the last pair written, with the default threshold, on all cores. Bare reading is the same columns of the same leads, read by EF Core and thrown away.
            Ordinary leads have phones, e-mails and names of their own. The address book has neither phones nor e-mails; three of ten are careless copies, known to the measurement, which gives F1.
            The check finds who may be the same person as one lead and compares them ({Checks} leads after {WarmingUp} that do not count, one after the other). Memory is the managed heap's growth during the scan, at its end.
            """);
    }

    private static async Task MeasureAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        await using var database = await bench.CreateDatabaseAsync(engine);
        var seeder = new Seeder(database, bench.Options.Leads);
        await seeder.RunAsync();
        await using var product = new Database(database.ConnectionString);
        table.Add(await MeasureAsync(product, engine, "ordinary", seeder.Total, null));
        var people = await AddressBook.WriteAsync(product, seeder.Total);
        BenchRun.Say("made an address book");
        table.Add(await MeasureAsync(product, engine, "address book", seeder.Total, people));
    }

    private static async Task<string[]> MeasureAsync(Database product, DatabaseEngine engine, string data, int leads, int[]? people)
    {
        var companies = new CompanyDirectory(product, TimeProvider.System);
        var company = await companies.GetAsync(Seeder.CompanyId, CancellationToken.None);
        var reading = await ReadAsync(product, company);
        BenchRun.Say($"bare reading: {reading.TotalSeconds:F1} s");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var begun = Stopwatch.GetTimestamp();
        var scan = await ScanAsync(product, companies);
        var took = Stopwatch.GetElapsedTime(begun);
        var grown = GC.GetTotalMemory(forceFullCollection: false) - before;
        BenchRun.Say($"scan: {took.TotalSeconds:F1} s, {scan.Pairs} pairs");
        var f1 = people is null ? "-" : (await AddressBook.F1Async(product, people)).ToString("0.000", CultureInfo.InvariantCulture);
        var checks = await CheckAsync(product, company, leads);
        return [
            BenchDatabase.NameOf(engine), Whole(leads), data, Seconds(reading), Seconds(took), Ratio(took.TotalSeconds, reading.TotalSeconds), Whole(ScanBudget), Met(took.TotalSeconds <= ScanBudget), Whole(scan.Pairs), f1, Megabytes(grown),
            Milliseconds(checks.P50), Milliseconds(checks.P95), Whole(CheckBudget), Met(checks.P50 <= CheckBudget)];
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static async Task<TimeSpan> ReadAsync(Database product, CompanyRules company)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var context = product.Open(Seeder.CompanyId);
        await foreach (var _ in ComparedLeads.AllAsync(context, company, CancellationToken.None))
        {
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    private static async Task<DuplicateScan> ScanAsync(Database product, CompanyDirectory companies)
    {
        await using var context = product.Open(Seeder.CompanyId);
        var admin = await context.Users.OrderBy(user => user.Id).FirstAsync(user => user.Role == Role.Admin);
        var caller = new CurrentUser(admin.CompanyId, admin.Id, admin.Name, admin.Role);
        var started = await new DuplicateService(product, new JobSignal(), TimeProvider.System).StartAsync(caller, null, CancellationToken.None);
        await new DuplicateScanJob(product, companies, TimeProvider.System)
            .RunAsync(new JobRun(1, Seeder.CompanyId, started.Value!.Id.ToString(CultureInfo.InvariantCulture), 1), CancellationToken.None);
        return (await new DuplicateQueries(product, companies).ScanAsync(caller, CancellationToken.None))!;
    }

    private static async Task<Percentiles> CheckAsync(Database product, CompanyRules company, int leads)
    {
        var random = new Random(1);
        var times = new List<double>();
        for (var call = 0; call < Checks + WarmingUp; call++)
        {
            await using var context = product.Open(Seeder.CompanyId);
            if (await ComparedLeads.OfAsync(context, company, [random.Next(1, leads)], CancellationToken.None) is not [var lead, ..])
                continue;
            var begun = Stopwatch.GetTimestamp();
            await LeadCheck.FindAsync(context, company, lead, LeadMatcher.DefaultThreshold, CancellationToken.None);
            if (call >= WarmingUp)
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return new Percentiles(times);
    }
}
