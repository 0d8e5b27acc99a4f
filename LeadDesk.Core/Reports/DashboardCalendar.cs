namespace LeadDesk.Reports;

/// <summary>The days a dashboard looks at, as the counters name them (yyyymmdd in the company's zone).</summary>
/// <param name="localNow">In the company's zone.</param>
internal sealed class DashboardCalendar(DateTime localNow)
{
    public const int ChartDays = 30;
    public const int TrendDays = 14;
    public const int Week = 7;

    private readonly DateOnly today = DateOnly.FromDateTime(localNow);

    public int StartOfThisMonth => Key(FirstOfMonth);

    public int StartOfLastMonth => Key(FirstOfMonth.AddMonths(-1));

    private DateOnly FirstOfMonth => new(today.Year, today.Month, 1);

    public DateOnly Day(int daysAgo) => today.AddDays(-daysAgo);

    public int Key(int daysAgo) => Key(Day(daysAgo));

    private static int Key(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;
}
