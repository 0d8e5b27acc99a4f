using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using LeadDesk.Common;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Values as they are compared: folded, without what people write differently. Empty when nothing is left to compare.</summary>
internal static class FactText
{
    private const int FewestPhoneDigits = 6;
    private const int FewestIdentityLetters = 4;

    private static readonly FrozenSet<string> Titles = FrozenSet.Create(StringComparer.Ordinal, "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sr", "sra", "bay", "bey", "hanim");

    private static readonly FrozenDictionary<string, string> StreetWords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["st"] = "street", ["str"] = "street", ["rd"] = "road", ["ave"] = "avenue", ["av"] = "avenue", ["dr"] = "drive", ["ln"] = "lane", ["pl"] = "place",
        ["ct"] = "court", ["crt"] = "court", ["cres"] = "crescent", ["cct"] = "circuit", ["cl"] = "close", ["sok"] = "sokak", ["cad"] = "caddesi", ["mah"] = "mahallesi",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Dates = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "M/d/yyyy", "d MMM yyyy", "d MMMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "yyyyMMdd"];

    public static string Of(FactKind kind, string? value) => kind switch
    {
        FactKind.Phone => Phone(value),
        FactKind.BirthDate => Date(value),
        FactKind.Identity => Letters(value, FewestIdentityLetters),
        FactKind.Postcode or FactKind.HouseNumber => Letters(value, 1),
        FactKind.AddressLine => Street(Plain(value)),
        _ => Plain(value),
    };

    /// <summary>Digits only; a trunk zero does not count.</summary>
    public static string Phone(string? written)
    {
        if (written is null)
            return "";
        var digits = string.Concat(written.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length < FewestPhoneDigits ? "" : digits;
    }

    /// <param name="valid">Normalised already.</param>
    public static string Email(string? written, bool valid)
    {
        if (string.IsNullOrWhiteSpace(written))
            return "";
        var address = valid ? written : EmailAddress.TryNormalise(written, out var normalised) ? normalised : SearchText.Fold(written);
        return EmailAddress.MatchKey(address);
    }

    /// <summary>Words of letters and digits, folded, one space between them.</summary>
    public static string Plain(string? value)
    {
        var folded = SearchText.Fold(value);
        if (folded.Length is 0)
            return "";
        var plain = new StringBuilder(folded.Length);
        foreach (var letter in folded)
        {
            if (letter is '\'' or '.')
                continue;
            if (IsLetter(letter))
                plain.Append(letter);
            else if (plain.Length > 0 && plain[^1] is not ' ')
                plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>"St" and "Street" are one word.</summary>
    public static string Street(string plain) =>
        plain.Contains(' ', StringComparison.Ordinal) ? string.Join(' ', plain.Split(' ').Select((word, index) => index > 0 && StreetWords.TryGetValue(word, out var whole) ? whole : word)) : plain;

    /// <summary>Words of a name without titles; initials stay.</summary>
    public static IEnumerable<string> NameWords(string? name)
    {
        var plain = Plain(name);
        return plain.Length is 0 ? [] : plain.Split(' ').Where(word => !Titles.Contains(word));
    }

    /// <returns><c>yyyymmdd</c> where the date can be read, else what letters and digits it has.</returns>
    private static string Date(string? value)
    {
        var text = value?.Trim() ?? "";
        // 1990-02-03T00:00:00Z
        if (text.IndexOf('T', StringComparison.Ordinal) is 10)
            text = text[..10];
        return DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date)
            ? date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            : Letters(text, FewestIdentityLetters);
    }

    private static string Letters(string? value, int fewest)
    {
        var letters = string.Concat(SearchText.Fold(value).Where(IsLetter));
        return letters.Length < fewest ? "" : letters;
    }

    /// <summary>Marks are sounds in Indic scripts, and outside the basic plane every letter is a pair.</summary>
    private static bool IsLetter(char letter) =>
        char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
