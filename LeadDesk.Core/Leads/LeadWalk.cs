using LeadDesk.Common;
using LeadDesk.Data;

namespace LeadDesk.Leads;

/// <summary>What was read of some leads.</summary>
/// <param name="Count">How many, from the first on.</param>
/// <param name="LastId">Of the last of them.</param>
/// <param name="Full">There is no room for more in this part; the walk goes on behind the last.</param>
internal readonly record struct LeadsRead(int Count, long LastId, bool Full);

/// <summary>
/// A whole list from its beginning to its end, for exports, in parts. Each part is one short snapshot: a reader that stayed open
/// while somebody downloads would keep SQLite's log and PostgreSQL's old rows. A lead that changes its place between two parts may
/// come twice or not at all.
/// </summary>
internal sealed class LeadWalk(AppDbContext context, LeadOrder order, IQueryable<Lead> all) : IAsyncDisposable
{
    private Cursor? after;

    /// <summary>Reads the next part.</summary>
    /// <param name="most">Leads at once.</param>
    /// <param name="read">Reads the leads it is given, which are in the list's order; called for each stretch of it.</param>
    /// <param name="complete">Reads what else is needed of them, in the same snapshot.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> ReadAsync(int most, Func<AppDbContext, IQueryable<Lead>, Task<LeadsRead>> read, Func<AppDbContext, Task> complete, CancellationToken cancellationToken)
    {
        await using var snapshot = await ReadSnapshot.BeginAsync(context, cancellationToken);
        var (count, last, full) = (0, 0L, false);
        foreach (var stretch in order.From(after))
        {
            var part = await read(context, stretch.Sort(all).Take(most - count));
            if (part.Count > 0)
                (count, last) = (count + part.Count, part.LastId);
            full = part.Full || count == most;
            if (full)
                break;
        }

        await complete(context);
        after = full ? await order.CursorAsync(context, await LeadQueries.RowAsync(context, last, cancellationToken), cancellationToken) : null;
        return full;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
