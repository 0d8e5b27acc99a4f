using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Values;

/// <summary>A date as written, and whether it names its zone.</summary>
/// <param name="At">UTC when <paramref name="IsUtc"/>, else in the writer's own time.</param>
internal readonly record struct CellDate(DateTime At, bool IsUtc, bool HasTime);

/// <summary>
/// Dates as spreadsheets, exports and people write them. Pure.
/// <code>
/// 2025-03-03T02:00:00+03:00    03.03.2025 14:05    3/3/25 2:05 PM    5 Mart 2025    March 5, 2025    05-mar-25    ٥ مارس ٢٠٢٥    45721.5833 (Excel)    1741017600 (Unix)
/// </code>
/// </summary>
internal static class CellDates
{
    private const int LongestDate = 64;

    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789.,");

    private static readonly FrozenDictionary<string, int> Months = ReadMonths(
        "january jan ocak oca enero ene januar janner janvier janv janeiro gennaio gen يناير كانون الثاني январь января янв",
        "february feb subat sub febrero februar feber fevrier fevr fevereiro fev febbraio فبراير شباط февраль февраля фев",
        "march mar mart marzo marz mrz mars marco مارس اذار март марта мар",
        "april apr nisan nis abril abr avril avr aprile ابريل نيسان апрель апреля апр",
        "may mayis mayo mai maio maggio mag مايو ايار май мая",
        "june jun haziran haz junio juni juin junho giugno giu يونيو حزيران июнь июня июн",
        "july jul temmuz tem julio juli juillet juil julho luglio lug يوليو تموز июль июля июл",
        "august aug agustos agu agosto ago aout اغسطس اب август августа авг",
        "september sep sept eylul eyl septiembre setiembre septembre setembro set settembre سبتمبر ايلول сентябрь сентября сен",
        "october oct ekim eki octubre oktober okt octobre outubro out ottobre ott اكتوبر تشرين الاول октябрь октября окт",
        "november nov kasim kas noviembre novembre novembro نوفمبر ноябрь ноября ноя",
        "december dec aralik ara diciembre dic dezember dez decembre dezembro dicembre ديسمبر декабрь декабря дек");

    /// <summary>Null when it is no date.</summary>
    public static CellDate? Read(string text, DateOrder order)
    {
        if (text.Length is < 5 or > LongestDate)
            return null;
        if (char.IsAsciiDigit(text[0]) && Iso(text) is { } iso)
            return iso;
        var folded = SearchText.Fold(text);
        return Serial(folded) ?? Written(folded, order);
    }

    /// <summary>Which orders a date of three numbers can be read in, as flags: 1 day first, 2 month first, 4 year first. 0: it says nothing.</summary>
    public static int Orders(string text)
    {
        if (text.Length is < 6 or > LongestDate || !char.IsDigit(text.TrimStart()[0]))
            return 0;
        Span<int> numbers = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        var date = SearchText.Fold(text).AsSpan();
        var end = date.IndexOfAny(' ', 't');
        date = end < 0 ? date : date[..end];
        if (!Three(date.TrimEnd(','), numbers, lengths) || lengths[0] is 4 || lengths[2] is 3)
            return lengths[0] is 4 ? 4 : 0;
        var day = numbers[0] is >= 1 and <= 31 && numbers[1] is >= 1 and <= 12 ? 1 : 0;
        var month = numbers[1] is >= 1 and <= 31 && numbers[0] is >= 1 and <= 12 ? 2 : 0;
        var year = lengths[2] <= 2 && numbers[1] is >= 1 and <= 12 && numbers[2] is >= 1 and <= 31 ? 4 : 0;
        return day | month | year;
    }

    /// <summary>The order that people of a region write dates in.</summary>
    public static DateOrder OrderOf(string? region) => region?.ToUpperInvariant() switch
    {
        "US" or "PH" or "FM" or "GU" or "PW" or "MH" or "PR" or "VI" or "AS" => DateOrder.MonthDayYear,
        "CN" or "JP" or "KR" or "KP" or "TW" or "HU" or "LT" or "MN" or "IR" or "BT" or "SE" => DateOrder.YearMonthDay,
        _ => DateOrder.DayMonthYear,
    };

    private static CellDate? Iso(string text)
    {
        if (text.Length < 10 || text[4] is not '-' || text[7] is not '-')
            return null;
        // 2025-03-03 02:00:00+0300, 2025-03-03T02:00:00Z
        if (text.Length > 10 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            var named = text.AsSpan(10);
            var hasZone = named.EndsWith("Z", StringComparison.OrdinalIgnoreCase) || named.ContainsAny('+', '-') || named.EndsWith("UTC", StringComparison.OrdinalIgnoreCase) || named.EndsWith("GMT", StringComparison.OrdinalIgnoreCase);
            return new(hasZone ? time.UtcDateTime : DateTime.SpecifyKind(time.DateTime, DateTimeKind.Unspecified), hasZone, true);
        }

        return text.Length is 10 && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(day, false, false) : null;
    }

