using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Reports;

/// <summary>Reads a dashboard in five small statements: counters, and the first rows of three indexes of leads.</summary>
public sealed class DashboardQueries(Database database, CompanyDirectory companies, UserDirectory users, TimeProvider time)
{
    public const int MostChannels = 8;

    /// <summary>Where counting ends; shown as "999+".</summary>
    public const int MostOverdue = 1000;

    private const int ListLength = 10;

    public Task<DashboardSnapshot> ReadAsync(CurrentUser user, CancellationToken cancellationToken) =>
        ReadAsync(user.CompanyId, LeadStatsQueries.OwnerOf(user), cancellationToken);

    /// <param name="owner">0 for all leads, else those of one owner.</param>
    internal async Task<DashboardSnapshot> ReadAsync(long companyId, long owner, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(companyId, cancellationToken);
        var people = await users.OfAsync(companyId);
        var now = time.GetUtcNow().UtcDateTime;
        var calendar = new DashboardCalendar(TimeZoneInfo.ConvertTimeFromUtc(now, company.Zone));
        await using var context = database.Open(companyId);

        var counts = await CountsAsync(context, owner, calendar, cancellationToken);
        var channels = await ChannelsAsync(context, owner, calendar, cancellationToken);
        var leads = owner is 0 ? context.Leads : context.Leads.Where(lead => lead.OwnerId == owner);
        var waiting = LeadQueries.Waiting(leads);
        var latest = await LatestAsync(leads, cancellationToken);
        var stats = LeadStatsQueries.Read(company, counts, calendar.Key(0));
        // Without any, an owner's share would be looked for among everybody's waiting leads.
        var (overdue, needsYou) = stats.Waiting > 0
            ? (await waiting.Where(lead => lead.ResponseDueAt < now).Take(MostOverdue).CountAsync(cancellationToken), await NeedsYouAsync(waiting, people, cancellationToken))
            : (0, []);
        return new DashboardSnapshot(
            DashboardNumbers.Cards(stats, counts, calendar, overdue, company.ResponseGoal), DashboardNumbers.Days(counts, calendar), stats.ByStage, channels, needsYou, latest);
    }

    private static Task<List<LeadCounter>> CountsAsync(AppDbContext context, long owner, DashboardCalendar calendar, CancellationToken cancellationToken)
    {
        var arrivedFrom = Math.Min(calendar.StartOfLastMonth, calendar.Key(DashboardCalendar.ChartDays - 1));
        var closedFrom = Math.Min(calendar.StartOfLastMonth, calendar.Key(DashboardCalendar.TrendDays - 1));
        return LeadStatsQueries.Total(context, owner)
            .Concat(LeadStatsQueries.Since(context, CounterMetric.Arrived, owner, arrivedFrom))
            .Concat(LeadStatsQueries.Since(context, CounterMetric.Closed, owner, closedFrom))
            .Concat(LeadStatsQueries.Since(context, CounterMetric.FirstResponse, owner, calendar.Key(DashboardCalendar.TrendDays - 1)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Grouped in the database: senders may use any word as a channel.</summary>
    private static async Task<IReadOnlyList<ChannelCount>> ChannelsAsync(AppDbContext context, long owner, DashboardCalendar calendar, CancellationToken cancellationToken)
    {
        var from = calendar.Key(DashboardCalendar.ChartDays - 1);
        return await context.LeadCounters
            .Where(counter => counter.Metric == CounterMetric.Channel && counter.OwnerId == owner && counter.Day >= from)
            .GroupBy(counter => counter.Key)
            .Select(group => new { Channel = group.Key, Count = group.Sum(counter => counter.Count) })
            .Where(row => row.Count > 0)
            .OrderByDescending(row => row.Count).ThenBy(row => row.Channel)
            .Take(MostChannels)
            .Select(row => new ChannelCount(row.Channel, row.Count))
            .ToListAsync(cancellationToken);
    }

    /// <summary>By the response clock, without the cold ones: those wait in the list behind.</summary>
    private static async Task<IReadOnlyList<WaitingLead>> NeedsYouAsync(IQueryable<Lead> waiting, CompanyUsers people, CancellationToken cancellationToken)
    {
        var rows = await waiting.Where(lead => lead.Grade != Grade.Cold).OrderBy(lead => lead.ResponseDueAt).ThenBy(lead => lead.Id).Take(ListLength)
            .Select(lead => new { lead.Id, lead.Name, lead.Email, lead.Phone, lead.Channel, lead.Grade, lead.Score, lead.OwnerId, lead.ResponseDueAt })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new WaitingLead(
            row.Id, LeadNames.Display(row.Name, row.Email, row.Phone, row.Id), row.Channel, row.Grade, row.Score,
            row.OwnerId is { } id ? people.Find(id)?.Name : null, row.ResponseDueAt))];
    }

    private static async Task<IReadOnlyList<ArrivedLead>> LatestAsync(IQueryable<Lead> leads, CancellationToken cancellationToken)
    {
        // Along the index of that; by the ids alone SQLite would sort all that the company has.
        var rows = await leads.OrderByDescending(lead => lead.CreatedAt).ThenByDescending(lead => lead.Id).Take(ListLength)
            .Select(lead => new { lead.Id, lead.Name, lead.Email, lead.Phone, lead.Channel, lead.Grade, lead.Score, lead.ScoreReasons, lead.CreatedAt })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ArrivedLead(
            row.Id, LeadNames.Display(row.Name, row.Email, row.Phone, row.Id), row.Channel, row.Grade, row.Score, TopReason(row.ScoreReasons), row.CreatedAt))];
    }

    private static ScoreReason? TopReason(string? json)
    {
        if (json is null)
            return null;
        var reasons = LeadScore.ReasonsFromJson(json);
        return reasons.Count is 0 ? null : reasons.MaxBy(reason => reason.Points);
    }
}
