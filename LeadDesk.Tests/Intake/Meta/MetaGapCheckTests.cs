using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Meta;
using LeadDesk.Simulators.Graph;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class MetaGapCheckTests : IAsyncDisposable
{
    private const string Form = MetaWorld.Form;

    private MetaWorld world = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Missing_leads_are_counted_by_day_and_fetched(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var now = world.Time.UtcNow;
        // 00:30 of the third in London is 23:30 of the second in UTC.
        world.Graph.AddLeads(Form, 130, now.AddDays(-2), now.AddDays(-2).AddHours(3));
        var night = world.Graph.AddLead(Form, now.Date.AddDays(-1).AddMinutes(-30));
        var connection = await world.ConnectAsync(Form);
        await world.SyncAsync(connection);
        await world.Database.Database.WriteAsync(world.Company.Id, context => context.InboundEvents.OrderBy(row => row.Id).Take(30).ExecuteDeleteAsync(Stop), Stop);
        var waiting = world.Graph.AddLead(Form, now.AddMinutes(-1));
        await world.PushAsync(waiting.Id);
        var before = await world.LeadCountAsync();

        await world.RunAsync<MetaGapCheck>(connection);

        var days = await DaysAsync();
        days.Sum(day => day.AtMeta).ShouldBe(132);
        days.ShouldAllBe(day => day.Here + day.Fetched == day.AtMeta);
        days.Sum(day => day.Fetched).ShouldBe(31);
        var london = TimeZoneInfo.ConvertTimeFromUtc(night.CreatedAt, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        days.Single(day => day.Day == (london.Year * 10000) + (london.Month * 100) + london.Day).AtMeta.ShouldBe(1);
        (await world.EventsAsync()).Count.ShouldBe(132);
        (await world.EventsAsync()).ShouldAllBe(row => row.State == InboundState.Processed);
        (await world.LeadCountAsync()).ShouldBeInRange(before, before + 1);
        (await world.ConnectionAsync(connection)).LastGapCheckAt.ShouldBe(now);
        (await world.RunsAsync())[0].Trigger.ShouldBe("gap");

        // A second look finds all of them and still tells what was fetched.
        await world.RunAsync<MetaGapCheck>(connection);
        var again = await DaysAsync();
        again.Select(day => (day.Day, day.AtMeta, day.Here, day.Fetched)).ShouldBe(days.Select(day => (day.Day, day.AtMeta, day.Here, day.Fetched)));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_token_near_its_end_and_a_lost_subscription_are_told_until_they_are_over(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync();
        var end = world.Time.UtcNow.AddDays(3);
        world.Graph.SetToken(new SimulatedToken(GraphSimulator.DefaultToken, SampleForms.PageId, SimulatedToken.AllScopes, end));
        await world.PushAsync(world.Graph.AddLead().Id);
        await world.WorkAsync();

        await world.RunAsync<MetaGapCheck>(connection);
        await world.RunAsync<MetaGapCheck>(connection);

        (await world.NoticesAsync()).Select(notice => notice.Kind).ShouldBe([MetaNotices.TokenExpires, MetaNotices.Subscription], ignoreOrder: true);
        (await world.ConnectionAsync(connection)).TokenExpiresAt.ShouldBe(end);

        world.Graph.SetToken(new SimulatedToken(GraphSimulator.DefaultToken, SampleForms.PageId, SimulatedToken.AllScopes));
        await Subscribe();
        await world.RunAsync<MetaGapCheck>(connection);
        (await world.NoticesAsync()).ShouldAllBe(notice => notice.ClosedAt != null);

        async Task Subscribe()
        {
            using var client = new GraphClient(MetaOptions.Standard with { GraphUrl = world.GraphAddress }, world.Time);
            (await client.SubscribeAsync(new GraphAccess(GraphSimulator.DefaultToken, null), SampleForms.PageId, Stop)).Succeeded.ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_form_that_falls_silent_against_its_habit_is_told(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync(Form, SampleForms.VisitFormId);
        var now = world.Time.UtcNow;
        world.Graph.AddLeads(Form, 20, now.AddDays(-6), now.AddDays(-3));
        world.Graph.AddLeads(SampleForms.VisitFormId, 20, now.AddDays(-60), now.AddDays(-2));
        await world.SyncAsync(connection);

        await world.RunAsync<MetaGapCheck>(connection);

        var notice = (await world.NoticesAsync()).ShouldHaveSingleItem();
        (notice.Kind, notice.Subject).ShouldBe((MetaNotices.Quiet, Form));

        world.Graph.AddLead();
        await world.RunAsync<MetaGapCheck>(connection);
        (await world.NoticesAsync()).ShouldHaveSingleItem().ClosedAt.ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_schedule_asks_for_a_check_once_a_day(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync();
        await world.SyncAsync(connection);
        await world.RunAsync<MetaDue>();
        (await ChecksAsync()).ShouldBe(0);

        world.Time.Advance(TimeSpan.FromHours(25));
        await world.RunAsync<MetaDue>();
        (await ChecksAsync()).ShouldBe(1);

        // One that fails is not asked for again at once.
        world.Graph.FailNext("html");
        await world.RunAsync<MetaGapCheck>(connection);
        await using (var context = world.Database.OpenAll())
            await context.Jobs.ExecuteDeleteAsync(Stop);
        await world.RunAsync<MetaDue>();
        (await ChecksAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromMinutes(61));
        await world.RunAsync<MetaDue>();
        (await ChecksAsync()).ShouldBe(1);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private Task<List<MetaGapDay>> DaysAsync() => world.ReadAsync(context => context.MetaGapDays.OrderBy(row => row.Day).ToListAsync(Stop));

    private async Task<int> ChecksAsync()
    {
        await using var context = world.Database.OpenAll();
        return await context.Jobs.CountAsync(job => job.Kind == MetaGapCheck.Kind, Stop);
    }
}
