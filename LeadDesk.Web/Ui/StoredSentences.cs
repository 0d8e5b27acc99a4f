using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Ui;

/// <summary>
/// Sentences that Core writes in English with names and numbers in them, in the reader's language: what was refused, why a lead was left out of
/// a change, why a row of a file was, what an undo left. Rows that were written long ago are read like new ones, and programs go on to get the
/// English. Pages ask for them as for any other text.
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
        "{0} (Character {1} of the filter.)",
        "A company has at most {0} keys in use. Revoke one that is not needed any more.",
        "A company has at most {0} forms. Delete one that is not needed any more.",
        "A company has at most {0} connections. Delete one that is not needed any more.",
        "A company has at most {0} mailboxes. Delete one that is not needed any more.",
        "A company has at most {0} lost reasons. Rename one that is not needed any more.",
        "A company has at most {0} custom fields. Delete one that is not needed any more.",
        "A company has at most {0} pipelines. Delete one that is not needed any more.",
        "A pipeline has at most {0} stages. Delete one that is not needed any more.",
        "A company keeps at most {0} mappings. Delete one that is not needed any more.",
        "The company has {0} tags already. Merge or delete some.",
        "The company has {0} tags already. Use one of them, or have an admin merge some.",
        "Choose a password of at least {0} characters.",
        "Choose a password of at most {0} characters.",
        "At most {0} characters fit here.",
        "At most {0} characters fit here; this has {1}. Shorten it.",
        "At most {0} characters are allowed here; this has {1}.",
        "The text contains a character that cannot be stored ({0}). Remove it.",
        "The note contains a character that cannot be shown ({0}). Remove it.",
        "A note can have {0} characters; this one has {1}. Shorten it or split it in two.",
        "A comment can have {0} characters.",
        "At most {0} people can be mentioned in one note.",
        "A lead can have {0} helpers. Remove somebody first.",
        "A lead can have {0} files. Delete some first.",
        "A lead can have {0} tags. Remove one first.",
        "A tag's name can have {0} characters.",
        "This lead has {0} shared addresses already. Take one back first.",
        "This lead has {0} open follow-ups. End some of them first.",
        "The file is larger than {0} MB. Choose a smaller one.",
        "Amounts are in {0} here. Write the number alone.",
        "From {0} a lead goes nowhere else in this pipeline.",
        "Say why before the lead goes to {0}: choose a reason.",
        "Fill in {0} before the lead goes to {1}.",
        "Somebody else changed this lead; it is at version {0} now. Read it again and repeat your change.",
        "Lead {0} already has this {1}. Merge the two instead.",
        "Lead {0} was merged into lead {1} later. Undo that merge first.",
        "Choose between 2 and {0} leads to merge.",
        "At most {0} leads can be changed at once. Narrow the filter or send them in parts.",
        "At most {0} people can take turns.",
        "At most {0} leads can be chosen one by one. Use a filter and export all that match.",
        "You have {0} views, as many as one can keep. Delete one first.",
        "A view's name has at most {0} characters.",
        "The name contains a character that cannot be shown ({0}). Remove it.",
        "Give the mapping a name of at most {0} characters.",
        "A field can have {0} options.",
        "A key begins with a letter and has small letters, digits and underscores, at most {0}.",
        "Give 1 to {0} days, or 0 for the usual {1}.",
        "There is no custom field “{0}”. Add it under Settings, Fields, or choose another target.",
        "There is nobody “{0}” who can own leads. Give a name or an e-mail of the team.",
        "There is no field “{0}”.",
        "“{0}” is no number. Write digits, such as 60 or 1250.50.",
        "“{0}” is too large to compare with.",
        "“{0}” is neither yes nor no.",
        "This import was reverted already, on {0} UTC. There is nothing left to take back.",
    ];

    private static readonly (string Pattern, Regex Words)[] Known = [.. Patterns.Select(pattern => (pattern, WordsOf(pattern)))];

    /// <returns>Null when it is none of these.</returns>
    public static string? Find(IStringLocalizer texts, string sentence)
    {
        foreach (var (pattern, words) in Known)
        {
            if (words.Match(sentence) is { Success: true } match)
                return texts[pattern, [.. match.Groups.Values.Skip(1).Select((group, at) => (object)(IsQuoted(pattern, at) ? group.Value : Argument(texts, group.Value)))]];
        }

        return null;
    }

    /// <summary>What somebody wrote stands as it was written.</summary>
    private static bool IsQuoted(string pattern, int at) => pattern.Contains(string.Create(CultureInfo.InvariantCulture, $"“{{{at}}}”"), StringComparison.Ordinal);

    /// <summary>Facts of a lead are named in small letters, several with commas between them; what follows a reason may be a sentence of its own.</summary>
    private static string Argument(IStringLocalizer texts, string written)
    {
        if (written.EndsWith('.'))
            return texts[written] is { ResourceNotFound: false } sentence ? sentence : Find(texts, written) ?? written;
        return written.Length > 0 && SmallWords.IsMatch(written) ? string.Join(", ", written.Split(", ").Select(word => Small(texts, word))) : written;
    }

    private static string Small(IStringLocalizer texts, string word) =>
        texts[char.ToUpperInvariant(word[0]) + word[1..]] is { ResourceNotFound: false, Value: { Length: > 0 } known } ? char.ToLower(known[0], CultureInfo.CurrentUICulture) + known[1..] : word;

    private static Regex WordsOf(string pattern) =>
        new($"^{PlaceOf.Replace(Regex.Escape(pattern), "(.*?)")}$", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\\\{[0-9]\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceOf { get; }

    [GeneratedRegex("^[a-z]+( [a-z]+)*(, [a-z]+( [a-z]+)*)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SmallWords { get; }
}
