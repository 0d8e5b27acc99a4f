using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Jobs;

/// <summary>How many unfinished jobs of a kind are in a state.</summary>
public sealed record JobCount(string Kind, JobState State, int Count);

/// <param name="CompanyId">Null for work of the installation itself.</param>
/// <param name="LastError">Why the last attempt failed; no personal data.</param>
public sealed record JobRow(long Id, long? CompanyId, string Kind, JobState State, DateTime RunAt, int Attempts, string? LastError, DateTime CreatedAt);

/// <summary>Jobs as an admin sees them: those of the own company and of the installation.</summary>
public sealed class JobQueries(Database database)
{
    private const string SortName = "jobs";

    internal static readonly Refusal NotAllowed = Refusal.Forbidden("Only admins see and change jobs.");

    public async Task<Outcome<IReadOnlyList<JobCount>>> CountsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageSystem))
            return NotAllowed;
        await using var context = database.Open(user.CompanyId);
        return await VisibleTo(user, context)
            .GroupBy(job => new { job.Kind, job.State })
            .OrderBy(group => group.Key.Kind)
            .ThenBy(group => group.Key.State)
            .Select(group => new JobCount(group.Key.Kind, group.Key.State, group.Count()))
            .ToArrayAsync(cancellationToken);
    }

    /// <summary>The newest first.</summary>
    /// <param name="limit">1 to <see cref="Page{T}.MaximumLimit"/>.</param>
    public async Task<Outcome<Page<JobRow>>> ListAsync(CurrentUser user, JobState state, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageSystem))
            return NotAllowed;
        if (limit is < 1 or > Page<JobRow>.MaximumLimit)
            return Refusal.Invalid("limit", $"Give a limit from 1 to {Page<JobRow>.MaximumLimit}.");
        var before = long.MaxValue;
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor) is not { Sort: SortName } decoded)
                return Refusal.Invalid("cursor", "This cursor does not belong to this list.");
            before = decoded.Id;
        }

        await using var context = database.Open(user.CompanyId);
        var rows = await VisibleTo(user, context)
            .Where(job => job.State == state && job.Id < before)
            .OrderByDescending(job => job.Id)
            .Take(limit + 1)
            .Select(job => new JobRow(job.Id, job.CompanyId, job.Kind, job.State, job.RunAt, job.Attempts, job.LastError, job.CreatedAt))
            .ToListAsync(cancellationToken);
        return rows.Count <= limit
            ? new Page<JobRow>(rows, null)
            : new Page<JobRow>(rows[..limit], new Cursor(SortName, null, rows[limit - 1].Id).Encode());
    }

    internal static IQueryable<Job> VisibleTo(CurrentUser user, AppDbContext context) =>
        context.Jobs.Where(job => job.CompanyId == null || job.CompanyId == user.CompanyId);
}
