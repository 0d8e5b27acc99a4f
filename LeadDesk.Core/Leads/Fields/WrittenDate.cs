using System.Globalization;

namespace LeadDesk.Leads.Fields;

/// <summary>
/// Dates as people, spreadsheets and programs write them:
/// <code>
/// 2026-03-31      2026/3/31      20260331      2026-03-31T14:05:00Z      31.03.2026      31/3/26      03/31/2026      31 March 2026
/// </code>
/// </summary>
internal static class WrittenDate
{
    private const int LongestWritten = 60;
    private const int FirstYear = 1000;

    private static readonly string[] Words = ["d MMMM yyyy", "d MMM yyyy", "d. MMMM yyyy", "d MMMM, yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy", "d-MMM-yyyy", "d-MMM-yy"];

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <param name="zone">Whose day a moment with an offset belongs to.</param>
    public static bool TryRead(string written, FieldFormat format, TimeZoneInfo zone, out DateOnly date)
    {
        date = default;
        var text = written.Trim();
        if (text.Length is 0 or > LongestWritten)
            return false;
        return TryMoment(text, zone, out date) || TryNumbers(WithoutTime(text), format.Order, out date) || TryWords(text, format.Culture, out date);
    }

    private static bool TryMoment(string text, TimeZoneInfo zone, out DateOnly date)
    {
        date = default;
        if (!DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
            return false;
        if (moment.Kind is DateTimeKind.Local)
            moment = moment.ToUniversalTime();
        date = DateOnly.FromDateTime(moment.Kind is DateTimeKind.Utc ? TimeZoneInfo.ConvertTimeFromUtc(moment, zone) : moment);
        return true;
    }

    /// <summary>Spreadsheets write a day as its midnight: <c>2026-03-31 00:00:00</c>.</summary>
    private static string WithoutTime(string text)
    {
        var at = text.IndexOfAny([' ', 'T']);
        return at > 0 && TimeOnly.TryParse(text.AsSpan(at + 1), CultureInfo.InvariantCulture, out _) ? text[..at] : text;
    }

    private static bool TryNumbers(string text, DateOrder order, out DateOnly date)
    {
        date = default;
        if (text.Length is 8 && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return date.Year >= FirstYear;
        var parts = text.Split(['-', '/', '.'], StringSplitOptions.TrimEntries);
        if (parts.Length is not 3 || !parts.All(part => part.Length is >= 1 and <= 4 && part.All(char.IsAsciiDigit)))
            return false;
        var numbers = parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var (year, month, day) = (parts[0].Length, order) switch
        {
            (4, _) => (numbers[0], numbers[1], numbers[2]),
            (_, DateOrder.DayMonthYear) => (Year(parts[2], numbers[2]), numbers[1], numbers[0]),
            (_, DateOrder.MonthDayYear) => (Year(parts[2], numbers[2]), numbers[0], numbers[1]),
            // No order is known; a number above twelve is a day all the same.
            _ when numbers[0] > 12 => (Year(parts[2], numbers[2]), numbers[1], numbers[0]),
            _ when numbers[1] > 12 => (Year(parts[2], numbers[2]), numbers[0], numbers[1]),
            _ => (0, 0, 0),
        };
        if (year < FirstYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    private static int Year(string part, int number) => part.Length switch
    {
        4 => number,
        2 => number < 70 ? 2000 + number : 1900 + number,
        _ => 0,
    };

    private static bool TryWords(string text, CultureInfo culture, out DateOnly date)
    {
        date = default;
        return (DateOnly.TryParseExact(text, Words, culture, DateTimeStyles.AllowWhiteSpaces, out date)
            || DateOnly.TryParseExact(text, Words, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date)) && date.Year >= FirstYear;
    }
}
