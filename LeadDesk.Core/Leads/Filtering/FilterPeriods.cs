using System.Globalization;
using LeadDesk.Companies;

namespace LeadDesk.Leads.Filtering;

/// <summary>Days and stretches of days with a name, in the company's zone. Weeks begin on Monday.</summary>
internal static class FilterPeriods
{
    private static readonly string[] Names =
    [
        "today", "yesterday", "tomorrow", "this week", "last week", "next week", "this month", "last month", "next month", "this year", "last year",
    ];

    // A day, or a time to any precision; without an offset in UTC, as everywhere in the API.
    private static readonly string[] TimeFormats = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    public static IReadOnlyList<string> All => Names;

    public static bool IsKnown(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <returns>First and last day; null when there is no such period.</returns>
    public static (DateOnly First, DateOnly Last)? Days(string name, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = new DateOnly(today.Year, today.Month, 1);
        var january = new DateOnly(today.Year, 1, 1);
        return name switch
        {
            "today" => (today, today),
            "yesterday" => (today.AddDays(-1), today.AddDays(-1)),
            "tomorrow" => (today.AddDays(1), today.AddDays(1)),
            "this week" => (monday, monday.AddDays(6)),
            "last week" => (monday.AddDays(-7), monday.AddDays(-1)),
            "next week" => (monday.AddDays(7), monday.AddDays(13)),
            "this month" => (first, first.AddMonths(1).AddDays(-1)),
            "last month" => (first.AddMonths(-1), first.AddDays(-1)),
            "next month" => (first.AddMonths(1), first.AddMonths(2).AddDays(-1)),
            "this year" => (january, january.AddYears(1).AddDays(-1)),
            "last year" => (january.AddYears(-1), january.AddDays(-1)),
            _ => null,
        };
    }

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : null;

    public static DateTime? Instant(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;

    public static DateOnly Today(CompanyRules company, DateTime now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, company.Zone));

    /// <summary>When a day of the company's zone begins, in UTC. Found from noon, which exists on every day of every zone.</summary>
    public static DateTime StartOf(DateOnly day, CompanyRules company) =>
        company.StartOfDay(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(12, 0)), company.Zone));
}
