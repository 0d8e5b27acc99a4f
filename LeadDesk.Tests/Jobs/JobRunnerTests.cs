using System.Collections.Concurrent;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Jobs;

public sealed class JobRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Several_runners_do_every_job_once_and_leave_none(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await TestJobs.AddAsync(database, DateTime.UtcNow, count: 60, companyId: 7);
        var done = new ConcurrentBag<JobRun>();
        await using var first = await JobRunnerHost.StartAsync(database, done);
        await using var second = await JobRunnerHost.StartAsync(database, done);

        await Eventually.BecomesTrueAsync(async () => await CountAsync(database) is 0);

        done.Count.ShouldBe(60);
        done.Select(run => run.JobId).Distinct().Count().ShouldBe(60);
        done.ShouldAllBe(run => run.CompanyId == 7 && run.Attempt == 1 && run.Payload != null);
    }

    [Fact]
    public async Task A_wake_starts_a_new_job_while_the_clock_stands_still()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var time = new ManualTime();
        var done = new ConcurrentBag<JobRun>();
        await using var host = await JobRunnerHost.StartAsync(database, done, time);
        await Eventually.BecomesTrueAsync(() => host.Health.LastLookAt is not null);

        await TestJobs.AddAsync(database, time.UtcNow);
        host.Signal.Wake();

        await Eventually.BecomesTrueAsync(() => done.Count is 1);
    }

    [Fact]
    public async Task Without_a_wake_the_job_starts_with_the_next_tick()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var time = new ManualTime();
        var done = new ConcurrentBag<JobRun>();
        await using var host = await JobRunnerHost.StartAsync(database, done, time);
        await Eventually.BecomesTrueAsync(() => host.Health.LastLookAt is not null);
        await TestJobs.AddAsync(database, time.UtcNow);

        time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.BecomesTrueAsync(() => done.Count is 1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_job_that_throws_backs_off_and_is_parked_in_the_end_with_its_error(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var time = new ManualTime();
        await TestJobs.AddAsync(database, time.UtcNow);
        await using var host = await JobRunnerHost.StartAsync(database, (_, _) => throw new FormatException("not a number"), time);

        for (var attempt = 1; attempt < RetrySchedule.MaximumAttempts; attempt++)
        {
            var failed = attempt;
            await Eventually.BecomesTrueAsync(async () => await JobAsync(database) is { State: JobState.Ready } job && job.Attempts == failed);
            var wait = (await JobAsync(database)).RunAt - time.UtcNow;
            wait.ShouldBeInRange(RetrySchedule.DelayAfter(attempt, jitter: 0)!.Value, RetrySchedule.DelayAfter(attempt, jitter: 1)!.Value);
            await MakeDueAsync(database, time.UtcNow);
            host.Signal.Wake();
        }

        await Eventually.BecomesTrueAsync(async () => (await JobAsync(database)).State is JobState.Parked);
        var parked = await JobAsync(database);
        (parked.Attempts, parked.LastError, parked.ClaimedBy).ShouldBe((RetrySchedule.MaximumAttempts, "FormatException: not a number", null));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_unfinished_job_of_a_process_that_died_is_resumed(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var time = new ManualTime();
        await TestJobs.AddAsync(database, time.UtcNow);
        await new JobStore(database.Database, "died").ClaimAsync([TestHandler.Kind], 1, time.UtcNow, Token);
        time.Advance(JobStore.Lease + TimeSpan.FromSeconds(1));
        var done = new ConcurrentBag<JobRun>();

        await using var host = await JobRunnerHost.StartAsync(database, done, time);

        await Eventually.BecomesTrueAsync(() => done.Count is 1);
    }

    [Fact]
    public async Task Stopping_waits_for_a_job_that_is_nearly_done()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await TestJobs.AddAsync(database, DateTime.UtcNow);
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var host = await JobRunnerHost.StartAsync(database, (_, _) =>
        {
            begun.SetResult();
            return end.Task;
        });
        await begun.Task;

        var stopping = host.DisposeAsync().AsTask();
        stopping.IsCompleted.ShouldBeFalse();
        end.SetResult();
        await stopping;

        (await CountAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_goes_on_too_long_is_interrupted_and_given_back()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var time = new ManualTime();
        await TestJobs.AddAsync(database, time.UtcNow);
        var begun = new TaskCompletionSource();
        var host = await JobRunnerHost.StartAsync(
            database,
            async (_, token) =>
            {
                begun.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(token);
            },
            time);
        await begun.Task;

        var stopping = host.DisposeAsync().AsTask();
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return stopping.IsCompleted;
        });

        var job = await JobAsync(database);
        (job.State, job.Attempts, job.ClaimedBy).ShouldBe((JobState.Ready, 0, null));
    }

    /// <summary>Instead of hours on the clock, which would also end the claim of a job that runs just then.</summary>
    private static Task<int> MakeDueAsync(TestDatabase database, DateTime now) =>
        database.Database.WriteAsync(
            CompanyScope.Installation, context => context.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.RunAt, now), Token), Token);

    private static async Task<Job> JobAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.Jobs.SingleAsync(Token);
    }

    private static async Task<int> CountAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.Jobs.CountAsync(Token);
    }
}
