using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Setup;

public sealed class PipelineTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_pipeline_is_built_ordered_and_seen_at_once(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (pipelines, stages, admin) = (world.Get<PipelineService>(), world.Get<StageService>(), world.Company.Admin);
        var id = (await pipelines.AddAsync(admin, "Partners", withUsualStages: false, Stop)).Value;
        var won = (await stages.AddAsync(admin, id, new StageChange { Name = "Signed", Outcome = LeadOutcome.Won }, Stop)).Value!;
        var talk = (await stages.AddAsync(admin, id, new StageChange { Name = "Talk", Colour = "teal", StaleDays = 3, RequiredFields = ["phone", "lost_reason"] }, Stop)).Value!;

        (await RulesAsync(world)).Stages.Where(stage => stage.PipelineId == id).Select(stage => stage.Name).ShouldBe(["New", "Talk", "Signed"]);
        (await stages.OrderAsync(admin, id, [won.Id, talk.Id], Stop)).Refusal!.Message.ShouldContain("open");
        (await stages.OrderAsync(admin, id, [talk.Id], Stop)).Succeeded.ShouldBeTrue();
        (await pipelines.OrderAsync(admin, [id], Stop)).Succeeded.ShouldBeTrue();
        (await RulesAsync(world)).FirstStage.Id.ShouldBe(talk.Id);
        (await pipelines.RenameAsync(admin, id, "sales", Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await pipelines.RenameAsync(admin, id, "Resellers", Stop)).Succeeded.ShouldBeTrue();
        (await pipelines.ListAsync(admin, Stop))[0].Name.ShouldBe("Resellers");
        await using var context = world.Database.Open(world.Company.Id);
        context.AuditEntries.Select(entry => entry.Action).ShouldContain("pipeline.renamed");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Only_who_may_changes_the_set_up_and_never_another_companys(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        await using var world = await LeadWorld.CreateAsync(database);
        var other = await TestCompany.AddAsync(database, "Other");
        var (stages, id) = (world.Get<StageService>(), world.Stage("Demo"));

        (await stages.ChangeAsync(world.Company.Manager, id, new StageChange { Name = "X" }, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await stages.ChangeAsync(other.Admin, id, new StageChange { Name = "X" }, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await stages.DeleteAsync(other.Admin, id, null, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await world.Get<PipelineService>().AddAsync(world.Company.Salesperson, "X", false, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_stages_wrong_settings_are_named_and_a_change_of_an_older_version_is_refused(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (stages, admin, demo) = (world.Get<StageService>(), world.Company.Admin, world.Stage("Demo"));
        var read = (await world.Get<PipelineService>().ListAsync(admin, Stop))[0].Stages.Single(stage => stage.Id == demo);

        var wrong = new StageChange { Name = "won", Colour = "mauve", StaleDays = 400, RequiredFields = ["shoe_size"], AllowedMoves = [demo], Version = read.Version };
        (await stages.ChangeAsync(admin, demo, wrong, Stop)).Refusal!.Errors!.Keys.ShouldBe(["name", "colour", "stale_days", "required_fields", "allowed_moves"], ignoreOrder: true);
        (await stages.ChangeAsync(admin, demo, new StageChange { Name = "Show", Version = read.Version }, Stop)).Succeeded.ShouldBeTrue();
        (await stages.ChangeAsync(admin, demo, new StageChange { Name = "Trial run", Version = read.Version }, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        (await stages.ChangeAsync(admin, world.Stage("New"), new StageChange { Outcome = LeadOutcome.Won }, Stop)).Refusal!.Errors!.Keys.ShouldBe(["outcome"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_stage_whose_category_changes_takes_its_leads_and_the_counters_with_it(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var ids = await ReceiveAsync(world, 4);
        foreach (var id in ids.Take(3))
            await world.Leads.ChangeStageAsync(world.Company.Admin, id, world.Stage("Trial"), null, Stop);
        await world.Leads.DeleteAsync(world.Company.Admin, ids[2], null, null, Stop);

        (await world.Get<StageService>().ChangeAsync(world.Company.Admin, world.Stage("Trial"), new StageChange { Outcome = LeadOutcome.Won }, Stop)).Succeeded.ShouldBeTrue();
        await RunJobsAsync(world, RecategoriseStage.JobKind);

        (await world.LeadAsync(ids[0])).ShouldSatisfyAllConditions(lead => lead.Outcome.ShouldBe(LeadOutcome.Won), lead => lead.Version.ShouldBe(3));
        (await world.LeadAsync(ids[3])).Outcome.ShouldBe(LeadOutcome.Open);
        await CountersAreTrueAsync(world);
        await world.Leads.RestoreAsync(world.Company.Admin, ids[2], Stop);
        (await world.LeadAsync(ids[2])).Outcome.ShouldBe(LeadOutcome.Won);
        await CountersAreTrueAsync(world);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leads_of_a_deleted_stage_go_to_the_target_also_those_in_the_trash_and_those_that_come_late(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (stages, admin, first, demo) = (world.Get<StageService>(), world.Company.Admin, world.Stage("New"), world.Stage("Demo"));
        var ids = await ReceiveAsync(world, 3);
        await world.Leads.DeleteAsync(admin, ids[1], null, null, Stop);

        (await stages.DeleteAsync(admin, first, null, Stop)).Refusal!.Errors!.Keys.ShouldBe(["target_stage_id"]);
        (await stages.DeleteAsync(admin, first, first, Stop)).Succeeded.ShouldBeFalse();
        (await stages.DeleteAsync(admin, first, demo, Stop)).Succeeded.ShouldBeTrue();
        (await RulesAsync(world)).FirstStage.Name.ShouldBe("Assigned");
        (await world.Get<PipelineService>().ListAsync(admin, Stop))[0].Stages.Single(stage => stage.Id == first).Leaving.ShouldBeTrue();
        await RunJobsAsync(world, MoveStageLeads.JobKind, sweep: false);

        (await world.LeadAsync(ids[0])).StageId.ShouldBe(demo);
        (await RulesAsync(world)).Stage(first).ShouldBeNull();
        await CountersAreTrueAsync(world);
        // Another node that did not know yet.
        await world.Database.WriteAsync(world.Company.Id, context => Task.FromResult(context.Leads.Single(lead => lead.Id == ids[2]).StageId = first), Stop);
        await RunJobsAsync(world, MoveStageLeads.JobKind);
        (await world.LeadAsync(ids[2])).StageId.ShouldBe(demo);
        await world.Leads.RestoreAsync(admin, ids[1], Stop);
        (await world.LeadAsync(ids[1])).StageId.ShouldBe(demo);
        (await world.Get<TimelineQueries>().ListAsync(admin, ids[0], TimelineFilter.All, null, 10, Stop)).Value!.Items[0].ShouldSatisfyAllConditions(
            entry => entry.Before.ShouldBe("New"), entry => entry.After.ShouldBe("Demo"), entry => entry.ActorId.ShouldBe(admin.UserId));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task More_leads_than_a_page_are_all_moved(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await ReceiveAsync(world, StageLeads.PageSize + 7);

        (await world.Get<StageService>().DeleteAsync(world.Company.Admin, world.Stage("New"), world.Stage("Won"), Stop)).Succeeded.ShouldBeTrue();
        await RunJobsAsync(world, MoveStageLeads.JobKind);

        await using var context = world.Database.Open(world.Company.Id);
        context.Leads.Count(lead => lead.StageId == world.Stage("Won") && lead.Outcome == LeadOutcome.Won).ShouldBe(StageLeads.PageSize + 7);
        await CountersAreTrueAsync(world);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_pipeline_goes_with_its_stages_but_never_the_last_one(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (pipelines, admin) = (world.Get<PipelineService>(), world.Company.Admin);
        var sales = (await pipelines.ListAsync(admin, Stop))[0].Id;
        var lead = (await ReceiveAsync(world, 1))[0];
        (await pipelines.DeleteAsync(admin, sales, null, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        var other = (await pipelines.AddAsync(admin, "Other", withUsualStages: true, Stop)).Value;
        var target = (await RulesAsync(world)).Stages.First(stage => stage.PipelineId == other);

        (await pipelines.DeleteAsync(admin, sales, null, Stop)).Refusal!.Errors!.Keys.ShouldBe(["target_stage_id"]);
        (await pipelines.DeleteAsync(admin, sales, target.Id, Stop)).Succeeded.ShouldBeTrue();
        (await RulesAsync(world)).FirstStage.Id.ShouldBe(target.Id);
        await RunJobsAsync(world, MoveStageLeads.JobKind);

        (await pipelines.ListAsync(admin, Stop)).Select(pipeline => pipeline.Id).ShouldBe([other]);
        (await world.LeadAsync(lead)).StageId.ShouldBe(target.Id);
        await CountersAreTrueAsync(world);
    }

    private static async Task<List<long>> ReceiveAsync(LeadWorld world, int count) =>
        [.. await Task.WhenAll(Enumerable.Range(0, count).Select(number => world.ReceiveAsync($"+92300123{number:D4}")))];

    private static ValueTask<CompanyRules> RulesAsync(LeadWorld world) => world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Stop);

    /// <summary>The jobs of a kind that wait, as the runner does them: once, then they are gone.</summary>
    private static async Task RunJobsAsync(LeadWorld world, string kind, bool sweep = true)
    {
        await using var context = world.Database.Open(CompanyScope.Installation);
        foreach (var job in context.Jobs.Where(job => job.Kind == kind && job.CompanyId == world.Company.Id).OrderBy(job => job.RunAt).ToList().Take(sweep ? int.MaxValue : 1))
        {
            await world.RunJobAsync(new JobRun(job.Id, job.CompanyId, job.Payload, 1), kind);
            await world.Database.WriteAsync(CompanyScope.Installation, jobs => Task.FromResult(jobs.Jobs.Remove(jobs.Jobs.Single(row => row.Id == job.Id))), Stop);
        }
    }

    private static async Task CountersAreTrueAsync(LeadWorld world)
    {
        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
    }
}
