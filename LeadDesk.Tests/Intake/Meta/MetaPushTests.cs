using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Meta;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class MetaPushTests : IAsyncDisposable
{
    private const string Form = MetaWorld.Form;

    private MetaWorld world = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Pushed_leads_are_fetched_many_at_once(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync();
        var ids = world.Graph.AddLeads(Form, 100, world.Time.UtcNow.AddHours(-1), world.Time.UtcNow).Select(lead => lead.Id).ToArray();
        await world.PushAsync(ids);

        await world.WorkAsync();

        var events = await world.EventsAsync();
        events.Count.ShouldBe(100);
        events.ShouldAllBe(row => row.State == InboundState.Processed && row.LeadId != null && row.Fetched != null);
        Encoding.UTF8.GetString(events[0].Raw).ShouldContain("leadgen_id");
        Encoding.UTF8.GetString(events[0].Fetched!).ShouldContain("field_data");
        world.Graph.CallCount.ShouldBe(2);
        (await world.ConnectionAsync(connection)).LastPushAt.ShouldBe(world.Time.UtcNow);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_that_is_gone_fails_alone(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        await world.ConnectAsync();
        var ids = world.Graph.AddLeads(Form, 20, world.Time.UtcNow.AddHours(-1), world.Time.UtcNow).Select(lead => lead.Id).ToArray();
        await world.PushAsync([.. ids, "99"]);

        await world.WorkAsync();

        var events = await world.EventsAsync();
        events.Count(row => row.State is InboundState.Processed).ShouldBe(20);
        var gone = events.Single(row => row.RepeatKey == "99");
        (gone.State, gone.Error).ShouldBe((InboundState.Failed, gone.Error));
        gone.Error.ShouldNotBeNull().ShouldContain("100/33");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Poll_and_push_of_the_same_leads_at_the_same_time_make_each_lead_once(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync(Form);
        var ids = world.Graph.AddLeads(Form, 60, world.Time.UtcNow.AddHours(-1), world.Time.UtcNow).Select(lead => lead.Id).ToArray();
        var other = world.AddNode();
        await world.PushAsync(ids[..40]);

        await Task.WhenAll(Task.Run(() => world.SyncAsync(connection), Stop), Task.Run(() => world.WorkAsync(other), Stop), Task.Run(() => world.PushAsync(ids[30..]), Stop));
        while (await world.WorkAsync() > 0)
        {
        }

        var events = await world.EventsAsync();
        events.Count.ShouldBe(60);
        events.ShouldAllBe(row => row.State == InboundState.Processed && row.LeadId != null);
        (await world.ReadAsync(context => context.Leads.SumAsync(lead => lead.SubmissionCount, Stop))).ShouldBe(60);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task When_Graph_is_down_for_an_hour_everything_arrives_and_nobody_is_told_twice(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync();
        world.Graph.GoDown(TimeSpan.FromHours(1));
        for (var minute = 0; minute < 70; minute++)
        {
            var lead = world.Graph.AddLead();
            if (minute % 2 is 0)
                await world.PushAsync(lead.Id);
            await world.WorkAsync();
            var now = await world.ConnectionAsync(connection);
            if (now.NextRunAt <= world.Time.UtcNow)
                await world.SyncAsync(now, MetaJobs.Schedule);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var events = await world.EventsAsync();
        events.Count.ShouldBe(70);
        events.ShouldAllBe(row => row.State == InboundState.Processed);
        var notice = (await world.NoticesAsync()).ShouldHaveSingleItem();
        notice.Kind.ShouldBe(MetaNotices.Down);
        notice.ClosedAt.ShouldNotBeNull();
        (await world.ConnectionAsync(connection)).LastError.ShouldBeNull();
        (await world.RunsAsync()).Count(run => run.Error is not null).ShouldBeLessThan(20);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Pushes_wait_for_a_person_when_the_token_is_gone(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync();
        world.Graph.FailNext("expired");
        var lead = world.Graph.AddLead();
        await world.PushAsync(lead.Id);

        await world.WorkAsync();
        (await world.ConnectionAsync(connection)).State.ShouldBe(MetaConnectionState.NeedsReconnect);
        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(InboundState.Received);
        var calls = world.Graph.CallCount;
        world.Time.Advance(TimeSpan.FromMinutes(11));
        await world.WorkAsync();
        world.Graph.CallCount.ShouldBe(calls);

        await world.Database.Database.WriteAsync(world.Company.Id, context => context.MetaConnections.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MetaConnectionState.Active), Stop), Stop);
        world.Time.Advance(TimeSpan.FromMinutes(11));
        await world.WorkAsync();

        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(InboundState.Processed);
        (await world.NoticesAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Embedded_answers_need_no_call_and_unknown_pages_say_what_to_do(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        await world.ConnectAsync(Form);
        var fields = JsonNode.Parse("""[{"name":"full_name","values":["Ann Lee"]},{"name":"email","values":["ann@example.com"]}]""");
        await StoreAsync("1", MetaWorld.Push("1", fields: fields));
        await StoreAsync("2", MetaWorld.Push("2", pageId: "404"));
        await StoreAsync("3", "{}"u8.ToArray());
        await StoreAsync("4", "no JSON"u8.ToArray());
        await StoreAsync("5", MetaWorld.Push("5", formId: "999"));
        await StoreAsync("6", """{"id":"6","form_id":"880011223344556","created_time":"2026-10-01T09:00:00+0000","field_data":[{"name":"email","values":["bob@example.com"]}]}"""u8.ToArray());

        await world.WorkAsync();

        var events = (await world.EventsAsync()).ToDictionary(row => row.RepeatKey!);
        events["1"].State.ShouldBe(InboundState.Processed);
        (events["2"].State, events["2"].Error!.Contains("Connect the page", StringComparison.Ordinal)).ShouldBe((InboundState.Failed, true));
        events["3"].State.ShouldBe(InboundState.Unreadable);
        events["4"].State.ShouldBe(InboundState.Unreadable);
        events["5"].State.ShouldBe(InboundState.Ignored);
        events["6"].State.ShouldBe(InboundState.Processed);
        world.Graph.CallCount.ShouldBe(0);
        (await world.ReadAsync(context => context.Leads.Select(lead => lead.Email).ToListAsync(Stop))).ShouldBe(["ann@example.com", "bob@example.com"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_push_that_failed_is_finished_by_the_poll(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var lead = world.Graph.AddLead();
        await world.PushAsync(lead.Id);
        await world.WorkAsync();
        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(InboundState.Failed);

        await world.SyncAsync(await world.ConnectAsync());

        var kept = (await world.EventsAsync()).ShouldHaveSingleItem();
        kept.State.ShouldBe(InboundState.Processed);
        kept.Fetched.ShouldNotBeNull();
        (await world.RunsAsync())[0].New.ShouldBe(1);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private Task StoreAsync(string key, byte[] raw) =>
        world.Services.GetRequiredService<InboundDoor>().StoreAsync(world.Company.Id, [new InboundUnit(InboundSources.Meta, key, raw)]);
}
