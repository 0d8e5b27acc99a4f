using System.Globalization;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>
/// Reads what begins with a digit. Raw samples: "1,000", "1.000", "1.200,50", "٥٠", "+92 300 1234567", "2026-12-01", "3/28", "5:45", "24.12.2026".
/// </summary>
internal static class NumberTokens
{
    private const int MaxDigits = 15;

    /// <returns>The place after the number, or <paramref name="at"/> when none stands here.</returns>
    public static int Read(TokenList tokens, string text, int at)
    {
        var end = Calendar(text, at);
        if (end > at)
        {
            tokens.Add(TokenKind.Calendar, at, end, tokens.LettersUsed);
            return end;
        }
        end = Phone(text, at);
        if (end > at)
        {
            tokens.Add(TokenKind.Phone, at, end, tokens.LettersUsed);
            return end;
        }
        return text[at] == '+' ? at : Plain(tokens, text, at);
    }

    private static int Plain(TokenList tokens, string text, int at)
    {
        var start = at;
        var foldStart = tokens.LettersUsed;
        Span<char> digits = stackalloc char[MaxDigits + 2];
        var used = 0;
        var lastMark = -1;
        var marks = 0;
        var markKinds = 0;
        var sinceMark = 0;
        for (; at < text.Length; at++)
        {
            var folded = LetterFolding.Fold(text[at]);
            if (char.IsAsciiDigit(folded))
            {
                if (used < MaxDigits)
                    digits[used++] = folded;
                sinceMark++;
                continue;
            }
            if (folded is not ('.' or ',' or '\u066B' or '\u066C' or '\'') || at + 1 >= text.Length || !char.IsAsciiDigit(LetterFolding.Fold(text[at + 1])))
                break;
            markKinds |= folded is '.' or '\u066B' ? 1 : 2;
            marks++;
            lastMark = used;
            sinceMark = 0;
        }
        // "1,000" and "1.000" are thousands; "1,5" and "10.50" are decimals; with both marks the last one is the decimal.
        var isDecimal = lastMark >= 0 && (markKinds == 3 || (marks == 1 && sinceMark != 3));
        var value = used == 0 ? 0 : decimal.Parse(digits[..used], NumberStyles.None, CultureInfo.InvariantCulture);
        if (isDecimal)
        {
            for (var i = lastMark; i < used; i++)
                value /= 10;
        }
        tokens.Add(TokenKind.Number, start, at, foldStart).Value = value;
        return at;
    }

    private static int Phone(string text, int at)
    {
        var plus = text[at] == '+';
        var digits = 0;
        var end = at;
        var groups = 1;
        for (var i = plus ? at + 1 : at; i < text.Length && i < at + 28; i++)
        {
            var folded = LetterFolding.Fold(text[i]);
            if (char.IsAsciiDigit(folded))
            {
                digits++;
                end = i + 1;
            }
            else if (folded is not (' ' or '-' or '(' or ')' or '\u00A0' or LetterFolding.Dropped))
            {
                // "1,000,000,000" is no phone.
                if (folded is ',' or '.' && i + 1 < text.Length && char.IsAsciiDigit(LetterFolding.Fold(text[i + 1])))
                    return at;
                break;
            }
            else if (folded == ' ')
            {
                groups++;
            }
        }
        var enough = plus ? digits >= 7 : digits >= 10 || (digits == 9 && groups <= 4);
        return enough && digits <= 15 ? end : at;
    }

    private static int Calendar(string text, int at)
    {
        var first = Digits(text, at);
        var mark = first < text.Length ? text[first] : ' ';
        var firstLength = first - at;
        if (firstLength is 0 or > 4 || mark is not ('/' or '-' or '.' or ':'))
            return at;
        var second = Digits(text, first + 1);
        var secondLength = second - first - 1;
        if (secondLength is not (1 or 2))
            return at;
        if (mark == ':')
            return firstLength <= 2 && secondLength == 2 ? second : at;
        if (second < text.Length && text[second] == mark)
        {
            var third = Digits(text, second + 1);
            if (third - second - 1 is 1 or 2 or 4 && (firstLength == 4 || third - second - 1 != 1))
                return third;
        }
        return mark == '/' && firstLength <= 2 ? second : at;
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(LetterFolding.Fold(text[at])))
            at++;
        return Math.Min(at, text.Length);
    }
}
