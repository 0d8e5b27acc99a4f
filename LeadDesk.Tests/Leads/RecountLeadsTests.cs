using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

public sealed class RecountLeadsTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    /// <summary>Where the clock's Monday morning is still Sunday.</summary>
    private const string Honolulu = "Pacific/Honolulu";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_a_change_of_zone_the_counters_stand_on_the_new_days(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await ReceiveSomeAsync(world);
        await ChangeAsync(world, settings => settings with { TimeZone = Honolulu });
        var (before, wanted) = await world.CountersAsync();
        before.Keys.ToHashSet().SetEquals(wanted.Keys).ShouldBeFalse();

        await RecountAsync(world);
        await RecountAsync(world);

        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
        kept.Keys.Where(key => key.Metric is not (CounterMetric.Total or CounterMetric.Value)).ShouldAllBe(key => key.Day == 20260301);
        kept.Keys.Select(key => key.Metric).Distinct().Order().ShouldBe(Enum.GetValues<CounterMetric>());
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leads_that_come_in_during_the_recount_are_counted_once(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await ReceiveSomeAsync(world);
        await ChangeAsync(world, settings => settings with { TimeZone = Honolulu });

        await Task.WhenAll([
            .. Enumerable.Range(0, 60).Select(number => world.ReceiveAsync($"+9230011111{number:D2}", "How much is it?")),
            .. Enumerable.Range(0, 3).Select(_ => RecountAsync(world)),
        ]);

        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_counters_of_other_companies_stay_as_they_are(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        await using var world = await LeadWorld.CreateAsync(database);
        await using var other = await LeadWorld.CreateAsync(database);
        await ReceiveSomeAsync(other);
        var before = (await other.CountersAsync()).Kept;

        await RecountAsync(world);

        before.ShouldNotBeEmpty();
        (await other.CountersAsync()).Kept.ShouldBe(before, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_new_zone_asks_for_a_recount_at_once_and_for_one_when_every_node_goes_by_it(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Cancelled);

        await ChangeAsync(world, settings => settings with { TimeZone = Honolulu });

        (await RecountsAsync(world)).ShouldBe([world.Clock.UtcNow, world.Clock.UtcNow.AddMinutes(1)]);
        (await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Cancelled)).Zone.Id.ShouldBe(Honolulu);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Other_settings_are_known_at_once_and_ask_for_no_recount(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Cancelled);

        await ChangeAsync(world, settings => settings with { Region = "PK", ResponseGoalMinutes = 60 });

        (await RecountsAsync(world)).ShouldBeEmpty();
        var rules = await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Cancelled);
        (rules.Region, rules.ResponseGoal).ShouldBe(("PK", TimeSpan.FromHours(1)));
    }

    /// <summary>One lead for each metric, a trial of a source, and one in the trash.</summary>
    private static async Task ReceiveSomeAsync(LeadWorld world)
    {
        await world.ReceiveAsync("+923001234501", "I want to buy 50 units today, please call me");
        var won = await world.ReceiveAsync("+923001234502", "How much is it?");
        var contacted = await world.ReceiveAsync("+923001234503", channel: "website");
        var deleted = await world.ReceiveAsync("+923001234504", "stop messaging me");
        (await world.Leads.ChangeStageAsync(world.Company.Admin, won, world.Stage("Won"), null, Cancelled)).Succeeded.ShouldBeTrue();
        (await world.Leads.ChangeStageAsync(world.Company.Admin, contacted, world.Stage("Contacted"), null, Cancelled)).Succeeded.ShouldBeTrue();
        (await world.Leads.DeleteAsync(world.Company.Admin, deleted, null, null, Cancelled)).Succeeded.ShouldBeTrue();
        await ReviseAsync(world, contacted, lead => lead.Value = 1_250_00);
        await ReviseAsync(world, await world.ReceiveAsync("+923001234505"), lead => lead.Marks |= LeadMarks.Test);
    }

    private static async Task ReviseAsync(LeadWorld world, long id, Action<Lead> revise)
    {
        var company = await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Cancelled);
        await world.Database.WriteAsync(
            world.Company.Id,
            async context =>
            {
                var lead = await context.Leads.SingleAsync(row => row.Id == id, Cancelled);
                var change = new LeadChange(context, lead, company, world.Company.Admin, world.Clock.GetUtcNow().UtcDateTime);
                revise(lead);
                await change.SaveAsync(Cancelled);
                return lead.Version;
            },
            Cancelled);
    }

    private static async Task ChangeAsync(LeadWorld world, Func<CompanySettings, CompanySettings> change)
    {
        var companies = new CompanyService(world.Database, world.Get<CompanyDirectory>(), world.Get<JobSignal>(), world.Clock);
        var settings = await companies.GetAsync(world.Company.Admin, Cancelled);
        (await companies.ChangeAsync(world.Company.Admin, change(settings), Cancelled)).Succeeded.ShouldBeTrue();
    }

    private static Task RecountAsync(LeadWorld world) => world.RunJobAsync(new JobRun(1, world.Company.Id, null, 1), RecountLeads.Kind);

    private static async Task<List<DateTime>> RecountsAsync(LeadWorld world)
    {
        await using var context = world.Database.Open(world.Company.Id);
        return [.. context.Jobs.Where(job => job.CompanyId == world.Company.Id && job.Kind == RecountLeads.Kind).Select(job => job.RunAt).Order()];
    }
}
