using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace LeadDesk.Common;

/// <summary>Capitals for Latin names written in one case; whoever mixed cases knew how the name is spelt.</summary>
internal static class NameCasing
{
    private static readonly TextInfo Turkish = CultureInfo.GetCultureInfo("tr").TextInfo;

    // Small inside a name, never first and never last: "Le" and "Van" are also given names.
    private static readonly FrozenSet<string> Particles = FrozenSet.Create(StringComparer.Ordinal,
        "af", "al", "av", "bin", "bint", "da", "das", "de", "degli", "del", "della", "den", "der", "di", "do", "dos", "du",
        "ibn", "la", "las", "los", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur");

    private static readonly FrozenSet<string> RomanNumbers = FrozenSet.Create(StringComparer.Ordinal, "ii", "iii", "iv", "vi", "vii", "viii");

    public static string Apply(string name, string? language)
    {
        if (!IsOneCase(name, out bool upper))
            return name;

        // İ and ı stand in no other language's names, so they tell the language where nobody else does.
        bool turkish = language is "tr" or "az" || name.AsSpan().IndexOfAny('İ', 'ı') >= 0;
        string[] words = name.Split(' ');

        // "AJ" and "J.R." are initials.
        if (upper && words.Length == 1 && name.Count(char.IsLetter) <= 2)
            return name;

        for (int i = 0; i < words.Length; i++)
            words[i] = Word(Lower(words[i], turkish), i == 0, i == words.Length - 1, turkish);
        return string.Join(' ', words);
    }

    /// <summary>True when the name has Latin letters, no other letters with a case, and all in one case.</summary>
    private static bool IsOneCase(string name, out bool upper)
    {
        int uppers = 0, lowers = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is not (UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter))
                continue;

            if (!IsLatin(rune.Value) || category == UnicodeCategory.TitlecaseLetter)
            {
                upper = false;
                return false;
            }

            if (category == UnicodeCategory.UppercaseLetter)
                uppers++;
            else
                lowers++;
        }

        upper = uppers > 0;
        return uppers > 0 != lowers > 0;
    }

    private static bool IsLatin(int codePoint) => codePoint is < 0x0250 or (>= 0x1E00 and <= 0x1EFF);

    private static string Word(string word, bool first, bool last, bool turkish)
    {
        if (!first && !last && Particles.Contains(word))
            return word;
        if (!first && last && RomanNumbers.Contains(word))
            return word.ToUpperInvariant();

        var cased = new StringBuilder(word.Length);
        bool start = true;
        for (int i = 0; i < word.Length; i++)
        {
            char c = word[i];

            // "Khalid al-Rashid", but "Al-Rashid" in front.
            bool article = !first && i == 0 && word.Length > 3 && word.StartsWith("al-", StringComparison.Ordinal);
            cased.Append(start && !article && char.IsLetter(c) ? Upper(c, turkish) : c);
            if (char.IsLetter(c))
                start = false;
            else if (IsApostrophe(c))
                start = IsElision(word, i);
            else if (c is '-' or '‐' or '‑' or '.' or '(' or '/' or ',' or '"' or '&')
                start = true;
        }

        return cased.ToString();
    }

    private static bool IsApostrophe(char c) => c is '\'' or '’' or 'ʼ' or 'ʻ' or '‘';

    /// <summary>O'Brien and D'Angelo, not Sa'Ad: one letter stands before the apostrophe.</summary>
    private static bool IsElision(string word, int apostrophe) =>
        apostrophe >= 1 && char.IsLetter(word[apostrophe - 1]) && (apostrophe == 1 || !char.IsLetter(word[apostrophe - 2]));

    private static string Lower(string word, bool turkish) => turkish ? Turkish.ToLower(word) : word.ToLowerInvariant();

    private static char Upper(char letter, bool turkish) => turkish ? Turkish.ToUpper(letter) : char.ToUpperInvariant(letter);
}
