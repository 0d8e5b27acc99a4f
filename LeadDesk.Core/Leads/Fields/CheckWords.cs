using System.Collections.Frozen;
using LeadDesk.Common;

namespace LeadDesk.Leads.Fields;

/// <summary>Yes and no as people, forms and spreadsheets write them, folded.</summary>
internal static class CheckWords
{
    private static readonly FrozenSet<string> YesWords = FrozenSet.Create(StringComparer.Ordinal,
        "yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "☑", "checked", "ja", "j", "wahr", "evet", "e", "dogru", "si", "s", "verdadero", "sim", "oui", "o", "vrai", "vero", "da", "да", "tak", "haan", "ہاں", "نعم", "yep", "ok");

    private static readonly FrozenSet<string> NoWords = FrozenSet.Create(StringComparer.Ordinal,
        "no", "n", "false", "f", "0", "off", "-", "unchecked", "nein", "falsch", "hayir", "h", "yanlis", "falso", "nao", "non", "faux", "nie", "нет", "net", "nahi", "لا", "nej", "nope");

    /// <returns>Null for a word that is neither.</returns>
    public static bool? Read(string written)
    {
        var folded = SearchText.Fold(written);
        return YesWords.Contains(folded) ? true : NoWords.Contains(folded) ? false : null;
    }
}
