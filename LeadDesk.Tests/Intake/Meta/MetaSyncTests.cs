using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using LeadDesk.Leads;
using LeadDesk.Simulators.Graph;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class MetaSyncTests : IAsyncDisposable
{
    private const string Form = MetaWorld.Form;

    private MetaWorld world = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_first_run_fetches_ninety_days_of_all_forms_and_the_next_only_what_is_new(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var now = world.Time.UtcNow;
        world.Graph.AddLeads(Form, 250, now.AddDays(-80), now.AddMinutes(-30));
        world.Graph.AddLeads(SampleForms.VisitFormId, 20, now.AddDays(-5), now);
        world.Graph.AddLead(Form, now.AddDays(-100));
        var connection = await world.ConnectAsync();

        await world.SyncAsync(connection);

        (await world.EventsAsync()).Count.ShouldBe(270);
        var first = (await world.RunsAsync()).ShouldHaveSingleItem();
        (first.Trigger, first.Found, first.New + first.Joined, first.Repeated, first.Bad, first.Error).ShouldBe(("backfill", 270, 270, 0, 0, null));
        first.EndedAt.ShouldNotBeNull();
        first.Expected.ShouldBe(271);
        var form = await world.FormAsync();
        form.Name.ShouldBe("Office furniture quote – autumn");
        form.Questions.ShouldNotBeNull().ShouldContain("I have read the privacy notice");
        (form.Cursor, form.CursorSince, form.CursorNewest).ShouldBe((null, null, null));
        form.Watermark.ShouldNotBeNull().ShouldBeGreaterThan(now.AddDays(-1));
        var after = await world.ConnectionAsync(connection);
        (after.PageName, after.LastError, after.State, after.LastSyncAt).ShouldBe((SampleForms.PageName, null, MetaConnectionState.Active, now));
        after.NextRunAt.ShouldBe(now.AddSeconds(300));

        world.Time.Advance(TimeSpan.FromMinutes(5));
        world.Graph.AddLead();
        world.Graph.AddForm("777", "New form");
        world.Graph.AddLead("777");
        await world.SyncAsync(after, MetaJobs.Schedule);

        var second = (await world.RunsAsync())[0];
        (second.Trigger, second.New + second.Joined, second.Bad).ShouldBe(("schedule", 2, 0));
        second.Found.ShouldBeLessThan(10);
        (await world.EventsAsync()).Count.ShouldBe(272);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_has_its_day_answers_attribution_and_consents(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var at = world.Time.UtcNow.AddDays(-3);
        world.Graph.AddLead(new SimulatedLead
        {
            Id = "4567890123456789123",
            FormId = Form,
            CreatedAt = at,
            Platform = "ig",
            Answers = [new("full_name", ["Ayşe Yılmaz"]), new("email", ["ayse@example.com"]), new("phone_number", ["+905551234567"]), new("which_products_are_you_interested_in?", ["chairs", "lamps_&_acoustics"])],
            Consents = [new("privacy", true)],
        });

        await world.SyncAsync(await world.ConnectAsync(Form));

        var lead = await world.ReadAsync(context => context.Leads.SingleAsync(Stop));
        (lead.Name, lead.Phone, lead.Email, lead.Channel, lead.Source, lead.CreatedAt).ShouldBe(("Ayşe Yılmaz", "+905551234567", "ayse@example.com", "meta", "Instagram", at));
        lead.Campaign.ShouldNotBeNullOrEmpty();
        lead.Metadata.ShouldNotBeNull().ShouldContain("lamps_&_acoustics");
        lead.Metadata.ShouldContain("ad_id");
        var consent = await world.ReadAsync(context => context.LeadConsents.SingleAsync(Stop));
        (consent.Granted, consent.Text).ShouldBe((true, "I have read the privacy notice and agree that you contact me about my request."));
        (await world.EventsAsync()).ShouldHaveSingleItem().Origin.ShouldBe(Form);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_run_that_fails_between_pages_goes_on_where_it_stopped(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var now = world.Time.UtcNow;
        world.Graph.AddLeads(Form, 350, now.AddDays(-50), now);
        var connection = await world.ConnectAsync(Form);
        world.Graph.FailNext("html", times: 1, after: 2, on: "/leads");

        await world.SyncAsync(connection);

        (await world.EventsAsync()).Count.ShouldBe(200);
        var form = await world.FormAsync();
        form.Cursor.ShouldNotBeNull();
        form.Watermark.ShouldBeNull();
        var failed = await world.ConnectionAsync(connection);
        failed.LastError.ShouldNotBeNull().ShouldContain("tries again by itself");
        failed.State.ShouldBe(MetaConnectionState.Active);
        failed.NextRunAt.ShouldBe(now.AddSeconds(5));
        (await world.NoticesAsync()).ShouldBeEmpty();

        // New leads while it stood still come with the same run.
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Graph.AddLead();
        var before = world.Graph.CallCount;
        await world.SyncAsync(failed);

        (await world.EventsAsync()).Count.ShouldBe(351);
        (world.Graph.CallCount - before).ShouldBeLessThan(8);
        (await world.ConnectionAsync(connection)).LastError.ShouldBeNull();
        (await world.FormAsync()).Cursor.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_process_that_dies_between_pages_loses_nothing(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        world.Graph.AddLeads(Form, 350, world.Time.UtcNow.AddDays(-50), world.Time.UtcNow);
        var connection = await world.ConnectAsync(Form);
        world.Graph.FailNext("service", times: 1, after: 2, on: "/leads");
        await world.SyncAsync(connection);
        // As a kill leaves it: the page is stored, its place is not.
        await world.Database.Database.WriteAsync(world.Company.Id, async context =>
        {
            await context.MetaRuns.ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, (DateTime?)null), Stop);
            return await context.MetaForms.ExecuteUpdateAsync(set => set.SetProperty(row => row.Cursor, (string?)null), Stop);
        }, Stop);

        await world.SyncAsync(connection);

        (await world.EventsAsync()).Count.ShouldBe(350);
        var runs = await world.RunsAsync();
        (runs[0].Repeated, runs[0].New + runs[0].Joined).ShouldBe((200, 150));
        runs[1].EndedAt.ShouldNotBeNull();
        runs[1].Error.ShouldNotBeNull().ShouldContain("stopped");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_expired_token_stops_the_connection_and_tells_once(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var connection = await world.ConnectAsync();
        world.Graph.FailNext("expired", times: 100);

        await world.SyncAsync(connection);
        var calls = world.Graph.CallCount;
        await world.SyncAsync(connection);

        world.Graph.CallCount.ShouldBe(calls);
        var stopped = await world.ConnectionAsync(connection);
        stopped.State.ShouldBe(MetaConnectionState.NeedsReconnect);
        stopped.LastError.ShouldNotBeNull().ShouldContain("expired");
        var notice = (await world.NoticesAsync()).ShouldHaveSingleItem();
        (notice.Kind, notice.ClosedAt).ShouldBe((MetaNotices.Reconnect, null));
        $"{stopped.LastError}{notice.Text}".ShouldNotContain(GraphSimulator.DefaultToken);
    }

    [Theory]
    [InlineData("leadgen_limit", 7 * 60)]
    [InlineData("app_limit", 5 * 60)]
    [InlineData("blocked", 6 * 60 * 60)]
    public async Task Limits_wait_as_long_as_Meta_says(string fault, int seconds)
    {
        world = await MetaWorld.OpenAsync(DatabaseEngine.Sqlite);
        var connection = await world.ConnectAsync();
        world.Graph.FailNext(fault, on: "/leads");

        await world.SyncAsync(connection);

        var after = await world.ConnectionAsync(connection);
        after.State.ShouldBe(MetaConnectionState.Active);
        after.NextRunAt.ShouldBe(world.Time.UtcNow.AddSeconds(seconds));
    }

    [Fact]
    public async Task High_usage_makes_runs_rarer_and_a_wait_beside_a_success_is_kept()
    {
        world = await MetaWorld.OpenAsync(DatabaseEngine.Sqlite);
        var connection = await world.ConnectAsync();
        world.Graph.Usage = new LeadDesk.Simulators.Graph.GraphUsage(AppPercent: 80);
        await world.SyncAsync(connection);
        (await world.ConnectionAsync(connection)).NextRunAt.ShouldBe(world.Time.UtcNow.AddMinutes(15));

        world.Graph.Usage = new LeadDesk.Simulators.Graph.GraphUsage(PagePercent: 76, Minutes: 44);
        await world.SyncAsync(connection);
        (await world.ConnectionAsync(connection)).NextRunAt.ShouldBe(world.Time.UtcNow.AddMinutes(44));
    }

    [Fact]
    public async Task A_request_for_too_much_data_is_halved()
    {
        world = await MetaWorld.OpenAsync(DatabaseEngine.Sqlite);
        world.Graph.AddLeads(Form, 120, world.Time.UtcNow.AddDays(-5), world.Time.UtcNow);
        world.Graph.MostPerPage = 30;

        await world.SyncAsync(await world.ConnectAsync(Form));

        (await world.EventsAsync()).Count.ShouldBe(120);
        (await world.RunsAsync())[0].Error.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Odd_leads_and_a_missing_form_do_not_stop_the_others(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var now = world.Time.UtcNow;
        world.Graph.AddLead(new SimulatedLead { Id = "11", FormId = Form, CreatedAt = now, HasNoFieldData = true });
        world.Graph.AddLead(new SimulatedLead { Id = "12", FormId = Form, CreatedAt = now, Answers = [new("email", null), new("phone_number", [])] });
        world.Graph.AddLead(new SimulatedLead { Id = "13", FormId = Form, CreatedAt = now, Answers = [new("email", [new string('x', 30_000)]), new("full_name", ["Zed"])] });
        world.Graph.AddTestLead(Form);
        world.Graph.AddLead();

        await world.SyncAsync(await world.ConnectAsync("404404", Form));

        var run = (await world.RunsAsync())[0];
        (run.Found, run.New, run.Bad, run.Error).ShouldBe((5, 5, 0, null));
        var leads = await world.ReadAsync(context => context.Leads.ToListAsync(Stop));
        leads.Count.ShouldBe(5);
        leads.Count(lead => lead.IsTest).ShouldBe(1);
        leads.Count(lead => lead.Marks.HasFlag(LeadMarks.NoContact)).ShouldBe(3);
        (await world.FormAsync("404404")).LastError.ShouldNotBeNull();
        (await world.FormAsync()).LastError.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_schedule_adds_one_job_for_each_connection_that_is_due(DatabaseEngine engine)
    {
        world = await MetaWorld.OpenAsync(engine);
        var due = await world.ConnectAsync();
        var other = await TestCompany.AddAsync(world.Database, "Other");
        var theirs = await world.ConnectAsync(other.Id, [], "EAASIMULATEDPAGETOKEN0002", "42");
        var later = await world.ConnectAsync(Form);
        await SetAsync(later, row => row.NextRunAt = world.Time.UtcNow.AddMinutes(1));
        var paused = await world.ConnectAsync(Form);
        await SetAsync(paused, row => row.State = MetaConnectionState.Paused);

        await world.RunAsync<MetaDue>();
        await world.RunAsync<MetaDue>();

        await using var context = world.Database.OpenAll();
        var jobs = await context.Jobs.Where(job => job.Kind == MetaSync.Kind).ToListAsync(Stop);
        jobs.Select(job => (job.CompanyId, job.UniqueKey)).ShouldBe([(due.CompanyId, $"{due.Id}"), (theirs.CompanyId, $"{theirs.Id}")], ignoreOrder: true);
    }

    [Fact]
    public async Task The_last_fifty_runs_are_kept()
    {
        world = await MetaWorld.OpenAsync(DatabaseEngine.Sqlite);
        var connection = await world.ConnectAsync(Form);
        for (var i = 0; i < 53; i++)
            await world.SyncAsync(connection);

        (await world.RunsAsync()).Count.ShouldBe(50);
    }

    [Fact]
    public async Task Changed_and_archived_forms_are_told()
    {
        world = await MetaWorld.OpenAsync(DatabaseEngine.Sqlite);
        var connection = await world.ConnectAsync();
        await world.SyncAsync(connection);
        (await world.NoticesAsync()).ShouldBeEmpty();
        var form = world.Graph.Forms.Single(one => one.Id == Form);
        form.Questions = [.. form.Questions, new SimulatedQuestion("budget", "Budget?", "CUSTOM")];
        world.Graph.Forms.Single(one => one.Id == SampleForms.VisitFormId).Status = "ARCHIVED";

        await world.SyncAsync(connection);
        await world.SyncAsync(connection);

        var notices = await world.NoticesAsync();
        notices.Select(notice => notice.Kind).ShouldBe([MetaNotices.FormChanged, MetaNotices.FormArchived], ignoreOrder: true);
        notices.Single(notice => notice.Kind == MetaNotices.FormChanged).Text.ShouldContain("budget");

        world.Graph.Forms.Single(one => one.Id == SampleForms.VisitFormId).Status = "ACTIVE";
        await world.SyncAsync(connection);
        (await world.NoticesAsync()).Single(notice => notice.Kind == MetaNotices.FormArchived).ClosedAt.ShouldNotBeNull();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private Task<int> SetAsync(MetaConnection connection, Action<MetaConnection> change) => world.Database.Database.WriteAsync(
        CompanyScope.Of(connection.CompanyId),
        async context =>
        {
            change(await context.MetaConnections.SingleAsync(row => row.Id == connection.Id, Stop));
            return 1;
        },
        Stop);
}
