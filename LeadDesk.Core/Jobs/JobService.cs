using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Jobs;

/// <summary>What an admin does with jobs of the own company and of the installation.</summary>
public sealed class JobService(Database database, JobSignal signal, TimeProvider time)
{
    /// <summary>Has a parked job tried anew, or a waiting one at once.</summary>
    /// <returns>True, or why not: forbidden, missing, or conflict while it runs.</returns>
    public async Task<Outcome<bool>> RunAgainAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var outcome = await ChangeAsync(
            user,
            id,
            "job.run_again",
            // State once more in the statement: a runner may claim it between the look and the write.
            job => job.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Ready).SetProperty(row => row.Attempts, 0).SetProperty(row => row.RunAt, now),
                cancellationToken),
            cancellationToken);
        if (outcome.Succeeded)
            signal.Wake();
        return outcome;
    }

    /// <summary>Gives a waiting or parked job up for good.</summary>
    /// <returns>True, or why not: forbidden, missing, or conflict while it runs.</returns>
    public Task<Outcome<bool>> DeleteAsync(CurrentUser user, long id, CancellationToken cancellationToken) =>
        ChangeAsync(user, id, "job.deleted", job => job.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private async Task<Outcome<bool>> ChangeAsync(
        CurrentUser user, long id, string action, Func<IQueryable<Job>, Task<int>> change, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageSystem))
            return JobQueries.NotAllowed;
        return await database.WriteAsync<Outcome<bool>>(
            user.CompanyId,
            async context =>
            {
                var job = JobQueries.VisibleTo(user, context).Where(row => row.Id == id);
                if (await job.Select(row => row.Kind).FirstOrDefaultAsync(cancellationToken) is not { } kind)
                    return Refusal.Missing("job");
                if (await change(job.Where(row => row.State != JobState.Running)) is 0)
                    return Refusal.Conflict("This job is running. Wait until it ends.");
                context.AuditEntries.Add(new AuditEntry { At = time.GetUtcNow().UtcDateTime, ActorId = user.UserId, Action = action, Subject = kind });
                return true;
            },
            cancellationToken);
    }
}
