using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake;

/// <summary>The one door on both databases, without HTTP.</summary>
public sealed class LeadIntakeTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private TestDatabase database = null!;
    private TestCompany company = null!;
    private LeadIntake intake = null!;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_phone_email_or_channel_id_is_the_same_lead(DatabaseEngine engine)
    {
        await OpenAsync(engine);

        var first = await ReceiveAsync(new() { Source = "test", Raw = [], Phone = "07400 123456", Email = "Ann@Example.org", ExternalId = "ig-1", Channel = "instagram" });
        var byPhone = await ReceiveAsync(new() { Source = "test", Raw = [], Phone = "+44 7400 123456", Channel = "website" });
        var byEmail = await ReceiveAsync(new() { Source = "test", Raw = [], Email = " ann@example.ORG ", Channel = "email" });
        var byId = await ReceiveAsync(new() { Source = "test", Raw = [], ExternalId = "ig-1", Channel = "instagram", Message = "hi" });
        var other = await ReceiveAsync(new() { Source = "test", Raw = [], ExternalId = "ig-1", Channel = "messenger" });

        first.Duplicate.ShouldBeFalse();
        foreach (var answer in (IntakeAnswer[])[byPhone, byEmail, byId])
        {
            answer.LeadId.ShouldBe(first.LeadId);
            answer.Duplicate.ShouldBeTrue();
        }

        other.LeadId.ShouldNotBe(first.LeadId);
        (await LeadAsync(first.LeadId)).SubmissionCount.ShouldBe(4);
        await CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Somebody_in_the_trash_who_writes_again_comes_back(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var first = await ReceiveAsync(Message("hello"));
        await Service().DeleteAsync(company.Admin, first.LeadId, "test", null, Stop);
        await CountersShouldEqualARecountAsync();

        var again = await ReceiveAsync(Message("I want to buy 50 units today"));

        again.LeadId.ShouldBe(first.LeadId);
        (await LeadAsync(first.LeadId)).DeletedAt.ShouldBeNull();
        await CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_message_to_a_merged_lead_reaches_the_one_it_became(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var kept = await ReceiveAsync(Message("hello"));
        var gone = await ReceiveAsync(Message("hello") with { Phone = null, Email = "ann@example.org" });
        (await Merges().MergeAsync(company.Admin, kept.LeadId, [gone.LeadId], null, null, Stop)).Succeeded.ShouldBeTrue();

        var again = await ReceiveAsync(Message("once more") with { Phone = null, Email = "ann@example.org" });

        again.LeadId.ShouldBe(kept.LeadId);
        (await LeadAsync(gone.LeadId)).DeletedAt.ShouldNotBeNull();
        await CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_near_match_is_a_new_lead_linked_as_a_possible_duplicate(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var first = await ReceiveAsync(Message("hello") with { Phone = null, Email = "ann.lee@gmail.com" });
        var near = await ReceiveAsync(Message("hello") with { Phone = null, Email = "annlee+shop@gmail.com" });

        near.LeadId.ShouldNotBe(first.LeadId);
        near.Duplicate.ShouldBeFalse();
        var details = (await new LeadQueries(database.Database).GetAsync(company.Admin, first.LeadId, Stop)).Value!;
        details.PossibleDuplicates.ShouldHaveSingleItem().LeadId.ShouldBe(near.LeadId);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Somebody_with_anothers_email_is_linked_once_however_often_the_two_write(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var other = await ReceiveAsync(Message("hello") with { Phone = null, Email = "office@example.org" });
        var first = await ReceiveAsync(Message("hello"));
        for (var i = 0; i < 3; i++)
            (await ReceiveAsync(Message($"hello {i}") with { Email = "office@example.org" })).LeadId.ShouldBe(first.LeadId);

        await using var context = database.Database.Open(company.Id);
        var pair = await context.PossibleDuplicates.SingleAsync(Stop);
        (pair.LeadId, pair.OtherLeadId).ShouldBe((first.LeadId, other.LeadId));
        (await context.TimelineEntries.CountAsync(entry => entry.Kind == TimelineKind.PossibleDuplicate, Stop)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_sign_that_many_leads_share_links_none_of_them_and_stops_nobody(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        for (var i = 0; i < 15; i++)
            await ReceiveAsync(Message("hello") with { Phone = null, Email = $"shop+{i}@gmail.com" });
        for (var i = 0; i < 15; i++)
            (await ReceiveAsync(Message("again") with { Phone = null, Email = $"shop+{i}@gmail.com" })).Duplicate.ShouldBeTrue();

        await using var context = database.Database.Open(company.Id);
        (await context.Leads.CountAsync(Stop)).ShouldBe(15);
        (await context.LeadNearKeys.CountAsync(Stop)).ShouldBe(15);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Thanks_do_not_take_back_the_wish_to_buy(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var wish = await ReceiveAsync(Message("I want to buy 50 units today, please call me"));
        var thanks = await ReceiveAsync(Message("ok thanks"));
        var stop = await ReceiveAsync(Message("stop messaging me"));

        wish.Grade.ShouldBe(LeadDesk.Scoring.Grade.Hot);
        thanks.Intent.ShouldBe(Intent.Buy);
        stop.Grade.ShouldBe(LeadDesk.Scoring.Grade.Cold);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task New_leads_go_round_the_salespeople_and_the_raw_body_is_kept(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
            ids.Add((await ReceiveAsync(Message("hello") with { Phone = $"+4474001234{i:00}", Raw = [1, 2, (byte)i] })).LeadId);

        await using var context = database.Database.Open(company.Id);
        var leads = await context.Leads.Where(lead => ids.Contains(lead.Id)).OrderBy(lead => lead.Id).ToListAsync(Stop);
        leads.Select(lead => lead.OwnerId).ShouldBe([company.Salesperson.UserId, company.OtherSalesperson.UserId, company.Salesperson.UserId, company.OtherSalesperson.UserId]);
        leads.ShouldAllBe(lead => lead.AssignedBecause != null && lead.ResponseDueAt == time.UtcNow.AddMinutes(15));
        (await context.InboundEvents.OrderBy(row => row.Id).Select(row => row.Raw).ToListAsync(Stop))[3].ShouldBe([1, 2, 3]);
        await CountersShouldEqualARecountAsync();
    }

    [Fact]
    public async Task Two_nodes_that_take_the_same_message_at_once_store_it_once()
    {
        await OpenAsync(DatabaseEngine.Postgres);
        await using var secondDatabase = database.OpenAnother();
        await using var second = NewIntake(secondDatabase);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() =>
            ReceiveAsync(Message("How much?") with { ExternalId = $"m{i / 4}", Phone = $"+4474001234{i / 4:00}" }, i % 2 is 0 ? intake : second))));

        answers.Count(answer => !answer.Duplicate).ShouldBe(15);
        await using var context = database.Database.Open(company.Id);
        (await context.Leads.CountAsync(Stop)).ShouldBe(15);
        (await context.LeadMessages.CountAsync(Stop)).ShouldBe(15);
        (await context.InboundEvents.CountAsync(Stop)).ShouldBe(15);
        await CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_id_with_another_text_is_one_more_message(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        await ReceiveAsync(Message("one") with { ExternalId = "17" });
        var second = await ReceiveAsync(Message("two") with { ExternalId = "17" });
        var repeat = await ReceiveAsync(Message("two") with { ExternalId = "17" });

        (await LeadAsync(second.LeadId)).MessageCount.ShouldBe(2);
        repeat.Duplicate.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await intake.DisposeAsync();
        await database.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static IncomingLead Message(string text) => new() { Source = "test", Raw = [], Phone = "+447400123456", Message = text, Channel = "whatsapp", Name = "Ann Lee" };

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
        intake = NewIntake(database.Database);
    }

    private LeadIntake NewIntake(Database on) => new(
        on,
        new CompanyDirectory(on, time),
        new UserDirectory(on, time),
        new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(5), time, NullLogger<LeadAnalyst>.Instance),
        new LiveFeed(time, NullLogger<LiveFeed>.Instance),
        new JobSignal(),
        time,
        NullLoggerFactory.Instance);

    private MergeService Merges() => new(database.Database, new CompanyDirectory(database.Database, time), new LiveFeed(time, NullLogger<LiveFeed>.Instance), time);

    private LeadService Service() => new(
        database.Database, new CompanyDirectory(database.Database, time), new UserDirectory(database.Database, time), new LiveFeed(time, NullLogger<LiveFeed>.Instance), time);

    private async Task<IntakeAnswer> ReceiveAsync(IncomingLead lead, LeadIntake? by = null)
    {
        var outcome = await (by ?? intake).ReceiveAsync(company.Admin, lead, null, Stop);
        outcome.Succeeded.ShouldBeTrue(outcome.Refusal?.Message);
        return outcome.Value!.Answer!;
    }

    private async Task<Lead> LeadAsync(long id)
    {
        await using var context = database.Database.Open(company.Id);
        return await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).SingleAsync(lead => lead.Id == id, Stop);
    }

    private async Task CountersShouldEqualARecountAsync()
    {
        await using var context = database.Database.Open(company.Id);
        var expected = new Dictionary<CounterKey, long>();
        foreach (var lead in await context.Leads.ToListAsync(Stop))
            CounterKeys.Add(expected, lead, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), +1);
        var kept = await context.LeadCounters.Where(counter => counter.Count != 0).ToListAsync(Stop);
        kept.ToDictionary(counter => new CounterKey(counter.Metric, counter.Day, counter.OwnerId, counter.Key), counter => counter.Count).ShouldBe(expected, ignoreOrder: true);
    }
}
