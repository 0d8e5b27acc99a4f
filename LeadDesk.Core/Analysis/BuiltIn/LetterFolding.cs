using System.Globalization;
using System.Text;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>
/// Brings the many ways to write one letter to one: case (also Turkish İ and ı), accents, Arabic alef, yeh, kaf, heh and teh marbuta in
/// their Arabic and Urdu forms, digits of all scripts, full-width and presentation forms.
/// </summary>
internal static class LetterFolding
{
    /// <summary>The character has no weight of its own (accent, tatweel, joiner) and is left out of the word.</summary>
    public const char Dropped = '\0';

    private static readonly char[] Table = Build();

    public static char Fold(char letter) => Table[letter];

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
            table[i] = char.ToLowerInvariant((char)i);
        foreach (var (from, to) in new[] { (0xAA, 0x24F), (0x600, 0x6FF), (0x1E00, 0x1EFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE), (0xFF01, 0xFF5E) })
        {
            for (var i = from; i <= to; i++)
                table[i] = Decomposed((char)i);
        }
        for (var i = 0x300; i <= 0x36F; i++)
            table[i] = Dropped;
        for (var i = 0; i < table.Length; i++)
        {
            if (table[i] > 127 && char.GetUnicodeCategory((char)i) == UnicodeCategory.DecimalDigitNumber)
                table[i] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue((char)i));
        }
        foreach (var dropped in "\u0640\u0670\u061C\u00AD\u200B\u200C\u200D\u200E\u200F\u2060\uFE0F\uFEFF")
            table[dropped] = Dropped;
        for (var i = 0x64B; i <= 0x65F; i++)
            table[i] = Dropped;
        Map(table, "ıøłđðþ’‘ʼ`´", "iolddt'''''");
        // Alef wasla; the yehs; keheh; the hehs and teh marbuta; waw with hamza; noon ghunna; yeh barree with hamza.
        Map(table, "\u0671\u0649\u06CC\u06D0\u0626\u06A9\u06C1\u06BE\u06C2\u06C3\u0629\u06C0\u06D5\u0624\u06BA\u06D3", "\u0627\u064A\u064A\u064A\u064A\u0643\u0647\u0647\u0647\u0647\u0647\u0647\u0647\u0648\u0646\u06D2");
        return table;
    }

    private static char Decomposed(char letter)
    {
        var parts = letter.ToString().Normalize(NormalizationForm.FormKD);
        return char.ToLowerInvariant(parts.Length == 0 || parts[0] == ' ' ? letter : parts[0]);
    }

    private static void Map(char[] table, string from, string to)
    {
        for (var i = 0; i < from.Length; i++)
            table[from[i]] = to[i];
    }
}
