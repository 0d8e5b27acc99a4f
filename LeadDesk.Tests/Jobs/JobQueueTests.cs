using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Jobs;

public sealed class JobQueueTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_job_is_stored_as_it_was_asked_for(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        await AddAsync(database.Database, "once");

        await using var context = database.OpenAll();
        var job = await context.Jobs.SingleAsync(Token);
        (job.Kind, job.CompanyId, job.Payload, job.UniqueKey, job.State).ShouldBe(("test.work", 7L, "{}", "once", JobState.Ready));
        (job.RunAt, job.Attempts, job.CreatedAt).ShouldBe((Now.AddMinutes(1), 0, Now));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_unique_key_is_added_once_also_when_many_add_it_at_the_same_time(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => AddAsync(database.Database, "once"))));

        added.Count(yes => yes).ShouldBe(1);
        (await AddAsync(database.Database, "another")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_key_is_free_again_when_its_job_is_done(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await AddAsync(database.Database, "once");
        var store = new JobStore(database.Database, "a");
        var job = (await store.ClaimAsync(["test.work"], 1, Now.AddHours(1), Token)).ShouldHaveSingleItem();
        (await AddAsync(database.Database, "once")).ShouldBeFalse();

        await store.FinishAsync(job.Id);

        (await AddAsync(database.Database, "once")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_cause_that_is_rolled_back_leaves_no_job(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        await Should.ThrowAsync<FormatException>(() => database.Database.WriteAsync<bool>(
            CompanyScope.Installation,
            async context =>
            {
                await JobQueue.AddAsync(context, "test.work", null, null, Now, "once", Now, Token);
                JobQueue.Add(context, "test.work", null, null, Now, Now);
                throw new FormatException();
            },
            Token));

        await using var context = database.OpenAll();
        (await context.Jobs.CountAsync(Token)).ShouldBe(0);
    }

    private static Task<bool> AddAsync(Database database, string uniqueKey) =>
        database.WriteAsync(
            CompanyScope.Installation,
            context => JobQueue.AddAsync(context, "test.work", 7, "{}", Now.AddMinutes(1), uniqueKey, Now, CancellationToken.None),
            CancellationToken.None);
}
