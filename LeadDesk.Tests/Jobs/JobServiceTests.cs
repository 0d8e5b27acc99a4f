using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Jobs;

public sealed class JobServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_admin_runs_a_parked_job_again(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);
        var time = new ManualTime();
        var id = await AddAsync(database, company.Id, JobState.Parked);
        var service = new JobService(database.Database, new JobSignal(), time);

        (await service.RunAgainAsync(company.Admin, id, Token)).Succeeded.ShouldBeTrue();

        await using var context = database.Database.Open(company.Id);
        var job = await context.Jobs.SingleAsync(Token);
        (job.State, job.Attempts, job.RunAt).ShouldBe((JobState.Ready, 0, time.UtcNow));
        (await context.AuditEntries.SingleAsync(Token)).Action.ShouldBe("job.run_again");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_admin_sees_the_jobs_of_the_company_and_of_the_installation_only(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var (ours, theirs) = (await TestCompany.AddAsync(database), await TestCompany.AddAsync(database, "Other"));
        var own = await AddAsync(database, ours.Id, JobState.Parked);
        var common = await AddAsync(database, null, JobState.Parked);
        var foreign = await AddAsync(database, theirs.Id, JobState.Parked);
        var (queries, service) = (new JobQueries(database.Database), new JobService(database.Database, new JobSignal(), TimeProvider.System));

        (await queries.ListAsync(ours.Admin, JobState.Parked, null, 10, Token)).Value!.Items.Select(job => job.Id).ShouldBe([common, own]);
        (await queries.CountsAsync(ours.Admin, Token)).Value!.ShouldBe([new JobCount(TestHandler.Kind, JobState.Parked, 2)]);
        (await service.RunAgainAsync(ours.Admin, foreign, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await service.DeleteAsync(ours.Admin, foreign, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_long_list_comes_in_pages_without_gaps(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);
        await TestJobs.AddAsync(database, DateTime.UtcNow, count: 5);
        var queries = new JobQueries(database.Database);
        var (ids, cursor) = (new List<long>(), (string?)null);

        do
        {
            var page = (await queries.ListAsync(company.Admin, JobState.Ready, cursor, 2, Token)).Value!;
            ids.AddRange(page.Items.Select(job => job.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        ids.Count.ShouldBe(5);
        ids.ShouldBe(ids.OrderDescending().Distinct());
    }

    [Fact]
    public async Task A_running_job_is_neither_run_again_nor_removed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var id = await AddAsync(database, company.Id, JobState.Running);
        var service = new JobService(database.Database, new JobSignal(), TimeProvider.System);

        (await service.RunAgainAsync(company.Admin, id, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await service.DeleteAsync(company.Admin, id, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Only_admins_see_and_change_jobs()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var id = await AddAsync(database, company.Id, JobState.Parked);
        var (queries, service) = (new JobQueries(database.Database), new JobService(database.Database, new JobSignal(), TimeProvider.System));

        foreach (var user in new[] { company.Manager, company.Salesperson })
        {
            (await queries.ListAsync(user, JobState.Parked, null, 10, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
            (await queries.CountsAsync(user, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
            (await service.RunAgainAsync(user, id, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
            (await service.DeleteAsync(user, id, Token)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        }
    }

    private static Task<long> AddAsync(TestDatabase database, long? companyId, JobState state) =>
        database.Database.WriteAsync(
            CompanyScope.Installation,
            async context =>
            {
                var job = new Job { Kind = TestHandler.Kind, CompanyId = companyId, State = state, Attempts = 8, RunAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch };
                context.Jobs.Add(job);
                await context.SaveChangesAsync(Token);
                return job.Id;
            },
            Token);
}
