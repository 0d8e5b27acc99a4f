using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct PairRow(long LeadId, long OtherLeadId, int Score);

/// <summary>Brings pairs together that share a lead. A group takes no more leads than one merge; what would make it larger waits for the next look.</summary>
internal static class DuplicateGrouping
{
    /// <param name="pairs">The surest first.</param>
    /// <returns>Groups of pairs, the surest first.</returns>
    public static List<IReadOnlyList<PairRow>> Of(IReadOnlyList<PairRow> pairs)
    {
        var groups = new Dictionary<long, Group>();
        foreach (var pair in pairs)
        {
            var (one, other) = (groups.GetValueOrDefault(pair.LeadId), groups.GetValueOrDefault(pair.OtherLeadId));
            if (one is not null && one == other)
                one.Pairs.Add(pair);
            else if ((one?.Leads.Count ?? 1) + (other?.Leads.Count ?? 1) <= LeadMerging.MostAtOnce)
                Join(groups, one, other, pair);
        }

        return [.. groups.Values.Distinct().Select(group => (IReadOnlyList<PairRow>)[.. group.Pairs.OrderByDescending(pair => pair.Score)])
            .OrderByDescending(group => group[0].Score).ThenByDescending(group => Math.Max(group[0].LeadId, group[0].OtherLeadId))];
    }

    private static void Join(Dictionary<long, Group> groups, Group? one, Group? other, PairRow pair)
    {
        var group = one ?? other ?? new Group();
        if (one is not null && other is not null)
        {
            group.Pairs.AddRange(other.Pairs);
            foreach (var lead in other.Leads)
            {
                group.Leads.Add(lead);
                groups[lead] = group;
            }
        }

        group.Pairs.Add(pair);
        foreach (var lead in new[] { pair.LeadId, pair.OtherLeadId })
        {
            group.Leads.Add(lead);
            groups[lead] = group;
        }
    }

    private sealed class Group
    {
        public HashSet<long> Leads { get; } = [];

        public List<PairRow> Pairs { get; } = [];
    }
}
