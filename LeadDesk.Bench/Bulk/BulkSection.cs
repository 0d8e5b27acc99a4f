using System.Diagnostics;
using LeadDesk.Access;
using LeadDesk.Bench.Lists;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Bulk;

/// <summary>Many leads moved to another stage, and taken back: at once, and by a job in steps.</summary>
internal static class BulkSection
{
    private const int Few = 100;
    private const int Many = BulkRequest.AtOnce;
    private const int VeryMany = 100_000;
    private const double FewBudget = 20;
    private const double ManyBudget = 1000;

    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var tables = new List<string>();
        foreach (var engine in bench.Options.Engines)
        {
            var table = new Table("change", "leads", "runs", "p50 ms", "p95 ms", "leads/s", "floor p50 ms", "ratio", "budget, p50 ms", "met");
            await MeasureAsync(bench, engine, table);
            tables.Add($"### {BenchDatabase.NameOf(engine)}\n\n{table}");
        }

        return new Section(
            $"""
            {string.Join('\n', tables)}
            A change of stage by `BulkService` in the measuring process: permission and rules for each lead, its timeline, what the undo needs, running totals, audit, one durable transaction. Above {Whole(Many)} leads
            the job's steps are run one after the other, the laying out of the leads included. The undo restores and checks each lead. The floor is a bare `UPDATE` of the same columns of as many leads, found by their
            ids, with the same durability and the same indexes, and nothing else.
            """);
    }

    private static async Task MeasureAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        await using var database = await bench.CreateDatabaseAsync(engine);
        await new Seeder(database, Math.Max(bench.Options.Leads / 5, VeryMany + (VeryMany / 4))).RunAsync();
        await using var product = new Database(database.ConnectionString);
        await using var services = Services(product);
        await using var context = product.Open(Seeder.CompanyId);
        var admin = await context.Users.FirstAsync(user => user.Role == Role.Admin);
        var work = new BulkWork(product, services, new CurrentUser(admin.CompanyId, admin.Id, admin.Name, admin.Role),
            await context.Leads.OrderBy(lead => lead.Id).Select(lead => lead.Id).Take(VeryMany).ToArrayAsync(),
            await context.Stages.Where(stage => stage.Outcome == LeadOutcome.Open).OrderBy(stage => stage.Position).Select(stage => stage.Id).ToArrayAsync());

        var (few, many, once) = bench.Options.Quick ? (3, 1, 1) : (30, 7, 1);
        table.Add(await LineAsync("stage", Few, few, work.ChangeAsync, work.FloorAsync, FewBudget));
        table.Add(await LineAsync("stage", Many, many, work.ChangeAsync, work.FloorAsync, ManyBudget));
        table.Add(await LineAsync("stage, in steps", VeryMany, once, work.ChangeAsync, work.FloorAsync, null));
        table.Add(await LineAsync("undo", Many, many, work.UndoAsync, work.FloorAsync, null));
    }

    private static ServiceProvider Services(Database product)
    {
        var services = new ServiceCollection();
        services.AddSingleton(product).AddSingleton(TimeProvider.System).AddSingleton(new LiveFeed(TimeProvider.System, NullLogger<LiveFeed>.Instance));
        services.AddSingleton<CompanyDirectory>().AddSingleton<UserDirectory>().AddSingleton<LeadQueries>().AddSingleton<JobSignal>();
        services.AddBulk();
        return services.BuildServiceProvider();
    }

    /// <param name="measure">Does it once for so many leads and gives the milliseconds.</param>
    private static async Task<string[]> LineAsync(string name, int leads, int runs, Func<int, Task<double>> measure, Func<int, Task<double>> floor, double? budget)
    {
        // Afterwards all of them stand in one stage, and each move is a move of all.
        await floor(leads);
        if (runs > 1)
        {
            await measure(leads);
            await floor(leads);
        }

        var (times, bare) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            times.Add(await measure(leads));
            bare.Add(await floor(leads));
        }

        var (own, other) = (new Percentiles(times), new Percentiles(bare));
        BenchRun.Say($"{name} {leads}: {own.P50:0.0} ms, bare {other.P50:0.0} ms");
        return
        [
            name, Whole(leads), Whole(runs), Milliseconds(own.P50), Milliseconds(own.P95), Whole(leads / own.P50 * 1000), Milliseconds(other.P50), Ratio(own.P50, other.P50),
            budget is { } most ? Whole(most) : "", budget is { } limit ? Met(own.P50 <= limit) : "",
        ];
    }

    /// <summary>The same leads go from stage to stage.</summary>
    private sealed class BulkWork(Database product, IServiceProvider services, CurrentUser user, long[] leads, long[] stages)
    {
        private int turn;

        public async Task<double> ChangeAsync(int count)
        {
            var began = Stopwatch.GetTimestamp();
            var done = await RunAsync(count);
            if (done.Running)
            {
                var job = services.GetRequiredService<BulkJob>();
                while (await job.ForwardAsync(user.CompanyId, done.Id, CancellationToken.None))
                {
                    // The next step.
                }
            }

            var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var view = (await services.GetRequiredService<BulkQueries>().GetAsync(user, done.Id, CancellationToken.None)).Value!;
            return view.Changed == count ? time : throw new InvalidOperationException($"Of {count} leads {view.Changed} were changed and {view.Skipped} skipped.");
        }

        public async Task<double> UndoAsync(int count)
        {
            var done = await RunAsync(count);
            var began = Stopwatch.GetTimestamp();
            var undone = await services.GetRequiredService<UndoService>().UndoAsync(user, done.UndoToken, CancellationToken.None);
            var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return undone.Value?.Restored == done.Changed ? time : throw new InvalidOperationException($"{undone.Value?.Restored} of {done.Changed} leads were restored.");
        }

        public async Task<double> FloorAsync(int count)
        {
            var (ids, stage, now) = (leads[..count], Next(), DateTime.UtcNow);
            var began = Stopwatch.GetTimestamp();
            await product.WriteAsync(user.CompanyId, context => context.Leads.Where(lead => EF.Parameter(ids).Contains(lead.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(lead => lead.StageId, stage).SetProperty(lead => lead.StageChangedAt, now).SetProperty(lead => lead.Outcome, LeadOutcome.Open)
                .SetProperty(lead => lead.FirstResponseAt, now).SetProperty(lead => lead.LastActivityAt, now).SetProperty(lead => lead.Version, lead => lead.Version + 1)), CancellationToken.None);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        private async Task<BulkResult> RunAsync(int count)
        {
            var done = await services.GetRequiredService<BulkService>().RunAsync(user, new BulkRequest(BulkAction.Status) { Ids = leads[..count], StageId = Next() }, CancellationToken.None);
            return done.Value ?? throw new InvalidOperationException(done.Refusal!.Message);
        }

        private long Next() => stages[turn++ % stages.Length];
    }
}
