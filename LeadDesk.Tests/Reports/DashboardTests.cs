using LeadDesk.Data;
using LeadDesk.Reports;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Reports;

public sealed class DashboardTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private const string WantsToBuy = "I want to buy 50 units today, please call me";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_dashboard_shows_today_the_response_the_pipeline_and_where_leads_come_from(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var yesterday = await world.ReceiveAsync("+923001234501", WantsToBuy);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Leads.AddNoteAsync(world.Company.Admin, yesterday, "Called.", CancellationToken.None);
        await world.Leads.ChangeStageAsync(world.Company.Admin, yesterday, world.Stage("Won"), null, CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromDays(1));
        var hot = await world.ReceiveAsync("+923001234502", WantsToBuy);
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        var cold = await world.ReceiveAsync("+923001234503", "stop messaging me", "website");

        var snapshot = await world.Get<DashboardQueries>().ReadAsync(world.Company.Manager, CancellationToken.None);

        var cards = snapshot.Cards;
        cards.ShouldSatisfyAllConditions(
            () => (cards.Total, cards.Today, cards.Waiting, cards.HotWaiting, cards.Overdue).ShouldBe((3, 2, 2, 1, 1)),
            () => cards.AveragePerDay.ShouldBe(1 / 7.0),
            () => cards.ArrivalTrend.TakeLast(3).ShouldBe([0, 1, 2]),
            () => cards.MedianResponse!.Value.TotalMinutes.ShouldBe(10, 0.4),
            () => cards.MedianResponseBefore.ShouldBeNull(),
            () => (cards.WonThisMonth, cards.ArrivedThisMonth).ShouldBe((1, 3)),
            () => cards.ConversionLastMonth.ShouldBeNull());
        snapshot.Days.Count.ShouldBe(30);
        snapshot.Days[^1].ShouldBe(new DayArrivals(new DateOnly(2026, 3, 3), 1, 0, 1));
        snapshot.Channels.ShouldBe([new ChannelCount("whatsapp", 2), new ChannelCount("website", 1)]);
        snapshot.NeedsYou.Select(lead => lead.Id).ShouldBe([hot], "the cold one waits in the list");
        snapshot.Latest.Select(lead => lead.Id).ShouldBe([cold, hot, yesterday]);
        snapshot.Latest[1].Grade.ShouldBe(Grade.Hot);
        snapshot.Latest[1].Reason!.Value.Factor.ShouldBe("intent");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_salesperson_sees_the_numbers_of_their_own_leads(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        foreach (var number in Enumerable.Range(10, 4))
            await world.ReceiveAsync($"+9230012346{number}", WantsToBuy);

        var snapshot = await world.Get<DashboardQueries>().ReadAsync(world.Company.Salesperson, CancellationToken.None);

        snapshot.Cards.Total.ShouldBe(2); // handed out in turn to two people
        snapshot.NeedsYou.ShouldAllBe(lead => lead.OwnerName == world.Company.Salesperson.Name);
        snapshot.Latest.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Everybody_who_sees_the_same_leads_shares_one_snapshot_whose_unchanged_parts_stay_the_same_objects()
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(DatabaseEngine.Sqlite));
        await world.ReceiveAsync("+923001234501", WantsToBuy);
        var feed = world.Get<DashboardFeed>();
        using var told = new SemaphoreSlim(0);
        using var admin = feed.Watch(world.Company.Admin, () => told.Release());
        await told.WaitAsync(TestContext.Current.CancellationToken);
        using var manager = feed.Watch(world.Company.Manager, () => told.Release());
        await told.WaitAsync(TestContext.Current.CancellationToken);
        var before = admin.Current!;
        manager.Current.ShouldBeSameAs(before);

        world.Clock.Advance(DashboardFeed.Interval);
        await world.Leads.AssignAsync(world.Company.Admin, before.Latest[0].Id, null, null, TestContext.Current.CancellationToken);
        do
        {
            world.Clock.Advance(DashboardFeed.Interval);
        }
        while (!await told.WaitAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));

        var after = admin.Current!;
        after.ShouldNotBeSameAs(before);
        after.NeedsYou[0].OwnerName.ShouldBeNull();
        after.Days.ShouldBeSameAs(before.Days);
        after.Cards.ShouldBeSameAs(before.Cards);
        manager.Current.ShouldBeSameAs(after);
    }
}
