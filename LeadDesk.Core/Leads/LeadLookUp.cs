using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Leads among which all are that meet everything, gathered from indexes: what the short ones have first, the long ones only when that is
/// asked for again. How long an index is nobody knows beforehand, so all are tried for a few rows, then for ten times as many, and so on.
/// </summary>
/// <param name="all">What must hold.</param>
internal sealed class LeadLookUp(AppDbContext context, IReadOnlyList<LeadTest> all)
{
    /// <summary>Rows of an index that are read at once: 0.3 ms, 3 ms, 10 ms, 30 ms; and a million when nothing was found before.</summary>
    private static readonly int[] Steps = [4000, 40_000, 130_000, 400_000, 4_000_000];

    /// <summary>So many rows of an index are read as quickly as a lead is looked at.</summary>
    private const int RowsOfLead = 30;

    private List<IndexedTest>? indexes;
    private int step, next;

    /// <summary>Null while none is gathered.</summary>
    public LeadIds? Found { get; private set; }

    /// <summary>Gathers from one index more.</summary>
    /// <param name="longest">Rows of an index that may be passed over.</param>
    /// <returns>False when no index is left that is worth it.</returns>
    public async Task<bool> NarrowAsync(int longest, CancellationToken cancellationToken)
    {
        indexes ??= await IndexesAsync(cancellationToken);
        for (; step < Steps.Length && Steps[step] <= longest && (step < Steps.Length - 1 || Found is null); (step, next) = (step + 1, 0))
        {
            while (next < indexes.Count)
            {
                var index = indexes[next];
                if ((step == Steps.Length - 1 && !index.IsAlong) || !await IsWorthItAsync(index, cancellationToken))
                {
                    next++;
                    continue;
                }

                indexes.RemoveAll(other => other == index || (index.IsAlong && other.IsHeld));
                next = Math.Min(next, indexes.Count);
                var ids = await ManyIds.ReadAsync(context, index.Ids, cancellationToken);
                Found = new LeadIds(Found is null ? ids : ids.Where(Found.Contains));
                return true;
            }
        }

        return false;
    }

    /// <summary>All that meet everything, now that each was looked at.</summary>
    public void Keep(IReadOnlyList<long> meeting) => Found = new LeadIds(meeting);

    /// <summary>Passing over some rows costs little; gathering so many for nothing does not.</summary>
    private async Task<bool> IsWorthItAsync(IndexedTest index, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(Steps[step], (long)(Found?.Count ?? int.MaxValue) * RowsOfLead) / index.Weight;
        return !await (index.Range ?? index.Ids).Skip(most).Take(1).AnyAsync(cancellationToken);
    }

    private async Task<List<IndexedTest>> IndexesAsync(CancellationToken cancellationToken)
    {
        var own = (await LeadFacetKeys.ResolveAsync(context, [.. all.Where(test => !LeadRanges.Hold(test) || HasShorter(test))], cancellationToken))
            .Select(test => LeadTestIndex.Ids(context, test) is { } index ? index with { IsHeld = LeadRanges.Hold(test) } : null).OfType<IndexedTest>();
        var along = await LeadRanges.AlongAsync(context, all, cancellationToken);
        return [.. (along is null ? own : own.Append(along)).OrderBy(index => index.Rank)];
    }

    /// <summary>Whether what the wide indexes hold has a short one of its own as well.</summary>
    private static bool HasShorter(LeadTest test) => test is WaitingTest or OverdueTest or NumberTest { Field: "score" } or ChosenTest { Field: "intent" };
}
