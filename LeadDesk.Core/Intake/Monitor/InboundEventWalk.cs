using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>
/// Events by filter, newest first, in bounded time however many there are: a page that looks at many events without finding
/// its number ends early and says where to go on.
/// </summary>
internal sealed class InboundEventWalk(AppDbContext context, InboundEventFilter filter)
{
    /// <summary>The list's sort, as it stands in cursors.</summary>
    public const string SortName = "events";

    /// <summary>Events of a state that are looked at for one page.</summary>
    private const int MostOfAState = 20_000;

    /// <summary>Ids that are looked at for one page, in steps: what is common is found in the first.</summary>
    private static readonly long[] Stretches = [2_000, 8_000, 30_000, 60_000];

    /// <param name="beforeId">Where the page before ended.</param>
    /// <param name="afterId">Only what came in after this one.</param>
    public async Task<Page<InboundEventRow>> PageAsync(long? beforeId, long afterId, int limit, CancellationToken cancellationToken)
    {
        var low = filter.From is { } from ? await InboundEventTimes.FirstIdAsync(context, from - InboundEventTimes.Slack, cancellationToken) : 0;
        low = Math.Max(low, afterId + 1);
        var high = filter.Before is { } before
            ? await InboundEventTimes.FirstIdAsync(context, before + InboundEventTimes.Slack, cancellationToken)
            : await InboundEventTimes.EndAsync(context, cancellationToken);
        high = Math.Min(high, beforeId ?? long.MaxValue);
        return filter.State is null or InboundState.Processed
            ? await InStretchesAsync(low, high, limit, cancellationToken)
            : await OfStateAsync(low, high, limit, cancellationToken);
    }

    /// <summary>Ids of failed events, newest first.</summary>
    public Task<List<long>> FailedIdsAsync(int most, CancellationToken cancellationToken) =>
        Inside(Failed()).OrderByDescending(row => row.Id).Take(most).Select(row => row.Id).ToListAsync(cancellationToken);

    private IQueryable<InboundEvent> Failed() => context.InboundEvents.Where(row => row.State == InboundState.Failed && row.State != InboundState.Processed);

    /// <summary>Most events are done, and by no index; so ids are walked from the end.</summary>
    private async Task<Page<InboundEventRow>> InStretchesAsync(long low, long high, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<InboundEventRow>();
        var matching = Inside(filter.State is null ? context.InboundEvents : context.InboundEvents.Where(row => row.State == InboundState.Processed));
        foreach (var stretch in Stretches)
        {
            var (bottom, top) = (Math.Max(low, high - stretch), high);
            rows.AddRange(await matching.Where(row => row.Id < top && row.Id >= bottom).OrderByDescending(row => row.Id)
                .Take(limit + 1 - rows.Count).Select(InboundEventQueries.ToRow).ToListAsync(cancellationToken));
            if (rows.Count > limit)
                return new Page<InboundEventRow>(rows[..limit], CursorAt(rows[limit - 1].Id));
            high = bottom;
            if (high <= low)
                return new Page<InboundEventRow>(rows, null);
        }

        return new Page<InboundEventRow>(rows, CursorAt(high));
    }

    /// <summary>Whatever is not done is found by its index; the second condition on the state is that index's own.</summary>
    private async Task<Page<InboundEventRow>> OfStateAsync(long low, long high, int limit, CancellationToken cancellationToken)
    {
        var state = filter.State!.Value;
        var all = context.InboundEvents.Where(row => row.State == state && row.State != InboundState.Processed && row.Id >= low && row.Id < high).OrderByDescending(row => row.Id);
        var found = filter.LooksInside || filter.From is not null || filter.Before is not null ? Inside(all.Take(MostOfAState)) : all;
        var rows = await found.OrderByDescending(row => row.Id).Take(limit + 1).Select(InboundEventQueries.ToRow).ToListAsync(cancellationToken);
        if (rows.Count > limit)
            return new Page<InboundEventRow>(rows[..limit], CursorAt(rows[limit - 1].Id));
        var end = await all.Skip(MostOfAState - 1).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancellationToken);
        return new Page<InboundEventRow>(rows, end is { } id ? CursorAt(id) : null);
    }

    private IQueryable<InboundEvent> Inside(IQueryable<InboundEvent> events)
    {
        if (filter.Source is { } source)
            events = events.Where(row => row.Source == source);
        if (filter.Origin is { } origin)
            events = events.Where(row => row.Origin == origin);
        if (filter.From is { } from)
            events = events.Where(row => row.ReceivedAt >= from);
        if (filter.Before is { } before)
            events = events.Where(row => row.ReceivedAt < before);
        if (filter.Text is { } text)
        {
            // Errors are sentences of ours: plain letters, which both databases fold alike.
            var folded = text.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Becomes SQL's lower().
            events = events.Where(row => row.Error!.ToLower().Contains(folded) || row.ExternalId == text);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        }

        return events;
    }

    private static string CursorAt(long id) => new Cursor(SortName, null, id).Encode();
}
