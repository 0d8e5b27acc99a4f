using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Ui;

/// <summary>
/// Sentences that Core keeps in English with names and numbers in them, in the reader's language: why a lead was left out of a change, why a
/// row of a file was refused, what an undo left. Rows that were written long ago are read like new ones, and programs go on to get the English.
/// </summary>
internal static partial class StoredSentences
{
    /// <summary>As Core writes them, with {0} and on where it puts names and numbers; the translations stand under the same words.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        "{0} owns it.",
        "{0} helps with it already.",
        "It has {0} helpers. Remove somebody first.",
        "Its {0} was changed since.",
        "It belongs to {0} already.",
        "It has {0} tags. Remove one first.",
        "{0} cannot see this lead. Ask the person to help with it first.",
        "It has {0} open follow-ups. End some of them first.",
        "This lead was merged into lead {0}. Work on that one.",
        "Changed since the import and left as it is: {0}",
        "The same person as in row {0}",
        "The row has {0} cells and the table {1} columns: a separator stands in a text without quotes. Put the text in quotes.",
        "“{0}” in column “{1}” cannot be read as a date ({2}). Correct it, or choose another order of day, month and year.",
        "“{0}” in column “{1}” does not fit the field “{2}”. {3}",
        "“{0}” in column “{1}” cannot be read as an amount.",
        "Excel has shortened the phone to {0}; its last digits are lost. Format the column as text in the original and export it again.",
        "Neither the phone “{0}” nor the e-mail “{1}” can be used. Correct one of them.",
        "“{0}” is no phone number that can be called, and there is no e-mail. Write it with its country code, such as +44 20 7946 0958.",
        "“{0}” is no e-mail address, and there is no phone. Write it like name@example.com.",
        "The import of {0} was reverted",
        "Named in {0}",
    ];

    private static readonly (string Pattern, Regex Words)[] Known = [.. Patterns.Select(pattern => (pattern, WordsOf(pattern)))];

    /// <returns>The sentence itself where there is no translation.</returns>
    public static string Of(IStringLocalizer<Texts> texts, string sentence)
    {
        if (texts[sentence] is { ResourceNotFound: false } whole)
            return whole;
        foreach (var (pattern, words) in Known)
        {
            if (words.Match(sentence) is { Success: true } match)
                return texts[pattern, [.. match.Groups.Values.Skip(1).Select(group => (object)Argument(texts, group.Value))]];
        }

        return sentence;
    }

    /// <summary>Facts of a lead are named in small letters, several with commas between them; what follows a reason may be a sentence of its own.</summary>
    private static string Argument(IStringLocalizer<Texts> texts, string written)
    {
        if (texts[written] is { ResourceNotFound: false } sentence && written.EndsWith('.'))
            return sentence.Value;
        return written.Length > 0 && SmallWords.IsMatch(written) ? string.Join(", ", written.Split(", ").Select(word => Small(texts, word))) : written;
    }

    private static string Small(IStringLocalizer<Texts> texts, string word) =>
        texts[char.ToUpperInvariant(word[0]) + word[1..]] is { ResourceNotFound: false, Value: { Length: > 0 } known } ? char.ToLower(known[0], CultureInfo.CurrentUICulture) + known[1..] : word;

    private static Regex WordsOf(string pattern) =>
        new($"^{PlaceOf.Replace(Regex.Escape(pattern), "(.*?)")}$", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\\\{[0-9]\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceOf { get; }

    [GeneratedRegex("^[a-z]+( [a-z]+)*(, [a-z]+( [a-z]+)*)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SmallWords { get; }
}
