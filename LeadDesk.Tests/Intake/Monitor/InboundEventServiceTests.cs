using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Monitor;

public sealed class InboundEventServiceTests
{
    public static TheoryData<DatabaseEngine> Both => Engines.All;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_failed_event_waits_again_from_now_on_with_all_its_attempts_and_an_audit_entry(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var row = world.New(InboundState.Failed);
        row.Attempts = 8;
        await world.AddAsync(row);
        world.Time.Advance(TimeSpan.FromDays(1));

        (await world.Service.ProcessAgainAsync(world.Company.Manager, row.Id, MonitorWorld.Stop)).Value.ShouldBeTrue();

        var after = await world.ReadAsync(row.Id);
        (after.State, after.Attempts, after.Error, after.ProcessedAt).ShouldBe((InboundState.Received, 0, null, null));
        after.DueAt.ShouldBe(world.Time.UtcNow);
        (await new InboundClaims(world.Database.Database).ClaimAsync([InboundSources.Form], 10, world.Time.UtcNow, MonitorWorld.Stop)).ShouldHaveSingleItem().Id.ShouldBe(row.Id);
        await using var context = world.Database.Database.Open(world.Company.Id);
        (await context.AuditEntries.SingleAsync(MonitorWorld.Stop)).Action.ShouldBe("intake.process_again");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_is_done_or_waits_is_a_conflict_and_stays_as_it_is(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var ids = await world.AddAsync(world.New(), world.New(InboundState.Received));

        foreach (var id in ids)
        {
            var before = await world.ReadAsync(id);
            (await world.Service.ProcessAgainAsync(world.Company.Admin, id, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
            (await world.ReadAsync(id)).ShouldBeEquivalentTo(before);
        }

        (await world.Service.ProcessAgainAsync(world.Company.Salesperson, ids[0], MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await world.Service.ProcessAgainAsync(world.Company.Admin, 99_999, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task All_failed_events_of_a_filter_go_back_by_jobs_and_no_others(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var failed = await world.AddAsync([.. Enumerable.Range(0, 600).Select(_ => world.New(InboundState.Failed, InboundSources.Meta))]);
        var others = await world.AddAsync(world.New(InboundState.Failed), world.New(InboundState.Unreadable, InboundSources.Meta), world.New(source: InboundSources.Meta));

        (await world.Service.ProcessFailedAgainAsync(world.Company.Admin, new() { Source = InboundSources.Meta }, MonitorWorld.Stop)).Value.ShouldBe(600);
        await RunJobsAsync(world, expected: 2);

        await using var context = world.Database.Database.Open(world.Company.Id);
        (await context.InboundEvents.Where(row => row.State == InboundState.Received).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(MonitorWorld.Stop)).ShouldBe(failed);
        (await context.InboundEvents.CountAsync(row => others.Contains(row.Id) && row.State != InboundState.Received, MonitorWorld.Stop)).ShouldBe(3);
        (await world.Service.ProcessFailedAgainAsync(world.Company.Salesperson, new(), MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
    }

    private static async Task RunJobsAsync(MonitorWorld world, int expected)
    {
        await using var context = world.Database.OpenAll();
        var jobs = await context.Jobs.Where(job => job.Kind == ProcessEventsAgain.Kind).ToListAsync(MonitorWorld.Stop);
        jobs.Count.ShouldBe(expected);
        foreach (var job in jobs)
            await new ProcessEventsAgain(world.Database.Database, world.Signal, world.Time).RunAsync(new JobRun(job.Id, job.CompanyId, job.Payload, 1), MonitorWorld.Stop);
    }
}
