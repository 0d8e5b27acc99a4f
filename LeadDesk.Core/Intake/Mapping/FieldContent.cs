using System.Collections.Frozen;
using LeadDesk.Common;

namespace LeadDesk.Intake.Mapping;

/// <summary>What an answer looks like, whatever its field is called.</summary>
internal static class FieldContent
{
    /// <summary>From here on a text with spaces is something that somebody wrote, not one of his particulars.</summary>
    private const int LongText = 60;

    private static readonly FrozenSet<string> YesWords = FrozenSet.Create(StringComparer.Ordinal,
        "1", "on", "yes", "y", "true", "t", "checked", "accepted", "accept", "agree", "agreed", "i agree", "ok", "granted", "opted in", "evet", "kabul", "onayliyorum", "kabul ediyorum",
        "si", "acepto", "oui", "accepte", "ja", "sim", "aceito", "da", "да", "نعم", "اوافق", "haan", "han", "ji", "हाँ", "✓", "✔", "x");

    private static readonly FrozenSet<string> NoWords = FrozenSet.Create(StringComparer.Ordinal,
        "", "0", "off", "no", "n", "false", "f", "unchecked", "declined", "rejected", "denied", "none", "null", "hayir", "non", "nein", "nao", "нет", "لا", "nahi", "nahin", "नहीं");

    public static bool IsYes(string value) => YesWords.Contains(SearchText.Fold(value));

    public static bool IsNo(string value) => NoWords.Contains(SearchText.Fold(value));

    public static bool IsYesOrNo(string value) => IsYes(value) || IsNo(value);

    public static bool IsEmail(string value) => value.Contains('@', StringComparison.Ordinal) && EmailAddress.TryNormalise(value, out _);

    public static bool HasLetters(string value) => value.Any(char.IsLetter);

    /// <summary>Text of several words, as people write in a large box.</summary>
    public static bool IsText(string value) => value.Contains('\n', StringComparison.Ordinal) || (value.Length >= LongText && value.Count(char.IsWhiteSpace) >= 5);

    /// <summary>Digits with what people put between them.</summary>
    /// <param name="sure">It is written as only phone numbers are: <c>+92 300 1234567</c>, <c>0092…</c>, <c>tel:</c>, <c>p:+…</c>.</param>
    public static bool IsPhone(string value, out bool sure)
    {
        sure = false;
        var text = value.AsSpan().Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["tel:", "p:", "whatsapp:"])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                text = text[prefix.Length..].TrimStart();
        }

        var (digits, marks) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsDigit(c))
                digits++;
            else if (c is ' ' or '-' or '(' or ')' or '.' or '/' or '+' or '\u00A0' or '＋')
                marks++;
            else
                return false;
        }

        var plus = text.Length > 0 && text[0] is '+' or '＋';
        sure = (plus || text.StartsWith("00")) && digits is >= 8 and <= 17;
        // Eight digits are more often a date.
        return sure || (digits is >= 9 and <= 13 && marks <= 6 && !PhoneLikeDate(text));
    }

    /// <summary>Whether it could be meant as a phone number at all, though written oddly.</summary>
    public static bool HasPhoneDigits(string value) => value.Count(char.IsDigit) is >= 5 and <= 24 && value.Length <= PhoneNumber.MaxWrittenLength;

    private static bool PhoneLikeDate(ReadOnlySpan<char> text) =>
        text.Length >= 10 && text[4] is '-' or '/' or '.' && text[7] == text[4] && char.IsAsciiDigit(text[0]) && text[0] is '1' or '2';
}
