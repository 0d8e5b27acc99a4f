using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Reports;

/// <summary>Totals from the running counters: a few dozen rows, however many leads there are.</summary>
public sealed class LeadStatsQueries(Database database, CompanyDirectory companies, TimeProvider time)
{
    /// <summary>Of all leads, or of their own for those who see no others.</summary>
    public async Task<LeadStats> TotalsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        var (owner, today) = (OwnerOf(user), company.Day(time.GetUtcNow().UtcDateTime));
        await using var context = database.Open(user.CompanyId);
        var counts = await Total(context, owner).Concat(Since(context, CounterMetric.Arrived, owner, today)).ToListAsync(cancellationToken);
        return Read(company, counts, today);
    }

    /// <summary>Whose counters a user reads: 0 is everybody's.</summary>
    internal static long OwnerOf(CurrentUser user) => user.SeesAllLeads ? 0 : user.UserId;

    internal static IQueryable<Counted> Total(AppDbContext context, long owner) =>
        context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Total && counter.OwnerId == owner && counter.Day == 0)
            .Select(counter => new Counted { Metric = counter.Metric, Day = counter.Day, Key = counter.Key, Count = counter.Count });

    internal static IQueryable<Counted> Since(AppDbContext context, CounterMetric metric, long owner, int day) =>
        context.LeadCounters.Where(counter => counter.Metric == metric && counter.OwnerId == owner && counter.Day >= day)
            .Select(counter => new Counted { Metric = counter.Metric, Day = counter.Day, Key = counter.Key, Count = counter.Count });

    internal static LeadStats Read(CompanyRules company, IReadOnlyCollection<Counted> counts, int today)
    {
        var totals = counts.Where(row => row.Metric is CounterMetric.Total).Select(row => (Key: CounterKeys.ReadTotalKey(row.Key), row.Count)).ToList();
        return new LeadStats(
            totals.Sum(row => row.Count),
            Graded(Grade.Hot),
            Graded(Grade.Warm),
            Graded(Grade.Cold),
            totals.Where(row => row.Key.Waiting).Sum(row => row.Count),
            totals.Where(row => row.Key is { Waiting: true, Grade: Grade.Hot }).Sum(row => row.Count),
            counts.Where(row => row.Metric is CounterMetric.Arrived && row.Day == today).Sum(row => row.Count),
            [.. company.Stages.Select(stage => new StageCount(stage.Id, stage.Name, stage.Outcome, totals.Where(row => row.Key.StageId == stage.Id).Sum(row => row.Count)))]);

        long Graded(Grade grade) => totals.Where(row => row.Key.Grade == grade).Sum(row => row.Count);
    }
}

/// <summary>One row of the counters of one owner. Without a constructor of its own, so that the database can join several lists of them.</summary>
internal sealed record Counted
{
    public CounterMetric Metric { get; init; }

    public int Day { get; init; }

    public required string Key { get; init; }

    public long Count { get; init; }
}
