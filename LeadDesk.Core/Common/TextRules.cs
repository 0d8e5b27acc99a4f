using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LeadDesk.Common;

/// <summary>A character that text from outside may not hold.</summary>
/// <param name="Index">Zero-based, in UTF-16 characters.</param>
/// <param name="CodePoint">The control character, or the half of a surrogate pair that stands alone.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ForbiddenCharacter(int Index, int CodePoint)
{
    /// <summary>As shown to callers: <c>U+0007 at position 3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"U+{CodePoint:X4} at position {Index}");
}

/// <summary>What every text from outside has to keep.</summary>
public static class TextRules
{
    private static readonly SearchValues<char> Suspects = SearchValues.Create(CreateSuspects());

    /// <summary>
    /// Finds the first control character other than tab and line ends (C0 with U+0000, DEL, C1), or the first lone
    /// surrogate; null when the text may be taken. PostgreSQL refuses U+0000 and lone surrogates, and terminals,
    /// spreadsheets and XML readers do harm with the others.
    /// </summary>
    public static ForbiddenCharacter? FindForbiddenControl(ReadOnlySpan<char> text)
    {
        for (int at = 0; ;)
        {
            int step = text[at..].IndexOfAny(Suspects);
            if (step < 0)
                return null;

            at += step;
            bool pair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            if (!pair)
                return new ForbiddenCharacter(at, text[at]);

            at += 2;
        }
    }

    /// <summary>The text with lone surrogates as U+FFFD and without noncharacters, which Unicode normalisation refuses.</summary>
    internal static string Repair(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && text.AsSpan().IndexOfAnyInRange('\uFDD0', '\uFFFF') < 0)
            return text;

        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsNoncharacter(rune.Value))
                repaired.Append(rune);
        }

        return repaired.ToString();
    }

    private static bool IsNoncharacter(int codePoint) => (codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF;

    private static char[] CreateSuspects() =>
    [
        .. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n' or '\r')).Select(code => (char)code),
        .. Enumerable.Range(0x7F, 0xA0 - 0x7F).Select(code => (char)code),
        .. Enumerable.Range(0xD800, 0xE000 - 0xD800).Select(code => (char)code),
    ];
}
