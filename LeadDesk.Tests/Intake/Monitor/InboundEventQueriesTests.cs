using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake.Monitor;

public sealed class InboundEventQueriesTests
{
    public static TheoryData<DatabaseEngine> Both => Engines.All;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Pages_go_on_where_the_one_before_ended_and_hold_every_event_once(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var ids = await world.AddAsync([.. Enumerable.Range(0, 25).Select(i => world.New(i % 3 is 0 ? InboundState.Failed : InboundState.Processed))]);

        (await AllAsync(world, new(), limit: 4)).ShouldBe(ids.AsEnumerable().Reverse());
        (await AllAsync(world, new() { State = InboundState.Failed }, limit: 2)).ShouldBe(ids.Where((_, i) => i % 3 is 0).Reverse());
        (await AllAsync(world, new() { State = InboundState.Processed }, limit: 5)).ShouldBe(ids.Where((_, i) => i % 3 is not 0).Reverse());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_rare_event_among_very_many_is_found_by_going_on(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var rare = (await world.AddAsync(world.New(source: InboundSources.Email)))[0];
        // Ids have gaps, as after a backfill that was deleted: the walk counts ids, so this is as far as a quarter of a million events.
        await world.AddAsync(WithId(world.New(), 250_000));

        var first = (await world.Queries.ListAsync(world.Company.Admin, new() { Source = InboundSources.Email }, null, 10, MonitorWorld.Stop)).Value!;

        first.Items.ShouldBeEmpty();
        first.NextCursor.ShouldNotBeNull();
        (await AllAsync(world, new() { Source = InboundSources.Email }, limit: 10)).ShouldBe([rare]);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_filter_finds_its_own(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var early = world.New(source: InboundSources.Meta);
        early.Origin = "form-7";
        world.Time.Advance(TimeSpan.FromHours(2));
        var late = world.New(InboundState.Failed, InboundSources.WhatsApp);
        (late.Error, late.ExternalId) = ("The Access Token has expired.", "wamid.1");
        await world.AddAsync(early, late, world.New());
        var hourAgo = world.Time.UtcNow.AddHours(-1);

        (await AllAsync(world, new() { Source = InboundSources.Meta })).ShouldBe([early.Id]);
        (await AllAsync(world, new() { Origin = "form-7" })).ShouldBe([early.Id]);
        (await AllAsync(world, new() { Text = "access TOKEN" })).ShouldBe([late.Id]);
        (await AllAsync(world, new() { Text = "wamid.1", State = InboundState.Failed })).ShouldBe([late.Id]);
        (await AllAsync(world, new() { Text = "form-7%" })).ShouldBeEmpty();
        (await AllAsync(world, new() { Before = hourAgo })).ShouldBe([early.Id]);
        (await AllAsync(world, new() { From = hourAgo, State = InboundState.Failed })).ShouldBe([late.Id]);
        (await AllAsync(world, new() { From = hourAgo, Source = InboundSources.Meta })).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Another_companys_events_are_not_there(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var other = await TestCompany.AddAsync(world.Database, "Other");
        var foreign = world.New(InboundState.Failed);
        foreign.CompanyId = other.Id;
        await world.AddAsync(foreign);

        (await AllAsync(world, new())).ShouldBeEmpty();
        (await world.Queries.GetAsync(world.Company.Admin, foreign.Id, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await world.Queries.RowsAsync(world.Company.Admin, [foreign.Id], MonitorWorld.Stop)).Value!.ShouldBeEmpty();
        (await world.Queries.CountsAsync(world.Company.Admin, MonitorWorld.Stop)).Value!.ShouldAllBe(count => count.Count == 0);
        (await world.Service.ProcessAgainAsync(world.Company.Admin, foreign.Id, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await world.Rates.GetAsync(world.Company.Admin)).Value!.Sources.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Details_have_steps_and_bodies_which_managers_see_masked_and_salespeople_not_at_all(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var row = world.New(raw: """{"name":"Ann Lee","phone":"+44 20"}""");
        (row.Steps, row.Fetched) = ("""{"waited":1.5,"fetched":null,"read":0.25,"queued":3}""", "name=Ann+Lee"u8.ToArray());
        await world.AddAsync(row);

        var whole = (await world.Queries.GetAsync(world.Company.Admin, row.Id, MonitorWorld.Stop)).Value!;
        var masked = (await world.Queries.GetAsync(world.Company.Manager, row.Id, MonitorWorld.Stop)).Value!;
        var key = world.Company.Manager with { Role = Role.Integration, ApiKeyId = 1 };

        whole.Steps.ShouldBe(new EventSteps(1.5, null, 0.25, 3));
        whole.Raw!.Text.ShouldBe("{\n  \"name\": \"Ann Lee\",\n  \"phone\": \"+44 20\"\n}");
        (masked.Raw!.Text, masked.Raw.Masked).ShouldBe(("{\n  \"name\": \"Xxx Xxx\",\n  \"phone\": \"+00 00\"\n}", true));
        masked.Fetched!.Text.ShouldBe("name=Xxx+Xxx");
        (await world.Queries.GetAsync(key, row.Id, MonitorWorld.Stop)).Value!.Raw!.Masked.ShouldBeFalse();
        (await world.Queries.GetAsync(world.Company.Salesperson, row.Id, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await world.Queries.ListAsync(world.Company.Salesperson, new(), null, 10, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_dropped_body_is_missing_and_cannot_be_processed_again(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var id = (await world.AddAsync(world.New(InboundState.Failed, raw: "")))[0];

        var details = (await world.Queries.GetAsync(world.Company.Admin, id, MonitorWorld.Stop)).Value!;

        details.Raw.ShouldBeNull();
        details.CanBeProcessedAgain.ShouldBeFalse();
        (await world.Service.ProcessAgainAsync(world.Company.Admin, id, MonitorWorld.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
    }

    private static InboundEvent WithId(InboundEvent row, long id)
    {
        row.Id = id;
        return row;
    }

    private static async Task<List<long>> AllAsync(MonitorWorld world, InboundEventFilter filter, int limit = 50)
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await world.Queries.ListAsync(world.Company.Admin, filter, cursor, limit, MonitorWorld.Stop)).Value.ShouldNotBeNull();
            page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            ids.AddRange(page.Items.Select(row => row.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return ids;
    }
}
