using LeadDesk.Leads;
using LeadDesk.Scoring;

namespace LeadDesk.Reports;

/// <summary>From counters to what the cards and charts say. Pure.</summary>
internal static class DashboardNumbers
{
    private const string Won = "won";

    public static DashboardCards Cards(LeadStats stats, IReadOnlyCollection<LeadCounter> counts, DashboardCalendar calendar, int overdue, TimeSpan goal)
    {
        var arrived = Of(counts, CounterMetric.Arrived);
        var hot = Of(counts, CounterMetric.Arrived, CounterKeys.GradeKey(Grade.Hot));
        var won = Of(counts, CounterMetric.Closed, Won);
        var responses = counts.Where(row => row.Metric is CounterMetric.FirstResponse).ToList();
        return new DashboardCards(
            stats.Total,
            stats.Today,
            Enumerable.Range(1, DashboardCalendar.Week).Sum(daysAgo => On(arrived, calendar.Key(daysAgo))) / (double)DashboardCalendar.Week,
            Trend(calendar, day => On(arrived, day)),
            stats.Waiting,
            stats.HotWaiting,
            Trend(calendar, day => On(hot, day)),
            overdue,
            goal,
            Median(responses, calendar.Key(DashboardCalendar.Week - 1), int.MaxValue),
            Median(responses, calendar.Key(DashboardCalendar.TrendDays - 1), calendar.Key(DashboardCalendar.Week - 1)),
            Trend(calendar, day => Median(responses, day, day + 1)?.TotalMinutes ?? 0),
            Between(won, calendar.StartOfThisMonth, int.MaxValue),
            Between(arrived, calendar.StartOfThisMonth, int.MaxValue),
            Between(won, calendar.StartOfLastMonth, calendar.StartOfThisMonth),
            Between(arrived, calendar.StartOfLastMonth, calendar.StartOfThisMonth),
            Trend(calendar, day => On(won, day)));
    }

    public static IReadOnlyList<DayArrivals> Days(IReadOnlyCollection<LeadCounter> counts, DashboardCalendar calendar)
    {
        var (hot, warm, cold) = (ByDay(Grade.Hot), ByDay(Grade.Warm), ByDay(Grade.Cold));
        return
        [
            .. Enumerable.Range(0, DashboardCalendar.ChartDays).Reverse()
                .Select(daysAgo => (Day: calendar.Day(daysAgo), Key: calendar.Key(daysAgo)))
                .Select(day => new DayArrivals(day.Day, (int)On(hot, day.Key), (int)On(warm, day.Key), (int)On(cold, day.Key))),
        ];

        Dictionary<int, long> ByDay(Grade grade) => Of(counts, CounterMetric.Arrived, CounterKeys.GradeKey(grade));
    }

    private static Dictionary<int, long> Of(IEnumerable<LeadCounter> counts, CounterMetric metric, string? key = null) =>
        counts.Where(row => row.Metric == metric && (key is null || row.Key == key)).GroupBy(row => row.Day).ToDictionary(day => day.Key, day => day.Sum(row => row.Count));

    private static long On(Dictionary<int, long> days, int day) => days.GetValueOrDefault(day);

    private static long Between(Dictionary<int, long> days, int from, int before) => days.Where(day => day.Key >= from && day.Key < before).Sum(day => day.Value);

    private static IReadOnlyList<double> Trend(DashboardCalendar calendar, Func<int, double> value) =>
        [.. Enumerable.Range(0, DashboardCalendar.TrendDays).Reverse().Select(daysAgo => value(calendar.Key(daysAgo)))];

    private static TimeSpan? Median(IEnumerable<LeadCounter> responses, int from, int before) =>
        ResponseBuckets.Median(responses.Where(row => row.Day >= from && row.Day < before).GroupBy(row => row.Key).Select(bucket => (bucket.Key, bucket.Sum(row => row.Count))));
}
