using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

/// <summary>Counts from the running totals beside counts of every lead, through everything that changes leads.</summary>
public sealed class LeadTotalsTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_totals_are_the_plain_count_after_every_change(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (admin, merges) = (world.Company.Admin, world.Get<MergeService>());
        var ids = new List<long>();
        for (var number = 0; number < 8; number++)
            ids.Add(await world.ReceiveAsync($"+44740012345{number}", number % 2 is 0 ? "I want to buy 50 units today, please call me" : "Stop messaging me", number % 3 is 0 ? "website" : "whatsapp"));
        await EqualAsync(world, "received");

        await world.ReceiveAsync("+447400123450", "Again: I want to buy");
        var trial = new IncomingLead { Source = "webhook", Raw = [], Phone = "+447400999999", Name = "Trial", Channel = "whatsapp", IsTest = true };
        (await world.Get<LeadIntake>().ReceiveAsync(admin, trial, null, Stop)).Succeeded.ShouldBeTrue();
        await EqualAsync(world, "a repeat and a trial");

        (await world.Leads.ChangeStageAsync(admin, ids[0], world.Stage("Won"), null, Stop)).Succeeded.ShouldBeTrue();
        (await world.Leads.ChangeStageAsync(admin, ids[1], world.Stage("Qualified"), null, Stop)).Succeeded.ShouldBeTrue();
        (await world.Leads.AssignAsync(admin, ids[2], null, null, Stop)).Succeeded.ShouldBeTrue();
        (await world.Leads.AssignAsync(admin, ids[3], world.Company.OtherSalesperson.UserId, null, Stop)).Succeeded.ShouldBeTrue();
        (await world.Leads.ReachOutAsync(admin, ids[4], ContactWay.Call, Stop)).Succeeded.ShouldBeTrue();
        await EqualAsync(world, "moved, assigned, answered");

        foreach (var gone in ids.Take(3))
            (await world.Leads.DeleteAsync(admin, gone, null, null, Stop)).Succeeded.ShouldBeTrue();
        await EqualAsync(world, "deleted");
        (await world.Leads.RestoreAsync(admin, ids[0], Stop)).Succeeded.ShouldBeTrue();
        await EqualAsync(world, "restored");

        var merged = (await merges.MergeAsync(admin, ids[4], [ids[5], ids[6]], null, null, Stop)).Value!;
        await EqualAsync(world, "merged");
        (await merges.UndoAsync(admin, merged.MergeId, Stop)).Succeeded.ShouldBeTrue();
        await EqualAsync(world, "taken apart");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Whoever_sees_own_leads_only_is_told_no_total(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await world.ReceiveAsync("+447400123450", "Hello");

        (await world.Get<LeadQueries>().TotalAsync(world.Company.Salesperson, new LeadFilter(), Stop)).ShouldBeNull();
        (await world.Get<LeadQueries>().TotalAsync(world.Company.Admin, new LeadFilter(), Stop)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_count_beyond_its_bound_is_exact_where_the_totals_tell_and_bounded_elsewhere(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        for (var number = 0; number < 4; number++)
            await world.ReceiveAsync($"+44740012345{number}", "Hello");
        var (queries, where) = (world.Get<LeadQueries>(), LeadFilterReader.Read("phone is not empty", await ScopeAsync(world)).Value);

        (await queries.CountAsync(world.Company.Admin, new LeadFilter(), 2, Stop)).ShouldBe(new LeadCount(4, More: false));
        (await queries.CountAsync(world.Company.Admin, new LeadFilter { Where = where }, 2, Stop)).ShouldBe(new LeadCount(2, More: true));
        (await queries.CountAsync(world.Company.Admin, new LeadFilter { Where = where }, 4, Stop)).ShouldBe(new LeadCount(4, More: false));
    }

    private static async Task EqualAsync(LeadWorld world, string after)
    {
        var (queries, admin, scope) = (world.Get<LeadQueries>(), world.Company.Admin, await ScopeAsync(world));
        LeadFilter[] filters =
        [
            new(), new() { WithoutTrials = true }, new() { Waiting = true }, new() { Answered = true }, new() { Sort = LeadSort.Response },
            .. Enum.GetValues<Grade>().Select(grade => new LeadFilter { Grade = grade }),
            .. Enum.GetValues<LeadOutcome>().Select(outcome => new LeadFilter { Outcome = outcome }),
            .. world.Company.Stages.Select(stage => new LeadFilter { StageId = stage.Id, Waiting = true }),
            new() { Channel = "website" }, new() { Channel = "whatsapp", Owner = new OwnerFilter(null) },
            new() { Owner = new OwnerFilter(null) }, new() { Owner = new OwnerFilter(world.Company.Salesperson.UserId), Grade = Grade.Hot }, new() { Owner = new OwnerFilter(null), Answered = true },
            new() { Where = LeadFilterReader.Read("stage any of (new, won) and grade is not empty", scope).Value }, new() { Where = LeadFilterReader.Read("stage is won and owner is nobody", scope).Value },
        ];
        await using var context = world.Database.Open(world.Company.Id);
        foreach (var filter in filters)
        {
            var tests = LeadTests.Of(admin, filter, null, []);
            var plain = await tests.Aggregate(context.Leads.AsQueryable(), (leads, test) => leads.Where(context, test)).CountAsync(Stop);
            if (await queries.TotalAsync(admin, filter, Stop) is { } total)
                total.ShouldBe(plain, $"{after}: {filter}");
            else
                filter.Where.ShouldNotBeNull($"{after}: {filter}");
            (await queries.CountAsync(admin, filter, 1000, Stop)).ShouldBe(new LeadCount(plain, More: false), $"{after}: {filter}");
        }
    }

    private static async Task<FilterScope> ScopeAsync(LeadWorld world) => new(
        await world.Get<LeadDesk.Companies.CompanyDirectory>().GetAsync(world.Company.Id, Stop),
        await world.Get<LeadDesk.Access.UserDirectory>().OfAsync(world.Company.Id), world.Company.Admin, world.Clock.UtcNow);
}
