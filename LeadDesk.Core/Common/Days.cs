namespace LeadDesk.Common;

/// <summary>Calendar days as numbers, <c>20260303</c>: they sort and compare like dates and fit a key.</summary>
public static class Days
{
    /// <summary>The day of a UTC time in <paramref name="zone"/>.</summary>
    public static int Number(DateTime utc, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return Number(DateOnly.FromDateTime(local));
    }

    public static int Number(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;

    /// <param name="number">As made by <c>Number</c>.</param>
    public static DateOnly Date(int number) => new(number / 10000, number / 100 % 100, number % 100);
}
