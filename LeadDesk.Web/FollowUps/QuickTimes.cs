namespace LeadDesk.Web.FollowUps;

/// <summary>The times most follow-ups are set to, on the reader's clock.</summary>
internal static class QuickTimes
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    /// <summary>In an hour, on a full five minutes.</summary>
    public static DateTime InAnHour(DateTime local)
    {
        var later = local.AddHours(1).AddMinutes(4);
        return later.Date.AddMinutes((int)later.TimeOfDay.TotalMinutes / 5 * 5);
    }

    public static DateTime Tomorrow(DateTime local) => local.Date.AddDays(1) + Morning;

    public static DateTime InThreeDays(DateTime local) => local.Date.AddDays(3) + Morning;

    /// <summary>The next Monday morning.</summary>
    public static DateTime NextWeek(DateTime local) => local.Date.AddDays(1 + ((7 - (int)local.DayOfWeek) % 7)) + Morning;
}
