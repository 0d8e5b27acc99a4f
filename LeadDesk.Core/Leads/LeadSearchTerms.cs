using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>
/// What somebody typed into the search, as pieces that must all stand in a lead's <see cref="LeadSearchText"/>. Pure.
/// <code>
/// Şükrü Öz          "sukru", " oz"       two letters begin a word, longer ones stand anywhere
/// 0300 1234567      "3001234567"         as +92 300 1234567, 00923001234567 and 3001234567 contain it
/// 50% "off"         "50%", "\"off\""     nothing typed is syntax
/// </code>
/// </summary>
/// <param name="Pieces">Folded. Empty when nothing was typed that could be searched for.</param>
/// <param name="NameStart">Instead of pieces when only single letters were typed: the name begins with it.</param>
internal sealed record LeadSearchTerms(IReadOnlyList<string> Pieces, string? NameStart)
{
    /// <summary>The index holds letters in threes.</summary>
    public const int IndexedLetters = 3;

    private const int MostPieces = 8;
    private const int LongestTyped = 200;

    /// <summary>Fewer digits may be a quantity or a year; they are searched as they are written.</summary>
    private const int FewestPhoneDigits = 7;

    /// <summary>Behind a zero or a plus even these are the beginning of a phone number.</summary>
    private const int FewestDigitsBehindPrefix = 4;

    /// <summary>Fewer digits with dots or slashes between are a date.</summary>
    private const int FewestDigitsWithDots = 9;

    /// <param name="region">Where phone numbers without a country code belong.</param>
    public static LeadSearchTerms Read(string typed, string? region)
    {
        var text = typed.Length > LongestTyped ? typed[..LongestTyped] : typed;
        var words = SearchText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pieces = new List<string>();
        for (var start = 0; start < words.Length && pieces.Count < MostPieces;)
        {
            var end = start;
            while (end < words.Length && IsPhoneLike(words[end]))
                end++;
            if (end > start && PhonePiece(words[start..end], region) is { } phone)
            {
                pieces.Add(phone);
                start = end;
            }
            else
            {
                pieces.Add(WordPiece(words[start++]));
            }
        }

        if (pieces.Count > 0 && pieces.TrueForAll(piece => Letters(piece) < IndexedLetters))
            return new([.. pieces.Skip(1)], pieces[0][1..]);
        return new(pieces, null);
    }

    /// <summary>The pieces the index can find; the others are only compared.</summary>
    public IEnumerable<string> Indexed => Pieces.Where(piece => Letters(piece) >= IndexedLetters);

    /// <summary>
    /// Letters in threes that a text with this piece must have: enough of them to cover it. "ahmed" gives "ahm" and "med".
    /// </summary>
    public static IEnumerable<string> Threes(string piece)
    {
        var letters = piece.EnumerateRunes().Select(letter => letter.ToString()).ToArray();
        for (var at = 0; at < letters.Length; at += IndexedLetters)
        {
            var start = Math.Min(at, letters.Length - IndexedLetters);
            yield return string.Concat(letters.AsSpan(start, IndexedLetters));
        }
    }

    private static int Letters(string piece) => piece.EnumerateRunes().Count();

    /// <summary>Texts begin with a space, so a short word with a space in front is the beginning of a word.</summary>
    private static string WordPiece(string word) => Letters(word) < IndexedLetters ? " " + word : word;

    private static bool IsPhoneLike(string word) => word.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/');

    /// <returns>The digits without what differs between spellings; null when it is no phone number.</returns>
    private static string? PhonePiece(string[] words, string? region)
    {
        var written = string.Join(' ', words);
        var digits = LeadSearchText.Digits(written);
        var fewest = written.AsSpan().ContainsAny('.', '/') ? FewestDigitsWithDots : written[0] is '0' or '+' or '(' ? FewestDigitsBehindPrefix : FewestPhoneDigits;
        var bare = digits.TrimStart('0');
        if (digits.Length < fewest || bare.Length < IndexedLetters)
            return null;
        // What is typed may be a part of a number that is valid by chance, so only spellings that change inner digits are read: 011…, +44 (0)…
        if (!PhoneNumber.TryParse(written, region, out var number))
            return bare;
        return number.WhatsAppDigits.EndsWith(bare, StringComparison.Ordinal) ? bare : number.WhatsAppDigits;
    }
}
