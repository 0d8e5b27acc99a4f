using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads;

public sealed class ScoringServiceTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static readonly ScoringProfile IntentOnly = ScoringProfile.Default with { Conversation = new ConversationWeights(100, 0, 0, 0, 0, 0, 0) };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_preview_shows_before_and_after_and_changes_nothing(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var id = await world.ReceiveAsync("+923001234501", "I want to buy 50 units today, please call me");
        var lead = await world.LeadAsync(id);

        var preview = await world.Get<ScoringService>().PreviewAsync(world.Company.Admin, IntentOnly, Cancelled);

        var row = preview.Value!.ShouldHaveSingleItem();
        (row.LeadId, row.Score, row.Grade).ShouldBe((id, lead.Score, lead.Grade));
        row.NewScore.ShouldNotBe(lead.Score);
        row.Changes.ShouldBeTrue();
        (await world.LeadAsync(id)).Version.ShouldBe(lead.Version);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Saved_weights_score_the_next_lead_and_are_written_into_the_audit(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var service = world.Get<ScoringService>();
        await world.ReceiveAsync("+923001234501", "hi"); // the company's settings are in memory now

        var saved = await service.SaveAsync(world.Company.Admin, IntentOnly, 0, Cancelled);

        saved.Value!.Version.ShouldBe(1);
        var id = await world.ReceiveAsync("+923001234502", "I want to buy 50 units today, please call me");
        LeadScore.ReasonsFromJson((await world.LeadAsync(id)).ScoreReasons!)[0].Max.ShouldBe(100);
        await using var context = world.Database.Open(world.Company.Id);
        context.AuditEntries.Single(entry => entry.Action == "scoring.changed").ActorId.ShouldBe(world.Company.Admin.UserId);
    }

    [Fact]
    public async Task Weights_that_do_not_add_up_are_refused_at_their_group()
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(DatabaseEngine.Sqlite));

        var refused = await world.Get<ScoringService>().SaveAsync(world.Company.Admin, ScoringProfile.Default with { Form = new FormWeights(Contact: 31) }, 0, Cancelled);

        refused.Refusal!.Errors!.Keys.ShouldBe(["form"]);
    }

    [Fact]
    public async Task Settings_that_somebody_else_has_changed_are_not_overwritten()
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(DatabaseEngine.Sqlite));
        var service = world.Get<ScoringService>();
        await service.SaveAsync(world.Company.Admin, IntentOnly, 0, Cancelled);

        var refused = await service.SaveAsync(world.Company.Admin, ScoringProfile.Default, 0, Cancelled);

        refused.Refusal!.Kind.ShouldBe(RefusalKind.Stale);
    }

    [Fact]
    public async Task Only_admins_see_preview_and_change_the_weights()
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(DatabaseEngine.Sqlite));
        var service = world.Get<ScoringService>();

        foreach (var user in new[] { world.Company.Manager, world.Company.Salesperson })
        {
            (await service.GetAsync(user, Cancelled)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
            (await service.PreviewAsync(user, IntentOnly, Cancelled)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
            (await service.SaveAsync(user, IntentOnly, 0, Cancelled)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        }
    }
}
