using System.Globalization;
using System.Text;

namespace LeadDesk.Common;

/// <summary>
/// Text as search and sorting compare it: small letters, no diacritics, one space between words. Both databases then
/// compare plain bytes, and a search finds "Şükrü" by "sukru" and "أحمد" by "احمد".
/// </summary>
public static class SearchText
{
    /// <summary>In UTF-16 characters; longer keys would only blow up the index.</summary>
    public const int MaxSortKey = 64;

    /// <summary>A private-use character, so that people without a name stand last on both databases.</summary>
    public const string LastSortKey = "\U0010FFFD";

    /// <summary>Folds a text; the result folded again is itself. Plain ASCII that is folded already is returned as it is.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        return IsFoldedAscii(text) ? text : FoldNew(text);
    }

    /// <summary>What lists sort by: folded, without signs in front, at most <see cref="MaxSortKey"/> characters.</summary>
    public static string SortKey(string? name)
    {
        string folded = Fold(name);
        int start = 0;
        while (start < folded.Length && !char.IsLetterOrDigit(folded[start]) && !char.IsSurrogate(folded[start]))
            start++;

        // A name of signs only still sorts by them.
        if (start == folded.Length)
            start = 0;
        int length = Math.Min(folded.Length - start, MaxSortKey);
        if (length == 0)
            return LastSortKey;
        if (char.IsHighSurrogate(folded[start + length - 1]))
            length--;
        return folded.Substring(start, length);
    }

    /// <summary>Whether whole words of a folded text are the folded words; "web design" is in "new web design, soon", "art" is not in "smart".</summary>
    public static bool ContainsWords(string foldedText, string foldedWords)
    {
        if (foldedWords.Length == 0)
            return false;

        for (int at = 0; (at = foldedText.IndexOf(foldedWords, at, StringComparison.Ordinal)) >= 0; at++)
        {
            int end = at + foldedWords.Length;
            if ((at == 0 || !char.IsLetterOrDigit(foldedText[at - 1])) && (end == foldedText.Length || !char.IsLetterOrDigit(foldedText[end])))
                return true;
        }

        return false;
    }

    private static bool IsFoldedAscii(string text)
    {
        bool space = true;
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' or (>= 'A' and <= 'Z') or '`' || (c == ' ' && space))
                return false;
            space = c == ' ';
        }

        return !space;
    }

    private static string FoldNew(string text)
    {
        bool ascii = Ascii.IsValid(text);
        var folded = new StringBuilder(text.Length);
        bool space = false;
        foreach (var rune in (ascii ? text : TextRules.Repair(text).Normalize(NormalizationForm.FormKD)).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = true;
                continue;
            }

            int length = folded.Length;
            if (space && length > 0)
                folded.Append(' ');
            int before = folded.Length;
            Append(folded, rune);
            if (folded.Length == before)
                folded.Length = length;
            else
                space = false;
        }

        // Puts together again what was taken apart and keeps its marks: Hangul, kana.
        return ascii ? folded.ToString() : folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.IsAscii)
        {
            char c = (char)rune.Value;
            if (!char.IsControl(c))
                folded.Append(c == '`' ? '\'' : char.ToLowerInvariant(c));
            return;
        }

        if (IsDropped(rune))
            return;

        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (Replacement(lower.Value) is { } replacement)
            folded.Append(replacement);
        else
            folded.Append(lower);
    }

    // Only the marks of scripts that are commonly written without them: in Indic scripts and kana marks are sounds, and
    // a text without them is another word.
    private static bool IsDropped(Rune rune) => rune.Value is
        (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0489) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F) // Latin, Greek, Cyrillic
        or (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7 // Hebrew points
        or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x08D3 and <= 0x08FF) // Arabic harakat
        or 0x0640 // tatweel
        or (>= 0xFE00 and <= 0xFE0F) // variation selectors
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control;

    /// <summary>Letters that Unicode does not take apart.</summary>
    private static string? Replacement(int lower) => lower switch
    {
        'ı' => "i",
        'ß' or 'ẞ' => "ss",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ə' => "e",
        'ς' => "σ",
        'ٱ' => "ا",
        'ى' or 'ی' => "ي",
        'ک' or 'ڪ' => "ك",
        'ة' or 'ہ' or 'ھ' or 'ە' => "ه",
        '‘' or '’' or 'ʼ' or 'ʻ' or '′' => "'",
        '“' or '”' or '„' => "\"",
        '‐' or '‑' or '‒' or '–' or '—' or '−' => "-",
        _ => null,
    };
}
