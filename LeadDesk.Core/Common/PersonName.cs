using System.Globalization;
using System.Text;

namespace LeadDesk.Common;

/// <summary>People's names in any script, as forms, phones and chat profiles write them.</summary>
public static class PersonName
{
    /// <summary>In UTF-16 characters.</summary>
    public const int MaxLength = 200;

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>
    /// The name in NFC, on one line, without invisible characters, at most <see cref="MaxLength"/> long; names in one case
    /// get capitals, other names keep theirs. A normalised name normalised again is itself.
    /// </summary>
    /// <param name="language">ISO 639-1 code of the person, if known; decides about the Turkish i.</param>
    /// <returns>Null when nothing is left or what is written is no name: an e-mail address, a phone number, only signs.</returns>
    public static string? Normalise(string? written, string? language = null)
    {
        if (string.IsNullOrWhiteSpace(written))
            return null;

        // Whatever is far beyond the longest name cannot change its first 200 characters.
        string bounded = written.Length <= MaxLength * 10 ? written : written[..(MaxLength * 10)];
        string name = Cut(Clean(TextRules.Repair(bounded)).Normalize(NormalizationForm.FormC));
        return IsName(name) ? Cut(NameCasing.Apply(name, language).Normalize(NormalizationForm.FormC)) : null;
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        bool space = false;
        int joiner = 0;
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value == 0x2800)
            {
                space = true;
                joiner = 0;
                continue;
            }

            if (rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner)
            {
                joiner = rune.Value;
                continue;
            }

            if (IsInvisible(rune))
                continue;

            if (space && clean.Length > 0)
                clean.Append(' ');
            else if (joiner != 0 && clean.Length > 0 && Joins(previous, rune, joiner))
                clean.Append((char)joiner);

            clean.Append(rune);
            (space, joiner) = (false, 0);

            // NFC may reorder marks afterwards, so only what carries them decides.
            if (!IsMark(rune))
                previous = rune;
        }

        return clean.ToString();
    }

    // Hangul fillers are letters to Unicode and nothing to the eye; chat profiles use them as an empty name.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    /// <summary>Persian and Indic names are spelt with joiners, and emoji families are glued by them; elsewhere they only hide.</summary>
    private static bool Joins(Rune before, Rune after, int joiner)
    {
        if (UsesJoiners(before.Value) && UsesJoiners(after.Value))
            return !IsMark(after);

        return joiner == ZeroWidthJoiner && IsPictogram(after) && (IsPictogram(before) || IsSkinTone(before));
    }

    private static bool UsesJoiners(int codePoint) => codePoint is
        (>= 0x0600 and <= 0x08FF) // Arabic, Syriac, Thaana, NKo
        or (>= 0x0900 and <= 0x0DFF) // Indic
        or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x18AF) // Myanmar, Khmer, Mongolian
        or (>= 0xFB50 and <= 0xFDCF) or (>= 0xFE70 and <= 0xFEFC); // Arabic presentation forms

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsSkinTone(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF;

    private static bool IsPictogram(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    private static string Cut(string name)
    {
        int length = 0;
        if (name.Length <= MaxLength)
            length = name.Length;
        else
        {
            while (length + StringInfo.GetNextTextElementLength(name, length) is var next && next <= MaxLength)
                length = next;
        }

        return name[..length].TrimEnd(' ', (char)ZeroWidthJoiner, (char)ZeroWidthNonJoiner);
    }

    private static bool IsName(string name)
    {
        if (name.Contains('@', StringComparison.Ordinal) && EmailAddress.TryNormalise(name, out _))
            return false;

        int digits = 0;
        bool visible = false;
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
                return true;
            if (Rune.IsDigit(rune))
                digits++;
            else if (IsPictogram(rune))
                visible = true;
        }

        // Emoji names are common in chat profiles; five digits and more without a letter are a number to call.
        return digits < 5 && (visible || digits > 0);
    }
}
