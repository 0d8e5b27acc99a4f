using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Jobs;

/// <summary>
/// Adds jobs inside the caller's transaction, so that work exists exactly when its cause does. Call
/// <see cref="JobSignal.Wake"/> after the commit to have it done at once; otherwise it starts within a second.
/// </summary>
public static class JobQueue
{
    /// <param name="payload">Ids and options as JSON; never personal data.</param>
    /// <param name="uniqueKey">
    /// Adds nothing when a job of this kind and key is waiting, running or parked. A job that already runs may have read
    /// before this transaction commits, so use keys for work that is asked for again anyway, such as schedules.
    /// </param>
    /// <returns>Whether a job was added.</returns>
    public static async Task<bool> AddAsync(
        AppDbContext context, string kind, long? companyId, string? payload, DateTime runAt, string? uniqueKey, DateTime now, CancellationToken cancellationToken)
    {
        if (uniqueKey is null)
        {
            Add(context, kind, companyId, payload, runAt, now);
            return true;
        }

        // An insert that may meet the same key of another transaction; through the change tracker that would end ours.
        var ready = (int)JobState.Ready;
        var (run, created) = (Time(context, runAt), Time(context, now));
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO jobs (company_id, kind, payload, unique_key, state, run_at, attempts, created_at)
            VALUES ({companyId}, {kind}, {payload}, {uniqueKey}, {ready}, {run}, 0, {created})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken) > 0;
    }

    /// <summary>Adds a job that is saved with the context's other changes.</summary>
    public static void Add(AppDbContext context, string kind, long? companyId, string? payload, DateTime runAt, DateTime now) =>
        context.Jobs.Add(new Job { Kind = kind, CompanyId = companyId, Payload = payload, RunAt = runAt, CreatedAt = now });

    /// <summary>A UTC time as a parameter of hand-written SQL, the way the engine's columns hold it.</summary>
    internal static object Time(AppDbContext context, DateTime utc) =>
        context is SqliteDbContext ? Microseconds.From(utc) : DateTime.SpecifyKind(utc, DateTimeKind.Utc);
}
