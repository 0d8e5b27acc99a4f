using System.Globalization;
using System.Text;

namespace LeadDesk.Leads.Fields;

/// <summary>
/// Numbers as people, spreadsheets and programs write them:
/// <code>
/// 1234.5      1,234.50      1.234,50      1 234,5      1'234.50      12,34,567.00      (1,234)      −12      9.05E+11      ١٢٣٫٤
/// </code>
/// </summary>
internal static class WrittenNumber
{
    private const int LongestWritten = 60;

    /// <param name="decimalMark">Point or comma: what <c>1.234</c> means where the text itself does not tell.</param>
    public static bool TryRead(string written, char decimalMark, out decimal number)
    {
        number = 0;
        if (written.Length > LongestWritten)
            return false;
        var text = Plain(written, out var negative);
        if (text.Length is 0 || !char.IsAsciiDigit(text[^1]) || !TryUngroup(text, decimalMark, out var plain))
            return false;
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number))
            return false;
        number = negative ? -number : number;
        return true;
    }

    /// <summary>ASCII digits, points, commas and an exponent; spaces and apostrophes between groups are gone, the sign is told apart.</summary>
    private static string Plain(string written, out bool negative)
    {
        var span = written.AsSpan().Trim();
        negative = span is ['(', .., ')'];
        if (negative)
            span = span[1..^1];
        var text = new StringBuilder(span.Length);
        for (var at = 0; at < span.Length; at++)
        {
            var letter = span[at];
            if (letter is '-' or '−' && text.Length is 0 && !negative)
                negative = true;
            else if (letter is '+' && text.Length is 0)
                continue;
            else if (letter is '\'' or '’' or '_' || char.IsWhiteSpace(letter))
                continue;
            else
                text.Append(letter switch
                {
                    '٫' => '.',
                    '٬' => ',',
                    _ when !char.IsAscii(letter) && CharUnicodeInfo.GetDecimalDigitValue(letter) is var digit and >= 0 => (char)('0' + digit),
                    _ => letter,
                });
        }

        return text.ToString();
    }

    private static bool TryUngroup(string text, char decimalMark, out string plain)
    {
        plain = "";
        var (points, commas) = (text.AsSpan().Count('.'), text.AsSpan().Count(','));
        var (mark, group) = (points, commas) switch
        {
            (0, 0) => ('.', ','),
            ( > 0, > 0) => text.LastIndexOf('.') > text.LastIndexOf(',') ? ('.', ',') : (',', '.'),
            ( > 1, 0) => (',', '.'),
            (0, > 1) => ('.', ','),
            (1, 0) => decimalMark is '.' || !IsGrouped(text, '.') ? ('.', ',') : (',', '.'),
            _ => decimalMark is ',' || !IsGrouped(text, ',') ? (',', '.') : ('.', ','),
        };
        var parts = text.Split(mark);
        if (parts.Length > 2 || (parts.Length is 2 && parts[1].Contains(group, StringComparison.Ordinal)))
            return false;
        if (parts[0].Contains(group, StringComparison.Ordinal) && !IsGrouped(parts[0], group))
            return false;
        plain = parts[0].Replace(group.ToString(), "", StringComparison.Ordinal) + (parts.Length is 2 ? "." + parts[1] : "");
        return true;
    }

    /// <summary>One to three digits, then groups of three (in India of two) that end with one of three.</summary>
    private static bool IsGrouped(string text, char group)
    {
        var parts = text.Split(group);
        return parts[0].Length is >= 1 and <= 3 && parts[0] is not ['0', ..] && parts[^1].Length is 3 && parts[1..^1].All(part => part.Length is 2 or 3)
            && parts.All(part => part.All(char.IsAsciiDigit));
    }
}
