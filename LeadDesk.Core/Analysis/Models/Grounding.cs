using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LeadDesk.Analysis.Models;

/// <summary>Keeps of a model's claimed facts only what stands in the customer's text.</summary>
internal static partial class Grounding
{
    private const int ShortestFact = 2;
    private const int ShortestPhone = 6;
    private const CompareOptions Loose = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreWidth | CompareOptions.IgnoreKanaType;

    public static ExtractedData Keep(ExtractedData claimed, string text)
    {
        if (claimed == ExtractedData.None) return claimed;
        var source = Plain(text);
        var numbers = NumbersIn(source);
        var budget = claimed.BudgetAmount is { } amount && numbers.Contains(amount) ? claimed.BudgetAmount : null;
        return new ExtractedData(
            Written(claimed.Product, source),
            claimed.Quantity is { } quantity && numbers.Contains(quantity) ? claimed.Quantity : null,
            budget,
            budget is not null && claimed.BudgetCurrency is { } code && CurrencyWords.AreIn(source, code) ? code : null,
            Written(claimed.Date, source),
            Written(claimed.Place, source),
            Contact(claimed.Contact, source));
    }

    /// <summary>Whether the words stand in the text; case, accents, width and the kind of white space do not matter.</summary>
    private static bool Contains(string source, string words) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(source, words, Loose) >= 0;

    /// <summary>
    /// Every number that can be read out of the text. Separators are read both ways (1.500 is 1500 and 1.5), groups with spaces
    /// together and apart, and a following "k", "lakh", "milyon" also multiplied.
    /// </summary>
    internal static HashSet<decimal> NumbersIn(string source)
    {
        var numbers = new HashSet<decimal>();
        foreach (Match match in NumberPattern().Matches(source))
        {
            var written = match.Groups["number"].Value;
            var factor = Factor(match.Groups["unit"].Value);
            foreach (var piece in (string[])[written.Replace(" ", "", StringComparison.Ordinal), .. written.Split(' ')])
            {
                foreach (var number in Readings(piece))
                {
                    numbers.Add(number);
                    if (number < 1_000_000_000) numbers.Add(number * factor);
                }
            }
        }

        return numbers;
    }

    private static string? Written(string? fact, string source) =>
        fact is { Length: >= ShortestFact } && fact.Any(char.IsLetterOrDigit) && Contains(source, Plain(fact)) ? fact : null;

    private static string? Contact(string? contact, string source)
    {
        if (contact is null || contact.Contains('@', StringComparison.Ordinal)) return Written(contact, source);
        var digits = Digits(Plain(contact));
        return digits.Length >= ShortestPhone && PhonePattern().Matches(source).Any(run => Digits(run.Value).Contains(digits, StringComparison.Ordinal))
            ? contact
            : null;
    }

    private static IEnumerable<decimal> Readings(string piece)
    {
        if (decimal.TryParse(Digits(piece), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) yield return whole;
        var separator = piece.LastIndexOfAny(['.', ',', '٫']);
        if (separator > 0
            && decimal.TryParse($"{Digits(piece[..separator])}.{Digits(piece[separator..])}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parts))
            yield return parts;
    }

    private static decimal Factor(string unit) => unit.ToLowerInvariant() switch
    {
        "k" or "thousand" or "mil" or "bin" or "mille" or "tausend" or "hazar" or "hazaar" or "ألف" or "الف" or "ہزار" => 1_000,
        "lakh" or "lac" or "لاکھ" => 100_000,
        "m" or "mn" or "mio" or "million" or "millions" or "millón" or "millones" or "milhão" or "milhões" or "milyon" or "millionen" or "مليون" or "ملین" => 1_000_000,
        "crore" or "کروڑ" => 10_000_000,
        _ => 1,
    };

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>One form for compatibility characters, ASCII digits in place of every script's own, single spaces.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in Normalised(text))
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit) plain.Append((char)('0' + digit));
            else if (!char.IsWhiteSpace(c)) plain.Append(c);
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>A text with half a surrogate pair cannot be normalised; the broken half becomes a replacement character.</summary>
    private static string Normalised(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormKC);

    [GeneratedRegex(@"(?<number>\d(?:[\d.,'’٬٫ ]{0,30}\d)?) ?(?<unit>\p{L}+)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\d[\d .()/-]{4,30}\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhonePattern();
}
