using System.Globalization;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>What a workbook's number format makes of a number: a date, leading zeros, a plus in front. Other formats do not change what the number is.</summary>
internal readonly record struct NumberFormat(bool IsDate, bool HasDay, int Zeros, bool Plus)
{
    private static readonly DateTime Epoch1900 = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Epoch1904 = new(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly NumberFormat Plain = new(false, false, 0, false);

    /// <summary>Formats that workbooks name by number only.</summary>
    public static NumberFormat BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => new(true, true, 0, false),
        >= 18 and <= 21 or (>= 32 and <= 35) or (>= 45 and <= 47) or 55 or 56 => new(true, false, 0, false),
        _ => Plain,
    };

    /// <summary>Reads a format such as <c>dd/mm/yyyy;@</c>, <c>00000</c> or <c>"+"0</c>.</summary>
    public static NumberFormat Read(string code)
    {
        var section = code.Split(';')[0];
        var (day, time, zeros, others, plus) = (false, false, 0, false, false);
        for (var at = 0; at < section.Length; at++)
        {
            var c = char.ToLowerInvariant(section[at]);
            switch (c)
            {
                case '"':
                    var close = section.IndexOf('"', at + 1);
                    close = close < 0 ? section.Length - 1 : close;
                    plus |= zeros is 0 && section.AsSpan(at, close - at).Contains('+');
                    at = close;
                    break;
                case '\\':
                    plus |= zeros is 0 && at + 1 < section.Length && section[at + 1] is '+';
                    at++;
                    break;
                case '_' or '*':
                    at++;
                    break;
                case '[':
                    var end = section.IndexOf(']', at);
                    time |= end == at + 2 && char.ToLowerInvariant(section[at + 1]) is 'h' or 'm' or 's';
                    at = end < 0 ? section.Length : end;
                    break;
                case 'd' or 'y' or 'm':
                    day |= c is not 'm' || !time;
                    time |= c is 'm' && time;
                    break;
                case 'h' or 's':
                    time = true;
                    break;
                case '0':
                    zeros++;
                    break;
                case '+':
                    plus |= zeros is 0;
                    break;
                case '#' or '.' or '%' or ',' or '?' or 'e':
                    others = true;
                    break;
            }
        }

        if (section.Contains("general", StringComparison.OrdinalIgnoreCase))
            return Plain;
        if (day || time)
            return new(true, day, 0, false);
        return new(false, false, others || zeros < 2 ? 0 : zeros, plus);
    }

    /// <summary>The number as text: a date as <c>2026-03-05</c> or <c>2026-03-05T14:30:00</c>, a whole number with all its digits.</summary>
    public string Write(string number, bool since1904)
    {
        if (IsDate && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) && Date(serial, since1904) is { } date)
            return date;
        var text = Digits(number);
        if (Zeros > text.Length && text.All(char.IsAsciiDigit))
            text = text.PadLeft(Zeros, '0');
        return Plus && text.Length > 0 && char.IsAsciiDigit(text[0]) ? "+" + text : text;
    }

    private static string Digits(string number)
    {
        if (number.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            return number;
        // 9.05012345678E11 has all its digits.
        if (decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && decimal.Truncate(exact) == exact && decimal.Abs(exact) < 1_000_000_000_000_000_000)
            return decimal.Truncate(exact).ToString("F0", CultureInfo.InvariantCulture);
        // A double's last digits are noise: 12.300000000000001 is shown as 12.3.
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value.ToString("G15", CultureInfo.InvariantCulture) : number;
    }

    private string? Date(double serial, bool since1904)
    {
        if (serial is < 0 or > 2_958_466)
            return null;
        var epoch = since1904 ? Epoch1904 : Epoch1900;
        // Excel believes in 29 February 1900.
        var days = !since1904 && serial is > 0 and < 60 && HasDay ? serial + 1 : serial;
        var time = epoch.AddSeconds(Math.Round(days * 86_400));
        if (!HasDay)
            return time.ToString(time.Second is 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }
}
