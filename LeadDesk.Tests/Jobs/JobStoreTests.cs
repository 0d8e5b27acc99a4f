using System.Collections.Concurrent;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Jobs;

public sealed class JobStoreTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Kinds = [TestHandler.Kind];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Eight_runners_never_claim_the_same_job(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, Now, count: 200);
        var claimed = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(runner => Task.Run(async () =>
        {
            await using var door = database.OpenAnother();
            var store = new JobStore(door, $"runner {runner}");
            while (await store.ClaimAsync(Kinds, 5, Now, Token) is { Count: > 0 } jobs)
            {
                foreach (var job in jobs)
                    claimed.Add(job.Id);
            }
        })));

        claimed.Count.ShouldBe(200);
        claimed.Distinct().Count().ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Only_due_jobs_of_known_kinds_are_claimed_the_oldest_first(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, Now.AddSeconds(1), companyId: 1);
        await TestJobs.AddAsync(database, Now.AddSeconds(-1), companyId: 2);
        await TestJobs.AddAsync(database, Now.AddSeconds(-2), companyId: 3);
        var store = new JobStore(database.Database, "a");

        (await store.ClaimAsync(["other.work"], 5, Now, Token)).ShouldBeEmpty();
        (await store.ClaimAsync(Kinds, 1, Now, Token)).ShouldHaveSingleItem().CompanyId.ShouldBe(3);
        (await store.ClaimAsync(Kinds, 5, Now, Token)).ShouldHaveSingleItem().CompanyId.ShouldBe(2);
        (await store.ClaimAsync(Kinds, 5, Now, Token)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_claim_that_ran_out_is_taken_over_and_its_first_owner_changes_nothing(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, Now);
        var (dead, alive) = (new JobStore(database.Database, "dead"), new JobStore(database.Database, "alive"));
        var job = (await dead.ClaimAsync(Kinds, 1, Now, Token)).ShouldHaveSingleItem();
        var later = Now + JobStore.Lease + TimeSpan.FromSeconds(1);

        (await alive.TakeOverAsync(Now, Token)).ShouldBe(0);
        (await alive.TakeOverAsync(later, Token)).ShouldBe(1);
        (await alive.ClaimAsync(Kinds, 1, later, Token)).ShouldHaveSingleItem().Attempts.ShouldBe(2);
        await dead.FinishAsync(job.Id);
        await dead.FailAsync(job.Id, "late", null);

        (await dead.RenewAsync([job.Id], later, Token)).ShouldBeEmpty();
        (await alive.RenewAsync([job.Id], later, Token)).ShouldBe([job.Id]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_renewed_claim_is_not_taken_over(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, Now);
        var store = new JobStore(database.Database, "a");
        var job = (await store.ClaimAsync(Kinds, 1, Now, Token)).ShouldHaveSingleItem();

        await store.RenewAsync([job.Id], Now + (JobStore.Lease / 2), Token);

        (await store.TakeOverAsync(Now + JobStore.Lease + TimeSpan.FromSeconds(1), Token)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_job_that_ends_its_process_each_time_is_parked(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, Now);
        var store = new JobStore(database.Database, "a");
        var now = Now;

        for (var attempt = 1; attempt <= RetrySchedule.MaximumAttempts; attempt++)
        {
            (await store.ClaimAsync(Kinds, 1, now, Token)).ShouldHaveSingleItem().Attempts.ShouldBe(attempt);
            now += JobStore.Lease + TimeSpan.FromSeconds(1);
            await store.TakeOverAsync(now, Token);
        }

        await using var context = database.OpenAll();
        (await context.Jobs.SingleAsync(Token)).State.ShouldBe(JobState.Parked);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_given_back_counts_no_attempt(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, Now);
        var store = new JobStore(database.Database, "a");
        await store.ClaimAsync(Kinds, 1, Now, Token);

        await store.GiveBackAllAsync();

        (await new JobStore(database.Database, "b").ClaimAsync(Kinds, 1, Now, Token)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
    }
}
