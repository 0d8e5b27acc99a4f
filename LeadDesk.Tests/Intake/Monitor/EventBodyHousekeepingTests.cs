using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Monitor;

public sealed class EventBodyHousekeepingTests
{
    public static TheoryData<DatabaseEngine> Both => Engines.All;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Bodies_are_dropped_after_their_time_and_events_stay(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var other = await TestCompany.AddAsync(world.Database, "Other");
        var foreign = world.New();
        foreign.CompanyId = other.Id;
        foreign.Fetched = [1];
        var old = await world.AddAsync([.. Enumerable.Range(0, 700).Select(_ => world.New()), world.New(InboundState.Unreadable), world.New(InboundState.Failed), foreign]);
        world.Time.Advance(TimeSpan.FromDays(1));
        var young = await world.AddAsync(world.New(), world.New());
        world.Time.Advance(TimeSpan.FromDays(89) + TimeSpan.FromHours(1));

        await RunAsync(world);

        (await WithBodiesAsync(world)).ShouldBe(young);
        await using var context = world.Database.OpenAll();
        (await context.InboundEvents.IgnoreQueryFilters().CountAsync(row => old.Contains(row.Id), MonitorWorld.Stop)).ShouldBe(old.Count);
        (await context.InboundEvents.IgnoreQueryFilters().CountAsync(row => row.Fetched != null, MonitorWorld.Stop)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_still_waits_or_failed_lately_keeps_its_body_until_it_failed_long_ago(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var (waiting, failedLater) = (world.New(InboundState.Received), world.New(InboundState.Failed));
        failedLater.ProcessedAt = world.Time.UtcNow.AddDays(30);
        await world.AddAsync(waiting, failedLater, world.New());
        world.Time.Advance(TimeSpan.FromDays(100));
        var progress = new EventBodyProgress();

        await RunAsync(world, progress);
        (await WithBodiesAsync(world)).ShouldBe([waiting.Id, failedLater.Id]);

        world.Time.Advance(TimeSpan.FromDays(30));
        await RunAsync(world, progress);
        (await WithBodiesAsync(world)).ShouldBe([waiting.Id]);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_run_that_was_interrupted_goes_on_where_its_job_says(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var ids = await world.AddAsync([.. Enumerable.Range(0, 10).Select(_ => world.New())]);
        world.Time.Advance(TimeSpan.FromDays(91));
        var job = await AddJobAsync(world, payload: $"{ids[4]}");

        await RunAsync(world, job: job);

        // The rows below were looked at by the first half of the run; here they show that the second half began behind them.
        (await WithBodiesAsync(world)).ShouldBe(ids[..4]);
        await using var context = world.Database.OpenAll();
        (await context.Jobs.SingleAsync(MonitorWorld.Stop)).Payload.ShouldBe($"{ids[^1] + 1}");
    }

    private static Task RunAsync(MonitorWorld world, EventBodyProgress? progress = null, Job? job = null) =>
        new EventBodyHousekeeping(world.Database.Database, progress ?? new EventBodyProgress(), new IntakeOptions(90), world.Time)
            .RunAsync(new JobRun(job?.Id ?? 0, null, job?.Payload, 1), MonitorWorld.Stop);

    private static async Task<Job> AddJobAsync(MonitorWorld world, string payload)
    {
        var job = new Job { Kind = EventBodyHousekeeping.Kind, Payload = payload, RunAt = world.Time.UtcNow, CreatedAt = world.Time.UtcNow };
        await world.Database.Database.WriteAsync(world.Company.Id, context =>
        {
            context.Jobs.Add(job);
            return Task.FromResult(true);
        }, MonitorWorld.Stop);
        return job;
    }

    private static async Task<List<long>> WithBodiesAsync(MonitorWorld world)
    {
        await using var context = world.Database.OpenAll();
        var rows = await context.InboundEvents.IgnoreQueryFilters().OrderBy(row => row.Id).Select(row => new { row.Id, row.Raw }).ToListAsync(MonitorWorld.Stop);
        return [.. rows.Where(row => row.Raw.Length > 0).Select(row => row.Id)];
    }
}
