using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>Has events worked on once more, after what was in their way is gone.</summary>
public sealed class InboundEventService
{
    /// <summary>What one call takes: more is asked for again.</summary>
    public const int MostAtOnce = 10_000;

    internal static readonly InboundState[] EndStates = [InboundState.Failed, InboundState.Ignored, InboundState.Unreadable];

    private readonly Database database;
    private readonly InboundSignal signal;
    private readonly JobSignal jobs;
    private readonly TimeProvider clock;

    internal InboundEventService(Database database, InboundSignal signal, JobSignal jobs, TimeProvider clock) =>
        (this.database, this.signal, this.jobs, this.clock) = (database, signal, jobs, clock);

    /// <summary>Puts a failed, ignored or unreadable event back to where it waits, and has it worked on at once.</summary>
    /// <returns>Missing; or conflict when it is done, waits already, or has no body any more.</returns>
    public async Task<Outcome<bool>> ProcessAgainAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return InboundEventQueries.NotAllowed;
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = await database.WriteAsync<Outcome<bool>>(
            user.CompanyId,
            async context =>
            {
                if (await context.InboundEvents.Where(row => row.Id == id).Select(row => new { row.State, row.Source, row.Raw.Length }).FirstOrDefaultAsync(cancellationToken) is not { } found)
                    return Refusal.Missing("event");
                if (WhyNot(found.State, found.Length) is { } refusal)
                    return refusal;
                if (await PutBackAsync(context.InboundEvents.Where(row => row.Id == id), now, cancellationToken) is 0)
                    return Refusal.Conflict(Waits);
                Audit.Note(context, user.CompanyId, user.UserId, now, "intake.process_again", $"{found.Source} {id.ToString(CultureInfo.InvariantCulture)}", found.State.ToString());
                return true;
            },
            cancellationToken);
        if (outcome.Succeeded)
            signal.Wake();
        return outcome;
    }

    /// <summary>The same for every failed event of a filter, the newest <see cref="MostAtOnce"/>, by jobs.</summary>
    /// <returns>How many it will be.</returns>
    public async Task<Outcome<int>> ProcessFailedAgainAsync(CurrentUser user, InboundEventFilter filter, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return InboundEventQueries.NotAllowed;
        var now = clock.GetUtcNow().UtcDateTime;
        var count = await database.WriteAsync(
            user.CompanyId,
            async context =>
            {
                var ids = await new InboundEventWalk(context, filter).FailedIdsAsync(MostAtOnce, cancellationToken);
                // Ids and not the filter: its text may be somebody's name, which has no place in a job.
                foreach (var part in ids.Chunk(ProcessEventsAgain.BatchSize))
                    JobQueue.Add(context, ProcessEventsAgain.Kind, user.CompanyId, ProcessEventsAgain.Payload(part), now, now);
                if (ids.Count > 0)
                    Audit.Note(context, user.CompanyId, user.UserId, now, "intake.process_failed_again", filter.Source ?? "all", ids.Count.ToString(CultureInfo.InvariantCulture));
                return ids.Count;
            },
            cancellationToken);
        jobs.Wake();
        return count;
    }

    /// <summary>Those of the events that still stand in an end state and have a body.</summary>
    internal static Task<int> PutBackAsync(IQueryable<InboundEvent> events, DateTime now, CancellationToken cancellationToken)
    {
        DateTime? due = now;
        // A variable: EF Core makes a search in the body of a comparison with the number itself.
        var none = 0;
        return events.Where(row => EndStates.Contains(row.State) && row.Raw.Length > none).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, InboundState.Received)
                .SetProperty(row => row.DueAt, due)
                .SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.ProcessedAt, (DateTime?)null)
                .SetProperty(row => row.Error, (string?)null),
            cancellationToken);
    }

    private const string Waits = "This event waits or is being worked on already.";

    private static Refusal? WhyNot(InboundState state, int bytes) => state switch
    {
        InboundState.Received => Refusal.Conflict(Waits),
        InboundState.Processed => Refusal.Conflict("This event is done: its lead is here."),
        _ when bytes is 0 => Refusal.Conflict("The body of this event is not kept any more, so there is nothing to work on."),
        _ => null,
    };
}