    /// <summary>Excel's days since 1900 and Unix seconds or milliseconds, of the years 1970 to 2100.</summary>
    private static CellDate? Serial(string text)
    {
        if (!char.IsAsciiDigit(text[0]) || text.AsSpan().IndexOfAnyExcept(NumberLetters) >= 0
            || !decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        if (number is >= 25_569 and < 73_051 && text.AsSpan().IndexOfAny('.', ',') is -1 or 5)
            return new(DateTime.UnixEpoch.AddSeconds((double)Math.Round((number - 25_569) * 86_400)), false, number != decimal.Truncate(number));
        if (number is >= 946_684_800 and < 4_102_444_800 && text.Length is 9 or 10 && decimal.Truncate(number) == number)
            return new(DateTime.UnixEpoch.AddSeconds((double)number), true, true);
        return number is >= 946_684_800_000 and < 4_102_444_800_000 && text.Length is 12 or 13 ? new(DateTime.UnixEpoch.AddMilliseconds((double)number), true, true) : null;
    }

    private static CellDate? Written(string folded, DateOrder order)
    {
        var time = TimeSpan.Zero;
        var text = folded.AsSpan();
        var colon = text.IndexOf(':');
        var hasTime = false;
        if (colon > 0)
        {
            var start = colon;
            while (start > 0 && char.IsAsciiDigit(text[start - 1]))
                start--;
            if (Time(text[start..]) is not { } read)
                return null;
            (time, hasTime) = (read, true);
            text = text[..start].TrimEnd(" t,");
        }

        text = text.Trim();
        Span<int> numbers = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        DateTime? day = Three(text, numbers, lengths) ? Ordered(numbers, lengths, order) : Named(text.ToString());
        return day is { } date ? new(date + time, false, hasTime) : null;
    }

    private static TimeSpan? Time(ReadOnlySpan<char> text)
    {
        Span<int> parts = stackalloc int[3];
        var (part, at) = (0, 0);
        for (; at < text.Length && part < 3; at++)
        {
            if (char.IsAsciiDigit(text[at]))
                parts[part] = (parts[part] * 10) + (text[at] - '0');
            else if (text[at] is ':')
                part++;
            else
                break;
            if (parts[Math.Min(part, 2)] > 10_000)
                return null;
        }

        var rest = text[at..].Trim();
        var evening = rest.StartsWith("pm") || rest.StartsWith("p.m") || rest.StartsWith("os") || rest.StartsWith("م");
        var morning = rest.StartsWith("am") || rest.StartsWith("a.m") || rest.StartsWith("oo") || rest.StartsWith("ص");
        if (parts[0] > 23 || parts[1] > 59 || parts[2] > 60)
            return null;
        var hours = evening && parts[0] < 12 ? parts[0] + 12 : morning && parts[0] is 12 ? 0 : parts[0];
        return new TimeSpan(hours, parts[1], Math.Min(59, parts[2]));
    }

    /// <summary>Three numbers with the same mark between them.</summary>
    private static bool Three(ReadOnlySpan<char> text, Span<int> numbers, Span<int> lengths)
    {
        var part = 0;
        var mark = '\0';
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                numbers[part] = (numbers[part] * 10) + (c - '0');
                if (++lengths[part] > 4)
                    return false;
            }
            else if (c is '/' or '.' or '-' && (mark is '\0' || mark == c) && lengths[part] > 0 && part < 2)
            {
                (mark, part) = (c, part + 1);
            }
            else if (c is not ' ' and not '.')
            {
                return false;
            }
        }

        return part is 2 && lengths[2] > 0;
    }

    private static DateTime? Ordered(ReadOnlySpan<int> numbers, ReadOnlySpan<int> lengths, DateOrder order)
    {
        if (lengths[0] is 4)
            return Day(numbers[0], numbers[1], numbers[2]);
        if (lengths[2] is 4)
            order = order is DateOrder.YearMonthDay ? DateOrder.DayMonthYear : order;
        return order switch
        {
            DateOrder.MonthDayYear => Day(Year(numbers[2]), numbers[0], numbers[1]),
            DateOrder.YearMonthDay => Day(Year(numbers[0]), numbers[1], numbers[2]),
            _ => Day(Year(numbers[2]), numbers[1], numbers[0]),
        };
    }

    /// <summary>With the month's name: whatever has more than two digits is the year.</summary>
    private static DateTime? Named(string text)
    {
        int? month = null;
        var numbers = new List<int>(2);
        foreach (var word in text.Split([' ', ',', '.', '-', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            var digits = word.AsSpan().TrimEnd("stndrhoª");
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else if (Months.TryGetValue(word, out var named) && month is null)
                month = named;
            else if (word.Length > 3 && numbers.Count is 0 && month is null && !char.IsDigit(word[0]))
                continue;
            else if (word is not ("de" or "del" or "of" or "den" or "le" or "the"))
                return null;
        }

        if (month is not { } inYear || numbers.Count is not 2)
            return null;
        return numbers[0] > 31 ? Day(numbers[0], inYear, numbers[1]) : Day(Year(numbers[1]), inYear, numbers[0]);
    }

    private static int Year(int written) => written switch { < 70 => 2000 + written, < 100 => 1900 + written, _ => written };

    private static DateTime? Day(int year, int month, int day) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) : null;

    private static FrozenDictionary<string, int> ReadMonths(params string[] months)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var month = 0; month < months.Length; month++)
        {
            foreach (var name in months[month].Split(' '))
                names.TryAdd(SearchText.Fold(name), month + 1);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
