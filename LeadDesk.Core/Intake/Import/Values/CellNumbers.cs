using System.Globalization;
using LeadDesk.Common;

namespace LeadDesk.Intake.Import.Values;

/// <summary>Numbers and amounts as people of different countries write them. Pure.</summary>
internal static class CellNumbers
{
    private const int LongestNumber = 40;

    /// <summary><c>1.234,56</c>, <c>1,234.56</c>, <c>1 234,56 €</c>, <c>₺1.500</c>, <c>(12.00)</c>, <c>1e3</c>; null when it is none.</summary>
    /// <param name="decimalComma">Decides where one mark could be either.</param>
    public static decimal? Read(string text, bool decimalComma)
    {
        if (text.Length is 0 or > LongestNumber)
            return null;
        Span<char> clean = stackalloc char[LongestNumber];
        if (!Bare(SearchText.Fold(text), clean, out var length, out var negative) || length is 0)
            return null;
        var number = clean[..length];
        var (dots, commas) = (number.Count('.'), number.Count(','));
        char? point = (dots, commas) switch
        {
            (0, 0) => null,
            ( > 0, > 0) => number.LastIndexOf('.') > number.LastIndexOf(',') ? '.' : ',',
            ( > 1, 0) or (0, > 1) => null,
            (1, 0) => DecidesOne(number, '.') ? '.' : decimalComma ? null : '.',
            _ => DecidesOne(number, ',') ? ',' : decimalComma ? ',' : null,
        };
        Span<char> plain = stackalloc char[LongestNumber];
        var count = 0;
        foreach (var c in number)
        {
            if (c == point)
                plain[count++] = '.';
            else if (c is not ('.' or ','))
                plain[count++] = c;
        }

        return decimal.TryParse(plain[..count], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? negative ? -value : value : null;
    }

    /// <summary>What a number says about the company's decimal mark: true for a comma, false for a point, null for nothing.</summary>
    public static bool? Evidence(string text)
    {
        Span<char> clean = stackalloc char[LongestNumber];
        if (text.Length is 0 or > LongestNumber || !Bare(SearchText.Fold(text), clean, out var length, out _))
            return null;
        var number = clean[..length];
        var (dots, commas) = (number.Count('.'), number.Count(','));
        if (dots > 0 && commas > 0)
            return number.LastIndexOf(',') > number.LastIndexOf('.');
        if (dots > 1 || commas > 1)
            return dots > 1;
        return commas is 1 && DecidesOne(number, ',') ? true : dots is 1 && DecidesOne(number, '.') ? false : null;
    }

    /// <summary>A mark that is not followed by exactly three digits separates decimals.</summary>
    private static bool DecidesOne(ReadOnlySpan<char> number, char mark)
    {
        var at = number.IndexOf(mark);
        return number.Length - at - 1 is not 3 || at is 0 or > 3 || number[0] is '0';
    }

    private static bool Bare(string text, Span<char> clean, out int length, out bool negative)
    {
        (length, negative) = (0, text.StartsWith('(') && text.EndsWith(')'));
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || c is '.' or ',')
                clean[length++] = c;
            else if (c is '٫')
                clean[length++] = '.';
            else if (c is '-' && length is 0)
                negative = true;
            else if (c is 'e' && length > 0 && letters is 0 && text.Length < 20 && text.AsSpan(text.IndexOf('e', StringComparison.Ordinal) + 1).TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0)
                clean[length++] = 'e';
            else if (char.IsLetter(c))
                letters++;
            else if (c is not (' ' or '\'' or '+' or '(' or ')' or '%' or '٬' or '-') && char.GetUnicodeCategory(c) is not UnicodeCategory.CurrencySymbol)
                return false;
        }

        // A currency's word has up to four letters: USD, TL, ₺, Rs., Euro.
        return letters <= 4;
    }
}
