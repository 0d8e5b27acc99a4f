using FsCheck.Fluent;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Reports;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Reports;

public sealed class LeadStatsTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static readonly string[] Messages = ["I want to buy 50 units today, please call me", "stop messaging me", "What is the price?", "hi", ""];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Counters_equal_a_recount_of_the_leads_whatever_happened_to_them(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var steps = Gen.Choose(0, int.MaxValue - 1).ListOf(60).Sample(60, 4).SelectMany(list => list).ToList();

        var ids = new List<long>();
        foreach (var step in steps)
            await DoAsync(world, ids, new Random(step));

        var (kept, recounted) = await world.CountersAsync();
        kept.OrderBy(row => row.Key.ToString(), StringComparer.Ordinal).ShouldBe(recounted.OrderBy(row => row.Key.ToString(), StringComparer.Ordinal), $"steps: {string.Join(',', steps)}");
        await ShouldEqualTheLeadsAsync(world, world.Company.Admin.UserId, seesAll: true);
        await ShouldEqualTheLeadsAsync(world, world.Company.Salesperson.UserId, seesAll: false);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_company_without_leads_has_zeros_and_all_its_stages(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));

        var stats = await world.Get<LeadStatsQueries>().TotalsAsync(world.Company.Manager, CancellationToken.None);

        stats.ShouldSatisfyAllConditions(
            () => stats.Total.ShouldBe(0),
            () => stats.Today.ShouldBe(0),
            () => stats.ByStage.Select(stage => stage.Name).ShouldBe(world.Company.Stages.Select(stage => stage.Name)),
            () => stats.ByStage.ShouldAllBe(stage => stage.Count == 0));
    }

    private static async Task DoAsync(LeadWorld world, List<long> ids, Random random)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 600)));
        var (leads, admin, company) = (world.Leads, world.Company.Admin, world.Company);
        if (ids.Count < 5 || random.Next(3) is 0)
        {
            // Few numbers, so that some come again and join the lead that is there.
            var message = Messages[random.Next(Messages.Length)];
            ids.Add(await world.ReceiveAsync($"+9230012345{random.Next(10, 60)}", message.Length > 0 ? message : null, random.Next(2) is 0 ? "whatsapp" : "website"));
            return;
        }

        var id = ids[random.Next(ids.Count)];
        long?[] owners = [null, company.Salesperson.UserId, company.OtherSalesperson.UserId];
        switch (random.Next(7))
        {
            case 0: await leads.ChangeStageAsync(admin, id, company.Stages[random.Next(company.Stages.Count)].Id, null, CancellationToken.None); break;
            case 1: await leads.AssignAsync(admin, id, owners[random.Next(owners.Length)], null, CancellationToken.None); break;
            case 2: await leads.AddNoteAsync(admin, id, "Called.", CancellationToken.None); break;
            case 3: await leads.DeleteAsync(admin, id, null, null, CancellationToken.None); break;
            case 4: await leads.RestoreAsync(admin, id, CancellationToken.None); break;
            case 5: await MergeAsync(world, admin, id, ids[random.Next(ids.Count)], random.Next(2) is 0); break;
            default: await world.RunJobAsync(new(1, null, null, 1)); break;
        }
    }

    private static async Task MergeAsync(LeadWorld world, CurrentUser admin, long id, long other, bool andBack)
    {
        var merged = await world.Get<MergeService>().MergeAsync(admin, id, [other], null, null, CancellationToken.None);
        if (andBack && merged.Succeeded)
            (await world.Get<MergeService>().UndoAsync(admin, merged.Value.MergeId, CancellationToken.None)).Succeeded.ShouldBeTrue();
    }

    private static async Task ShouldEqualTheLeadsAsync(LeadWorld world, long userId, bool seesAll)
    {
        var user = seesAll ? world.Company.Admin : world.Company.Salesperson;
        var stats = await world.Get<LeadStatsQueries>().TotalsAsync(user, CancellationToken.None);

        await using var context = world.Database.Open(world.Company.Id);
        var leads = context.Leads.ToList().Where(lead => seesAll || lead.OwnerId == userId).ToList();
        stats.ShouldSatisfyAllConditions(
            () => stats.Total.ShouldBe(leads.Count),
            () => stats.Hot.ShouldBe(leads.Count(lead => lead.Grade is Grade.Hot)),
            () => stats.Warm.ShouldBe(leads.Count(lead => lead.Grade is Grade.Warm)),
            () => stats.Cold.ShouldBe(leads.Count(lead => lead.Grade is Grade.Cold)),
            () => stats.Waiting.ShouldBe(leads.Count(CounterKeys.IsWaiting)),
            () => stats.HotWaiting.ShouldBe(leads.Count(lead => lead.Grade is Grade.Hot && CounterKeys.IsWaiting(lead))),
            () => stats.ByStage.ShouldAllBe(stage => stage.Count == leads.Count(lead => lead.StageId == stage.StageId)),
            () => stats.Today.ShouldBe(leads.Count(lead => DayInLondon(lead.CreatedAt) == DayInLondon(world.Clock.UtcNow))));
    }

    private static int DayInLondon(DateTime utc) => LeadDesk.Common.Days.Number(utc, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
}
