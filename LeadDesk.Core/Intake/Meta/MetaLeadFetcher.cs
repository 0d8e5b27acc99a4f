using System.Collections.Concurrent;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>Fetches leads by id: many in one call where that pays, else side by side.</summary>
internal sealed class MetaLeadFetcher(GraphClient graph)
{
    /// <summary>Below this the calls for one lead each are as quick.</summary>
    private const int FewIds = 10;

    private const int CallsAtOnce = 8;

    /// <summary>After so many faults of Meta the rest is not asked for: it is down, and each call may take its whole deadline.</summary>
    private const int FaultsUntilDown = 3;

    /// <returns>For each id the lead or why it was not given.</returns>
    public async Task<IReadOnlyDictionary<string, GraphAnswer<JsonElement>>> FetchAsync(GraphAccess access, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<string, GraphAnswer<JsonElement>>(StringComparer.Ordinal);
        if (ids.Count > FewIds)
        {
            foreach (var chunk in ids.Chunk(GraphClient.MostIds))
                await FetchManyAsync(access, chunk, answers, cancellationToken);
        }

        string[] rest = [.. ids.Where(id => !answers.ContainsKey(id))];
        await FetchEachAsync(access, rest, answers, cancellationToken);
        return answers;
    }

    private async Task FetchManyAsync(GraphAccess access, string[] ids, ConcurrentDictionary<string, GraphAnswer<JsonElement>> answers, CancellationToken cancellationToken)
    {
        var many = await graph.LeadsAsync(access, ids, cancellationToken);
        if (many.Error is { } error)
        {
            // Graph refuses all for one that is missing; then each is asked for alone.
            if (error.Kind is GraphErrorKind.BadObject or GraphErrorKind.Permission)
                return;
            foreach (var id in ids)
                answers[id] = many;
            return;
        }

        foreach (var member in many.Value.EnumerateObject())
        {
            if (ids.Contains(member.Name, StringComparer.Ordinal) && member.Value.ValueKind is JsonValueKind.Object)
                answers[member.Name] = many with { Value = member.Value };
        }
    }

    private async Task FetchEachAsync(GraphAccess access, string[] ids, ConcurrentDictionary<string, GraphAnswer<JsonElement>> answers, CancellationToken cancellationToken)
    {
        GraphAnswer<JsonElement>? decisive = null;
        var faults = 0;
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                if (decisive is { } known)
                {
                    answers[id] = known;
                    return;
                }

                var answer = await graph.LeadAsync(access, id, token);
                answers[id] = answer;
                if (answer.Error?.Kind is GraphErrorKind.Reconnect or GraphErrorKind.Limit or GraphErrorKind.Blocked
                    || (answer.Error is { Kind: GraphErrorKind.Transient } && Interlocked.Increment(ref faults) >= FaultsUntilDown))
                {
                    decisive = answer;
                }
            });
    }
}
