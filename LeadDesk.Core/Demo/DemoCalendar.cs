namespace LeadDesk.Demo;

/// <summary>When customers write and when the company answers, in the company's time zone.</summary>
internal sealed class DemoCalendar(DateTime now, TimeZoneInfo zone, Random random)
{
    public const int Days = 90;

    private const int OpensAt = 9;
    private const int ClosesAt = 18;

    /// <summary>By hour: quiet nights, a morning and an evening wave.</summary>
    private static readonly int[] HourWeights = [2, 1, 1, 1, 1, 2, 4, 7, 10, 14, 16, 15, 13, 13, 14, 14, 13, 12, 12, 14, 15, 12, 8, 4];

    /// <summary>From Sunday.</summary>
    private static readonly int[] DayWeights = [7, 13, 14, 13, 12, 11, 9];

    /// <summary>Oldest first: most of them by the rhythm of day and week, a few in the last hours whatever hour it is.</summary>
    public IReadOnlyList<DateTime> Arrivals(int count, int lately)
    {
        var times = new List<DateTime>(count);
        while (times.Count < count - lately)
        {
            // The company grows: later days are a little fuller.
            var back = TimeSpan.FromDays(Days * (1 - Math.Pow(random.NextDouble(), 0.8)));
            var at = now - back;
            var local = Local(at);
            if (back > TimeSpan.FromMinutes(90) && random.Next(16 * 14) < HourWeights[local.Hour] * DayWeights[(int)local.DayOfWeek])
                times.Add(at);
        }

        for (var i = 0; i < lately; i++)
            times.Add(now - TimeSpan.FromMinutes(2 + (85.0 * i / lately)));
        times.Sort();
        return times;
    }

    /// <summary>The time itself when the company is open then, else shortly after it opens next. Sundays it stays closed.</summary>
    public DateTime WhenOpen(DateTime utc)
    {
        var local = Local(utc);
        if (local.DayOfWeek is not DayOfWeek.Sunday && local.Hour is >= OpensAt and < ClosesAt)
            return utc;
        var opening = local.Date.AddHours(OpensAt);
        if (local.Hour >= ClosesAt)
            opening = opening.AddDays(1);
        if (opening.DayOfWeek is DayOfWeek.Sunday)
            opening = opening.AddDays(1);
        return utc + (opening - local) + TimeSpan.FromMinutes(random.Next(1, 45));
    }

    /// <summary>Mostly near the typical value, sometimes much longer (log-normal).</summary>
    public TimeSpan Around(TimeSpan typical)
    {
        var bell = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return typical * Math.Exp(0.7 * bell);
    }

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
}
