using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake;

/// <summary>Forgets the answers kept for <c>Idempotency-Key</c> after 24 hours.</summary>
internal sealed class IdempotencyHousekeeping(Database database, TimeProvider time) : IJobHandler
{
    /// <summary>Small enough that other writers hardly wait.</summary>
    private const int BatchSize = 1000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public static string Kind => "housekeeping.idempotency";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().UtcDateTime - KeptFor;
        while (await DeleteBatchAsync(before, cancellationToken) > 0)
        {
            // Each batch is a transaction of its own.
        }
    }

    private Task<int> DeleteBatchAsync(DateTime before, CancellationToken cancellationToken) =>
        database.WriteAsync(
            CompanyScope.Installation,
            async context =>
            {
                var old = context.IdempotencyRecords.IgnoreQueryFilters([AppDbContext.CompanyFilter]).Where(record => record.CreatedAt < before);
                // Up to the time of the last row of the batch, which the index on that time finds and deletes by.
                var until = await old.OrderBy(record => record.CreatedAt).Select(record => record.CreatedAt).Take(BatchSize).OrderByDescending(at => at).FirstOrDefaultAsync(cancellationToken);
                return await old.Where(record => record.CreatedAt <= until).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
}
