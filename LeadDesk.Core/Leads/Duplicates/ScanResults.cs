using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Writes down the pairs of a scan. A pair that somebody called two people stays so; one that is known gets its new score.</summary>
internal sealed class ScanResults(Database database, DuplicateScan scan)
{
    private const int BatchSize = 5000;

    /// <summary>The company's pairs, the lower lead first, and which way round each is stored.</summary>
    private readonly Dictionary<(long Lower, long Higher), Known> known = [];

    private enum Known
    {
        LowerFirst,
        HigherFirst,
        Dismissed,
    }

    /// <summary>How many of the scan's pairs are open.</summary>
    public int Count { get; private set; }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open(scan.CompanyId);
        await foreach (var pair in context.PossibleDuplicates.Select(row => new { row.LeadId, row.OtherLeadId, row.State }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var key = (Math.Min(pair.LeadId, pair.OtherLeadId), Math.Max(pair.LeadId, pair.OtherLeadId));
            if (pair.State is DuplicateState.Dismissed)
                known[key] = Known.Dismissed;
            else
                known.TryAdd(key, pair.LeadId < pair.OtherLeadId ? Known.LowerFirst : Known.HigherFirst);
        }
    }

    public async Task SaveAsync(IReadOnlyList<FoundPair> pairs, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var batch in pairs.Chunk(BatchSize))
        {
            var (fresh, again) = (new List<PossibleDuplicate>(), new List<PossibleDuplicate>());
            foreach (var pair in batch)
            {
                var there = known.TryGetValue((pair.LeadId, pair.OtherLeadId), out var how);
                if (there && how is Known.Dismissed)
                    continue;
                (there ? again : fresh).Add(RowOf(pair, there && how is Known.LowerFirst, now));
                known[(pair.LeadId, pair.OtherLeadId)] = there ? how : Known.HigherFirst;
            }

            await database.WriteAsync(scan.CompanyId, async context =>
            {
                await ManyRows.InsertAsync(context, fresh, generatedKey: false, unlessThere: true, cancellationToken);
                await ManyRows.UpdateAsync(context, again, [nameof(PossibleDuplicate.Score), nameof(PossibleDuplicate.Explanation), nameof(PossibleDuplicate.Reason), nameof(PossibleDuplicate.FoundAt)], cancellationToken);
                return true;
            }, cancellationToken);
            Count += fresh.Count + again.Count;
        }
    }

    /// <summary>Pairs of former scans that this one did not find are alike no more; what the intake noticed stays.</summary>
    public Task<int> RemoveStaleAsync(CancellationToken cancellationToken) => database.WriteAsync(scan.CompanyId, context => context.PossibleDuplicates
        .Where(row => row.State == DuplicateState.Open && row.Explanation != null && row.FoundAt < scan.StartedAt).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private PossibleDuplicate RowOf(FoundPair pair, bool lowerFirst, DateTime now) => new()
    {
        CompanyId = scan.CompanyId,
        LeadId = lowerFirst ? pair.LeadId : pair.OtherLeadId,
        OtherLeadId = lowerFirst ? pair.OtherLeadId : pair.LeadId,
        Reason = DuplicateExplanation.Summary(pair.Score),
        Explanation = DuplicateExplanation.ToJson(pair.Score),
        Score = pair.Score.Score,
        FoundAt = now,
    };
}
