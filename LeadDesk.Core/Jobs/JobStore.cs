using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Jobs;

/// <summary>
/// The job table as one runner sees it: claim, keep, finish, give back. Every change names the claim's owner, so a runner
/// that lost a claim (it was too slow, and another took over) changes nothing.
/// </summary>
internal sealed class JobStore(Database database, string runner)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Claims up to <paramref name="limit"/> due jobs of these kinds, oldest first; no other runner gets them.</summary>
    public Task<List<Job>> ClaimAsync(IReadOnlyList<string> kinds, int limit, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            CompanyScope.Installation,
            context =>
            {
                var sql = database.Engine is DatabaseEngine.Postgres ? PostgresClaim : SqliteClaim;
                var kindsParameter = database.Engine is DatabaseEngine.Postgres ? (object)kinds.ToArray() : System.Text.Json.JsonSerializer.Serialize(kinds);
                return context.Jobs
                    .FromSqlRaw(sql, JobQueue.Time(context, now + Lease), runner, JobQueue.Time(context, now), kindsParameter, limit)
                    .AsNoTracking()
                    .ToListAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>Extends the claims of jobs that still run.</summary>
    /// <returns>Those of <paramref name="ids"/> that are still this runner's.</returns>
    public Task<List<long>> RenewAsync(IReadOnlyCollection<long> ids, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            CompanyScope.Installation,
            async context =>
            {
                var own = context.Jobs.Where(job => ids.Contains(job.Id) && job.State == JobState.Running && job.ClaimedBy == runner);
                DateTime? until = now + Lease;
                await own.ExecuteUpdateAsync(set => set.SetProperty(job => job.ClaimedUntil, until), cancellationToken);
                return await own.Select(job => job.Id).ToListAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>
    /// Makes the jobs of runners that died ready again. A job that was running each time its process died may be the
    /// cause, so it is parked once its attempts are used up.
    /// </summary>
    /// <returns>How many jobs were taken back.</returns>
    public async Task<int> TakeOverAsync(DateTime now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            CompanyScope.Installation,
            context =>
            {
                var mostAttempts = RetrySchedule.MaximumAttempts;
                return context.Jobs
                    .Where(job => job.State == JobState.Running && job.ClaimedUntil < now)
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(job => job.State, job => job.Attempts >= mostAttempts ? JobState.Parked : JobState.Ready)
                            .SetProperty(job => job.LastError, "The process ended while this job was running.")
                            .SetProperty(job => job.ClaimedBy, (string?)null)
                            .SetProperty(job => job.ClaimedUntil, (DateTime?)null),
                        cancellationToken);
            },
            cancellationToken);

    public Task FinishAsync(long id) =>
        WriteOwnAsync(id, own => own.ExecuteDeleteAsync());

    /// <param name="runAt">When to try again; null parks the job.</param>
    public Task FailAsync(long id, string error, DateTime? runAt) =>
        WriteOwnAsync(id, own => own.ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, runAt == null ? JobState.Parked : JobState.Ready)
            .SetProperty(job => job.RunAt, job => runAt ?? job.RunAt)
            .SetProperty(job => job.LastError, error)
            .SetProperty(job => job.ClaimedBy, (string?)null)
            .SetProperty(job => job.ClaimedUntil, (DateTime?)null)));

    /// <summary>Leaves a job that was interrupted to the next runner; the interrupted attempt does not count.</summary>
    public Task GiveBackAsync(long id) => WriteOwnAsync(id, GiveBackAsync);

    /// <summary>Leaves whatever this runner still holds to the next one: also a claim that was cut off before its answer came.</summary>
    public Task GiveBackAllAsync() =>
        database.WriteAsync(
            CompanyScope.Installation,
            context => GiveBackAsync(context.Jobs.Where(job => job.State == JobState.Running && job.ClaimedBy == runner)),
            CancellationToken.None);

    private static Task<int> GiveBackAsync(IQueryable<Job> own) =>
        own.ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, JobState.Ready)
            .SetProperty(job => job.Attempts, job => job.Attempts - 1)
            .SetProperty(job => job.ClaimedBy, (string?)null)
            .SetProperty(job => job.ClaimedUntil, (DateTime?)null));

    /// <summary>Not cancellable: what a job came to is written down also while the process stops.</summary>
    private Task<int> WriteOwnAsync(long id, Func<IQueryable<Job>, Task<int>> write) =>
        database.WriteAsync(
            CompanyScope.Installation,
            context => write(context.Jobs.Where(job => job.Id == id && job.State == JobState.Running && job.ClaimedBy == runner)),
            CancellationToken.None);

    // {0} claimed until, {1} runner, {2} now, {3} kinds, {4} limit. State 0 is Ready, 1 Running.
    private const string PostgresClaim =
        """
        UPDATE jobs SET state = 1, claimed_until = {0}, claimed_by = {1}, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM jobs WHERE state = 0 AND run_at <= {2} AND kind = ANY({3})
            ORDER BY run_at, id LIMIT {4} FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    private const string SqliteClaim =
        """
        UPDATE jobs SET state = 1, claimed_until = {0}, claimed_by = {1}, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM jobs WHERE state = 0 AND run_at <= {2} AND kind IN (SELECT value FROM json_each({3}))
            ORDER BY run_at, id LIMIT {4})
        RETURNING *
        """;
}
