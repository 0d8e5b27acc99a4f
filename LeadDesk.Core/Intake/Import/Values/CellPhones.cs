using System.Globalization;

namespace LeadDesk.Intake.Import.Values;

/// <summary>Phones that a spreadsheet took for numbers. Pure.</summary>
internal static class CellPhones
{
    /// <summary>
    /// <c>9.05012345678E+11</c> has all its digits and is a phone again; of <c>9.05E+11</c> most are lost.
    /// </summary>
    /// <param name="lost">It was a number in short form, and nobody can tell any more which.</param>
    public static string Restore(string text, out bool lost)
    {
        lost = false;
        var e = text.AsSpan().IndexOfAny('E', 'e');
        if (e <= 0 || text.Length > 32 || !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            return text;
        Span<char> digits = stackalloc char[32];
        var (length, decimals) = (0, -1);
        var plus = text[0] is '+';
        foreach (var c in text.AsSpan(plus ? 1 : 0, e - (plus ? 1 : 0)))
        {
            if (char.IsAsciiDigit(c))
                digits[length++] = c;
            else if (c is '.' or ',' && decimals < 0)
                decimals = length;
            else
                return text;
        }

        if (length is 0 || exponent is < 6 or > 17 || decimals is not (1 or -1))
            return text;
        var shown = decimals < 0 ? 0 : length - decimals;
        lost = shown < exponent && length < 10;
        if (lost || shown > exponent)
            return text;
        while (shown++ < exponent)
            digits[length++] = '0';
        return (plus ? "+" : "") + digits[..length].ToString();
    }
}
