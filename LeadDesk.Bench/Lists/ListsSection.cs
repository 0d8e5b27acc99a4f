using System.Diagnostics;
using LeadDesk.Access;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Reports;
using Microsoft.EntityFrameworkCore;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Lists;

/// <summary>Pages of lists, search and totals over very many leads: in the service, over HTTP, and as bare SQL.</summary>
internal static class ListsSection
{
    private const int Calls = 200;
    private const int FewestCalls = 10;
    private const int WarmingUp = 50;
    private const double ScreenBudget = 100;
    private const double TotalsBudget = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestQuick = TimeSpan.FromSeconds(3);

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var tables = new List<string>();
        foreach (var engine in bench.Options.Engines)
        {
            var table = new Table("list", "page", "service p50 ms", "service p95 ms", "HTTP p50 ms", "HTTP p95 ms", "bare SQL p50 ms", "bare SQL p95 ms", "ratio of p95", "budget, service p95 ms", "met");
            var leads = await MeasureAsync(bench, engine, table);
            tables.Add($"### {BenchDatabase.NameOf(engine)}, {Whole(leads)} leads\n\n{table}");
        }

        return new Section(
            $"""
            {string.Join('\n', tables)}
            {CallsOf(bench)} calls each (fewer where they take longer than {Longest.TotalSeconds} s together), after {WarmingUp} that do not count, one after the other, with other
            parameters from call to call. A page has 50 leads; the deep one comes after 20,000 leads. The service is
            `LeadQueries` in the measuring process over the same database; HTTP is `GET /api/v1/leads` of the running app, whose budget is {ScreenBudget} ms. Bare SQL is the same page written
            by hand, without LeadDesk, on one connection. Leads came in through the app ({Seeder.Templates} people) and were multiplied inside the database.
            """);
    }

    private static int CallsOf(BenchRun bench) => bench.Options.Quick ? 30 : Calls;

    private static async Task<int> MeasureAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        await using var database = await bench.KeptDatabaseAsync(engine);
        var seeder = new Seeder(database, database.Filled is > 0 and var filled ? filled : bench.Options.Leads);
        if (database.Filled is 0)
        {
            await seeder.RunAsync();
            database.Filled = seeder.Total;
        }

        await using var app = await LeadDeskApp.StartAsync(database);
        await using var product = new Database(database.ConnectionString);
        var (user, cases) = await CasesAsync(product, seeder);
        await using var asker = await ListAsker.OpenAsync(database, new LeadQueries(product), user, app);
        foreach (var list in cases)
        {
            var line = await LineAsync(bench, list, "first", asker, null);
            BenchRun.Say($"{list.Name}: p95 {line[3]} ms, HTTP {line[5]} ms, bare SQL {line[7]} ms");
            table.Add(line);
            if (list.Deep && await asker.WalkAsync(list.Filter(0)) is { } place)
                table.Add(await LineAsync(bench, list with { Filter = _ => list.Filter(0), Query = _ => list.Query(0), Where = _ => list.Where(0) }, "deep", asker, place));
        }

        await TotalsAsync(bench, product, user, asker, table);
        return seeder.Total;
    }

    private static async Task<(CurrentUser User, IEnumerable<ListCase> Cases)> CasesAsync(Database product, Seeder seeder)
    {
        await using var context = product.Open(Seeder.CompanyId);
        var users = await context.Users.OrderBy(user => user.Id).ToListAsync();
        var admin = users.First(user => user.Role is Role.Admin);
        var stages = await context.Stages.OrderBy(stage => stage.Position).Select(stage => stage.Id).ToListAsync();
        var caller = new CurrentUser(admin.CompanyId, admin.Id, admin.Name, admin.Role);
        var channels = await new LeadQueries(product).ChannelsAsync(caller, CancellationToken.None);
        var sellers = users.Where(user => user.Role is Role.Salesperson).Select(user => user.Id).ToList();
        var isSqlite = product.Engine is DatabaseEngine.Sqlite;
        var scopes = new LeadFilterScopes(new CompanyDirectory(product, TimeProvider.System), new UserDirectory(product, TimeProvider.System), TimeProvider.System);
        return (caller, new ListCases(isSqlite, stages, sellers, channels, seeder.Copies, seeder.Total, await scopes.OfAsync(caller, CancellationToken.None)).All());
    }

    private static async Task<string[]> LineAsync(BenchRun bench, ListCase list, string page, ListAsker asker, (string Cursor, LeadRow Row)? place)
    {
        var service = await TimeAsync(bench, call => asker.ServiceAsync(list.Filter(call), place?.Cursor));
        var http = await TimeAsync(bench, call => asker.HttpAsync(list.Query(call), place?.Cursor));
        var bare = await TimeAsync(bench, call => asker.BareAsync(list, call, list.Filter(call), place?.Row));
        return Line(list.Name, page, service, http, bare, list.Budget);
    }

    private static async Task TotalsAsync(BenchRun bench, Database product, CurrentUser user, ListAsker asker, Table table)
    {
        BenchRun.Say("totals");
        var companies = new CompanyDirectory(product, TimeProvider.System);
        var stats = new LeadStatsQueries(product, companies, TimeProvider.System);
        var dashboard = new DashboardQueries(product, companies, new UserDirectory(product, TimeProvider.System), TimeProvider.System);
        var counters = $"SELECT key, count FROM lead_counters WHERE company_id = {user.CompanyId} AND metric = {(int)CounterMetric.Total} AND owner_id = 0 AND day = 0";
        var bare = await TimeAsync(bench, _ => asker.ReadAsync(counters));
        var totals = await TimeAsync(bench, async _ => (int)(await stats.TotalsAsync(user, CancellationToken.None)).Total);
        table.Add(Line("totals", "/api/v1/stats", totals, await TimeAsync(bench, _ => asker.GetAsync("api/v1/stats")), bare, TotalsBudget));
        table.Add(Line("totals", "/api/webhook/stats", totals, await TimeAsync(bench, _ => asker.GetAsync("api/webhook/stats")), bare, TotalsBudget));
        var snapshot = await TimeAsync(bench, async _ => (await dashboard.ReadAsync(user, CancellationToken.None)).Latest.Count);
        table.Add("dashboard", "all of it", Milliseconds(snapshot.P50), Milliseconds(snapshot.P95), "", "", "", "", "", "", "");
    }

    private static string[] Line(string name, string page, Percentiles service, Percentiles http, Percentiles bare, double budget) =>
    [
        name, page, Milliseconds(service.P50), Milliseconds(service.P95), Milliseconds(http.P50), Milliseconds(http.P95), Milliseconds(bare.P50), Milliseconds(bare.P95),
        Ratio(service.P95, bare.P95), Whole(budget), Met(service.P95 <= budget && http.P95 <= ScreenBudget),
    ];

    /// <param name="ask">Does the call with this number.</param>
    private static async Task<Percentiles> TimeAsync(BenchRun bench, Func<int, Task<int>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        var longest = bench.Options.Quick ? LongestQuick : Longest;
        for (var call = 0; call < WarmingUp && Stopwatch.GetElapsedTime(began) < longest / 5; call++)
            await ask(call);
        var times = new List<double>();
        for (var call = 0; call < CallsOf(bench) && (call < FewestCalls || Stopwatch.GetElapsedTime(began) < longest); call++)
        {
            var before = Stopwatch.GetTimestamp();
            await ask(call);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return new Percentiles(times);
    }
}
