using System.Globalization;
using System.Linq.Expressions;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>How far the bodies of old events are dropped already; what a run of this process need not look at again.</summary>
internal sealed class EventBodyProgress
{
    /// <summary>Events below this id were looked at. After a start everything is looked at once more, so that nothing is left for good.</summary>
    public long From { get; set; }
}

/// <summary>
/// Empties bodies that were kept for their time (<see cref="IntakeOptions.KeepRawDays"/>); the events themselves stay. Never those of
/// events that still wait, and of failed ones only when they failed that long ago: a person may yet have them processed again.
/// Walks the primary key in stretches, each with its own transaction, and keeps its place in the job, where a run that was
/// interrupted goes on.
/// </summary>
internal sealed class EventBodyHousekeeping(Database database, EventBodyProgress progress, IntakeOptions options, TimeProvider clock) : IJobHandler
{
    /// <summary>Ids that are looked at together; reading them takes some milliseconds.</summary>
    internal const int StretchLength = 5000;

    /// <summary>Small enough that other writers hardly wait.</summary>
    private const int BatchSize = 500;

    private static readonly byte[] Nothing = [];

    public static string Kind => "housekeeping.events";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.KeepRawDays);
        var end = await EndAsync(before, cancellationToken);
        var place = Math.Max(progress.From, PlaceOf(run));
        await DropFailedAsync(before, place, cancellationToken);
        while (place < end)
        {
            var (from, to) = (place, Math.Min(end, place + StretchLength));
            await DropAsync(row => row.Id >= from && row.Id < to && row.ReceivedAt < before, before, cancellationToken);
            await KeepPlaceAsync(run, to, cancellationToken);
            progress.From = place = to;
        }
    }

    private static long PlaceOf(JobRun run) => long.TryParse(run.Payload, CultureInfo.InvariantCulture, out var place) ? place : 0;

    private async Task<long> EndAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await InboundEventTimes.FirstIdAsync(context, before - InboundEventTimes.Slack, cancellationToken);
    }

    /// <summary>Those that were kept when the walk came by, because they waited or had failed only lately.</summary>
    private Task DropFailedAsync(DateTime before, long below, CancellationToken cancellationToken) =>
        DropAsync(row => row.State == InboundState.Failed && row.State != InboundState.Processed && row.Id < below, before, cancellationToken);

    private async Task DropAsync(Expression<Func<InboundEvent, bool>> among, DateTime before, CancellationToken cancellationToken)
    {
        // A variable: EF Core makes a search in the body of a comparison with the number itself.
        var none = 0;
        while (true)
        {
            List<long> ids;
            // Read before it is written: on most stretches there is nothing to do, and no writer has to wait for that.
            await using (var context = database.Open(CompanyScope.Installation))
            {
                ids = await InboundEventTimes.OfAllCompanies(context).Where(among)
                    .Where(row => row.Raw.Length > none || row.Fetched != null)
                    .Where(row => row.State != InboundState.Received && (row.State != InboundState.Failed || row.ProcessedAt < before))
                    .OrderBy(row => row.Id).Take(BatchSize).Select(row => row.Id).ToListAsync(cancellationToken);
            }

            if (ids.Count is 0)
                return;
            await database.WriteAsync(
                CompanyScope.Installation,
                // The state once more: somebody may have an event processed again between the look and the write.
                context => InboundEventTimes.OfAllCompanies(context).Where(row => ids.Contains(row.Id) && row.State != InboundState.Received)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Raw, Nothing).SetProperty(row => row.Fetched, (byte[]?)null), cancellationToken),
                cancellationToken);
        }
    }

    private Task<int> KeepPlaceAsync(JobRun run, long place, CancellationToken cancellationToken) =>
        database.WriteAsync(
            CompanyScope.Installation,
            context => context.Jobs.Where(job => job.Id == run.JobId)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.Payload, place.ToString(CultureInfo.InvariantCulture)), cancellationToken),
            cancellationToken);
}
