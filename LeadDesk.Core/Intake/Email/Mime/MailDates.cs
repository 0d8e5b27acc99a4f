using System.Globalization;
using System.Text.RegularExpressions;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>Dates of mails: <c>Wed, 28 May 2014 17:18:19 +0900 (JST)</c>, with or without weekday, seconds and zone, and ISO 8601.</summary>
internal static partial class MailDates
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// <returns>UTC; null when it is no date or no possible one.</returns>
    public static DateTime? Parse(string? written)
    {
        if (string.IsNullOrWhiteSpace(written) || written.Length > 200)
            return null;
        var match = Pattern().Match(written);
        if (!match.Success)
        {
            return DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other) ? other.UtcDateTime : null;
        }

        int month = (Months.IndexOf(match.Groups["month"].Value[..3], StringComparison.OrdinalIgnoreCase) / 3) + 1;
        int year = Number(match, "year");
        year += year < 50 ? 2000 : year < 100 ? 1900 : 0;
        int day = Number(match, "day"), hour = Number(match, "hour"), minute = Number(match, "minute"), second = Number(match, "second");
        if (year is < 1970 or > 9998 || day is 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return null;
        return new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc) - Offset(match.Groups["zone"].Value);
    }

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan Offset(string zone)
    {
        if (zone.Length is 5 && int.TryParse(zone, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return new TimeSpan(number / 100 % 24, number % 100 % 60, 0);
        return TimeSpan.FromHours(zone.ToUpperInvariant() switch { "EDT" => -4, "EST" or "CDT" => -5, "CST" or "MDT" => -6, "MST" or "PDT" => -7, "PST" => -8, _ => 0 });
    }

    [GeneratedRegex(@"\b(?<day>[0-9]{1,2})[ -]+(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ,.-]+(?<year>[0-9]{4}|[0-9]{2})[ ,]+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2}))?( *(?<zone>[+-][0-9]{4}|[a-z]{1,5}))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
