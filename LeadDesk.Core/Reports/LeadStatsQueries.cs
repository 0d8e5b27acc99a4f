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
    public Task<LeadStats> TotalsAsync(CurrentUser user, CancellationToken cancellationToken) =>
        TotalsAsync(user.CompanyId, OwnerOf(user), cancellationToken);

    /// <param name="ownerId">Null for the whole company. The caller has checked who may see it.</param>
    public async Task<LeadStats> TotalsAsync(long companyId, long? ownerId, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(companyId, cancellationToken);
        var (owner, today) = (ownerId ?? 0, company.Day(time.GetUtcNow().UtcDateTime));
        await using var context = database.Open(companyId);
        var counts = await Total(context, owner).Concat(Since(context, CounterMetric.Arrived, owner, today)).ToListAsync(cancellationToken);
        return Read(company, counts, today);
    }

    /// <summary>Whose counters a user reads: 0 is everybody's.</summary>
    internal static long OwnerOf(CurrentUser user) => user.SeesAllLeads ? 0 : user.UserId;

    internal static IQueryable<LeadCounter> Total(AppDbContext context, long owner) =>
        context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Total && counter.OwnerId == owner && counter.Day == 0);

    internal static IQueryable<LeadCounter> Since(AppDbContext context, CounterMetric metric, long owner, int day) =>
        context.LeadCounters.Where(counter => counter.Metric == metric && counter.OwnerId == owner && counter.Day >= day);

    internal static LeadStats Read(CompanyRules company, IReadOnlyCollection<LeadCounter> counts, int today)
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
