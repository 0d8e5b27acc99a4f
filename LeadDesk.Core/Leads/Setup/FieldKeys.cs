using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Leads.Setup;

/// <summary>The words of custom fields in JSON, filters and imports: <c>budget</c>, <c>move_in_date</c>.</summary>
internal static class FieldKeys
{
    public const int Longest = 40;

    /// <summary>Words that mean something else of a lead already.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. StageRules.Words, "id", "version", "score", "grade", "quality", "status", "stage", "pipeline", "tags", "tag", "channel", "message", "created", "created_at", "owner_id", "custom", "metadata", "external_id",
            "intent", "urgency", "region", "company", "search", "sort", "limit", "cursor", "marks", "response", "activity", "address", "consent", "follow_up", "helpers", "files", "notes", "sender_name", "first_name", "last_name",
        ]);

    public static bool IsReserved(string key) => Reserved.Contains(key);

    public static bool IsKey(string key) => key.Length is > 0 and <= Longest && char.IsAsciiLetterLower(key[0]) && key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_');

    /// <summary>Letters of the name without accents, the rest underscores; numbered where it is taken.</summary>
    public static string FromName(string name, IReadOnlyCollection<string> taken)
    {
        var text = new StringBuilder();
        foreach (var letter in SearchText.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                text.Append(letter);
            else if (text.Length > 0 && text[^1] is not '_')
                text.Append('_');
        }

        var word = text.ToString().Trim('_');
        if (word.Length is 0 || !char.IsAsciiLetter(word[0]))
            word = "field" + (word.Length is 0 ? "" : "_" + word);
        word = word.Length > Longest - 4 ? word[..(Longest - 4)].TrimEnd('_') : word;
        var key = word;
        for (var number = 2; IsReserved(key) || taken.Contains(key); number++)
            key = string.Create(CultureInfo.InvariantCulture, $"{word}_{number}");
        return key;
    }
}
