using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Board;

/// <summary>The head of one column of the board.</summary>
/// <param name="Value">What its leads are worth together, in hundredths of the company's currency.</param>
/// <param name="More">There are more than were counted; count and value are of the first ones.</param>
public sealed record BoardHead(long StageId, long Count, long Value, bool More);

/// <summary>How many leads stand in each stage and what they are worth.</summary>
public sealed class BoardQueries(Database database, LeadQueries leads)
{
    /// <summary>
    /// From the running totals for whoever sees every lead and filters none, however many there are; else counted stage by stage up to a bound.
    /// </summary>
    /// <param name="filter">Its stage is not looked at.</param>
    /// <param name="filters">Whether it leaves any lead out.</param>
    /// <param name="most">So many leads of a stage are counted when they have to be.</param>
    public async Task<IReadOnlyList<BoardHead>> HeadsAsync(CurrentUser user, LeadFilter filter, bool filters, IReadOnlyList<Stage> stages, int most, CancellationToken cancellationToken)
    {
        if (user.SeesAllLeads && !filters)
            return await TotalsAsync(user, stages, cancellationToken);
        var heads = new List<BoardHead>(stages.Count);
        foreach (var stage in stages)
        {
            var (count, value) = await leads.WorthAsync(user, filter with { StageId = stage.Id }, most + 1, cancellationToken);
            heads.Add(new BoardHead(stage.Id, Math.Min(count, most), value, count > most));
        }

        return heads;
    }

    private async Task<IReadOnlyList<BoardHead>> TotalsAsync(CurrentUser user, IReadOnlyList<Stage> stages, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var counters = await context.LeadCounters
            .Where(counter => (counter.Metric == CounterMetric.Total || counter.Metric == CounterMetric.Value) && counter.OwnerId == 0 && counter.Day == 0)
            .Select(counter => new { counter.Metric, counter.Key, counter.Count }).ToListAsync(cancellationToken);
        var counts = counters.Where(counter => counter.Metric is CounterMetric.Total).ToLookup(counter => CounterKeys.ReadTotalKey(counter.Key).StageId, counter => counter.Count);
        var values = counters.Where(counter => counter.Metric is CounterMetric.Value).ToLookup(counter => counter.Key, counter => counter.Count, StringComparer.Ordinal);
        return [.. stages.Select(stage => new BoardHead(stage.Id, counts[stage.Id].Sum(), values[$"{stage.Id}"].Sum(), More: false))];
    }
}
