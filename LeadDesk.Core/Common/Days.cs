namespace LeadDesk.Common;

/// <summary>Calendar days as numbers, <c>20260303</c>: they sort and compare like dates and fit a key.</summary>
public static class Days
{
    /// <summary>The day of a UTC time in <paramref name="zone"/>.</summary>
    public static int Number(DateTime utc, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return (local.Year * 10000) + (local.Month * 100) + local.Day;
    }
}
