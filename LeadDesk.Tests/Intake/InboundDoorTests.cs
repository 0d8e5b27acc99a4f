using System.Collections.Concurrent;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake;

/// <summary>Stored raw first, worked on behind the answer: on both databases, with a handler that does as it is told.</summary>
public sealed class InboundDoorTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly Behaviour behaviour = new();
    private TestDatabase database = null!;
    private TestCompany company = null!;
    private ServiceProvider services = null!;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_unit_that_comes_in_many_times_at_once_is_one_event_and_one_lead(DatabaseEngine engine)
    {
        await OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => Door.StoreAsync(company.Id, [Unit($"m{i % 5}"), Unit($"m{(i + 1) % 5}")]))));
        await WorkUntilNothingWaitsAsync();

        var events = await EventsAsync();
        events.Count.ShouldBe(5);
        events.ShouldAllBe(row => row.State == InboundState.Processed && row.LeadId != null && row.Steps != null && row.DueAt == null);
        (await LeadCountAsync()).ShouldBe(5);
        await Door.StoreAsync(company.Id, [Unit("m0")]);
        (await EventsAsync()).Count.ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_that_is_fetched_while_its_push_waits_finishes_the_push(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        await Door.StoreAsync(company.Id, [Unit("lead-1")]);

        var fetched = await services.GetRequiredService<LeadIntake>().ReceiveAsync(CurrentUser.OfSource(company.Id), Behaviour.Lead("lead-1", [9]) with { Fetched = [7] }, null, Stop);
        await WorkUntilNothingWaitsAsync();

        fetched.Value!.Answer!.Duplicate.ShouldBeFalse();
        var kept = (await EventsAsync()).ShouldHaveSingleItem();
        (kept.State, kept.LeadId).ShouldBe((InboundState.Processed, fetched.Value.Answer.LeadId));
        kept.Fetched.ShouldBe([7]);
        kept.Raw.ShouldBe(Unit("lead-1").Raw);
        (await LeadCountAsync()).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task One_event_that_cannot_be_done_does_not_hold_up_the_others_and_is_tried_again(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        behaviour.Throwing.TryAdd("bad", true);
        await Door.StoreAsync(company.Id, [Unit("a"), Unit("bad"), Unit("b")]);

        await WorkAsync();
        var waiting = (await EventsAsync()).Single(row => row.State is InboundState.Received);
        waiting.RepeatKey.ShouldBe("bad");
        waiting.Error.ShouldNotBeNull().ShouldContain("InvalidOperationException");
        waiting.DueAt.ShouldNotBeNull().ShouldBeGreaterThan(time.UtcNow);

        behaviour.Throwing.Clear();
        time.Advance(TimeSpan.FromMinutes(1));
        await WorkUntilNothingWaitsAsync();

        (await EventsAsync()).ShouldAllBe(row => row.State == InboundState.Processed && row.Error == null);
        (await LeadCountAsync()).ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_dead_process_had_claimed_is_taken_over_when_the_claim_ends(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        await Door.StoreAsync(company.Id, [Unit("a")]);
        var claims = services.GetRequiredService<InboundClaims>();

        (await claims.ClaimAsync([InboundSources.Form], 10, time.UtcNow, Stop)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
        (await claims.ClaimAsync([InboundSources.Form], 10, time.UtcNow, Stop)).ShouldBeEmpty();
        time.Advance(InboundClaims.Lease);
        await WorkUntilNothingWaitsAsync();

        (await LeadCountAsync()).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_sender_that_waits_gets_the_event_as_it_ended(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        behaviour.Outcomes["robot"] = InboundOutcome.Ignored("A robot filled it.");

        var made = await Door.StoreAndProcessAsync(company.Id, Unit("a"), Stop);
        var robot = await Door.StoreAndProcessAsync(company.Id, Unit("robot"), Stop);
        var again = await Door.StoreAndProcessAsync(company.Id, Unit("a"), Stop);

        (made.State, made.LeadId.HasValue).ShouldBe((InboundState.Processed, true));
        (robot.State, robot.Error).ShouldBe((InboundState.Ignored, "A robot filled it."));
        again.Id.ShouldBe(made.Id);
        (await LeadCountAsync()).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_trial_is_a_lead_apart_nobody_gets_and_nothing_counts(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var intake = services.GetRequiredService<LeadIntake>();
        var source = CurrentUser.OfSource(company.Id);

        var person = (await intake.ReceiveAsync(source, Behaviour.Lead("1", [1]), null, Stop)).Value!.Answer!;
        var trial = (await intake.ReceiveAsync(source, Behaviour.Lead("1", [2]) with { RepeatKey = "t1", IsTest = true }, null, Stop)).Value!.Answer!;

        trial.LeadId.ShouldNotBe(person.LeadId);
        await using var context = database.Database.Open(company.Id);
        var lead = await context.Leads.SingleAsync(row => row.Id == trial.LeadId, Stop);
        (lead.IsTest, lead.OwnerId).ShouldBe((true, null));
        (await context.LeadCounters.Where(row => row.Metric == LeadDesk.Leads.CounterMetric.Total && row.OwnerId == 0).SumAsync(row => row.Count, Stop)).ShouldBe(1);
        (await context.PossibleDuplicates.CountAsync(Stop)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Consents_files_and_the_details_of_a_message_are_kept(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var lead = Behaviour.Lead("1", [1]) with
        {
            Message = "[Image] our office",
            OccurredAt = time.UtcNow.AddDays(-20),
            Consents = [new("gdpr", "You may call me", Granted: true)],
            Files = [new("plan.pdf", "application/pdf", new byte[] { 1, 2, 3 })],
            MessageDetails = new("wamid.1", LeadDesk.Leads.MessageKind.Image, """{"Id":"77"}""", null),
        };

        var answer = (await services.GetRequiredService<LeadIntake>().ReceiveAsync(CurrentUser.OfSource(company.Id), lead, null, Stop)).Value!.Answer!;

        await using var context = database.Database.Open(company.Id);
        (await context.LeadConsents.SingleAsync(Stop)).Text.ShouldBe("You may call me");
        (await context.LeadFiles.SingleAsync(Stop)).Content.ShouldBe([1, 2, 3]);
        (await context.LeadMessages.SingleAsync(Stop)).ExternalId.ShouldBe("wamid.1");
        var stored = await context.Leads.SingleAsync(row => row.Id == answer.LeadId, Stop);
        stored.CreatedAt.ShouldBe(time.UtcNow.AddDays(-20));
        stored.ResponseDueAt.ShouldBe(time.UtcNow.AddDays(7));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private InboundDoor Door => services.GetRequiredService<InboundDoor>();

    private static InboundUnit Unit(string key) => new(InboundSources.Form, key, Encoding.UTF8.GetBytes(key));

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton(_ => new Database(database.ConnectionString));
        collection.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        collection.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddSingleton<UserDirectory>();
        collection.AddSingleton<LiveFeed>();
        collection.AddSingleton<JobSignal>();
        collection.AddSingleton(new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(5), time, NullLogger<LeadAnalyst>.Instance));
        collection.AddLeads(worksOnEvents: false);
        collection.AddSingleton(behaviour);
        collection.AddInboundHandler<ObedientHandler>();
        services = collection.BuildServiceProvider();
    }

    /// <summary>One look of the processor, without its clock.</summary>
    private async Task<int> WorkAsync()
    {
        var runner = services.GetRequiredService<InboundRunner>();
        var claimed = await services.GetRequiredService<InboundClaims>().ClaimAsync(runner.Sources, 100, time.UtcNow, Stop);
        foreach (var group in claimed.GroupBy(one => (one.CompanyId, one.Source)))
            await runner.RunAsync(group.Key.CompanyId, group.Key.Source, [.. group.Select(one => one.Id)], Stop);
        return claimed.Count;
    }

    private async Task WorkUntilNothingWaitsAsync()
    {
        while (await WorkAsync() > 0)
        {
        }
    }

    private async Task<List<InboundEvent>> EventsAsync()
    {
        await using var context = database.Database.Open(company.Id);
        return await context.InboundEvents.OrderBy(row => row.Id).ToListAsync(Stop);
    }

    private async Task<int> LeadCountAsync()
    {
        await using var context = database.Database.Open(company.Id);
        return await context.Leads.CountAsync(Stop);
    }

    private sealed class Behaviour
    {
        public ConcurrentDictionary<string, bool> Throwing { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, InboundOutcome> Outcomes { get; } = new(StringComparer.Ordinal);

        public static IncomingLead Lead(string key, byte[] raw) =>
            new() { Source = InboundSources.Form, RepeatKey = key, Raw = raw, Channel = "website", Email = $"{key}@example.org", Name = "Ann Lee" };
    }

    private sealed class ObedientHandler(Behaviour behaviour, LeadIntake intake) : IInboundHandler
    {
        public static IReadOnlyList<string> Sources => [InboundSources.Form];

        public async Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, IReadOnlyList<InboundEvent> events, CancellationToken cancellationToken)
        {
            if (events.Any(row => behaviour.Throwing.ContainsKey(row.RepeatKey!)))
                throw new InvalidOperationException("told to");
            return await Task.WhenAll(events.Select(async row =>
            {
                if (behaviour.Outcomes.TryGetValue(row.RepeatKey!, out var outcome))
                    return outcome;
                var received = await intake.ReceiveAsync(CurrentUser.OfSource(companyId), Behaviour.Lead(row.RepeatKey!, row.Raw), null, cancellationToken);
                return received.Succeeded ? InboundOutcome.Finished : InboundOutcome.Failed(received.Refusal.Message);
            }));
        }
    }
}
