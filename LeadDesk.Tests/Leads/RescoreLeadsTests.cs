using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads;

public sealed class RescoreLeadsTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static readonly JobRun Scheduled = new(1, null, null, 1);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_form_lead_cools_down_as_time_passes_and_keeps_its_place_by_activity(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var id = await world.ReceiveAsync("+923001234501", channel: "website");
        var before = await world.LeadAsync(id);
        before.RescoreAt.ShouldNotBeNull();

        world.Clock.Advance(TimeSpan.FromDays(20));
        await world.RunJobAsync(Scheduled);

        var after = await world.LeadAsync(id);
        after.Score.ShouldBeLessThan(before.Score);
        after.Grade.ShouldBe(Grade.Cold);
        after.LastActivityAt.ShouldBe(before.LastActivityAt);
        after.RescoreAt!.Value.ShouldBeGreaterThan(world.Clock.UtcNow);
        var timeline = await world.Get<TimelineQueries>().ListAsync(world.Company.Admin, id, TimelineFilter.All, null, 10, TestContext.Current.CancellationToken);
        timeline.Value!.Items[0].ShouldSatisfyAllConditions(
            entry => entry.Kind.ShouldBe(TimelineKind.Scored),
            entry => entry.Before.ShouldBe($"{before.Grade.ToWord()} {before.Score}"),
            entry => entry.After.ShouldBe($"COLD {after.Score}"));
        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_not_due_stays_untouched(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var form = await world.ReceiveAsync("+923001234501", channel: "website");
        var conversation = await world.ReceiveAsync("+923001234502", "I want to buy 50 units today");

        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.RunJobAsync(Scheduled);

        (await world.LeadAsync(form)).Version.ShouldBe(1);
        (await world.LeadAsync(conversation)).Version.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task More_leads_than_a_page_are_all_scored_anew(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await Task.WhenAll(Enumerable.Range(0, RescoreLeads.PageSize + 5).Select(number => world.ReceiveAsync($"+92300123{number:D4}", channel: "website")));

        world.Clock.Advance(TimeSpan.FromDays(8));
        await world.RunJobAsync(Scheduled);

        await using var context = world.Database.Open(world.Company.Id);
        context.Leads.Count(lead => lead.RescoreAt <= world.Clock.UtcNow).ShouldBe(0);
        context.Leads.Select(lead => lead.Version).Distinct().ToList().ShouldBe([2]);
        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task New_weights_reach_every_open_lead_and_no_closed_one(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var open = await world.ReceiveAsync("+923001234501", "I want to buy 50 units today, please call me");
        var won = await world.ReceiveAsync("+923001234502", "I want to buy 50 units today, please call me");
        await world.Leads.ChangeStageAsync(world.Company.Admin, won, world.Stage("Won"), null, TestContext.Current.CancellationToken);
        var before = (await world.LeadAsync(won)).Score;
        var scoring = world.Get<ScoringService>();
        var onlyCompleteness = ScoringProfile.Default with { Conversation = new ConversationWeights(0, 0, 0, 0, 0, 0, 100) };

        var saved = await scoring.SaveAsync(world.Company.Admin, onlyCompleteness, (await scoring.GetAsync(world.Company.Admin, TestContext.Current.CancellationToken)).Value!.Version, TestContext.Current.CancellationToken);
        await using (var context = world.Database.Open(world.Company.Id))
            context.Jobs.Where(job => job.CompanyId == world.Company.Id).Select(job => job.Kind).ToList().ShouldBe([RescoreLeads.Kind]);
        await world.RunJobAsync(new JobRun(1, world.Company.Id, null, 1));

        saved.Succeeded.ShouldBeTrue();
        (await world.LeadAsync(won)).Score.ShouldBe(before);
        var after = await world.LeadAsync(open);
        after.Score.ShouldBe(LeadScore.ReasonsFromJson(after.ScoreReasons!).Single(reason => reason.Max == 100).Points);
        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
    }
}
