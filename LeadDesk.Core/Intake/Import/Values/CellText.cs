using System.Collections.Frozen;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Import.Values;

/// <summary>Undoes what spreadsheets and exports do to texts. Pure.</summary>
internal static class CellText
{
    private static readonly FrozenSet<string> Nothing = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "-", "--", "---", "–", "—", "n/a", "na/", "null", "(null)", "nil", "nan", "none", "\\N", "(blank)", "(empty)", "undefined",
        "#N/A", "#NA", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!", "#CALC!", "#GETTING_DATA",
        "#YOK", "#BAŞV!", "#DEĞER!", "#SAYI/0!", "#AD?", "#BOŞ!", "#SAYI!", "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#¡REF!", "#¡VALOR!", "#N/D", "#¿NOMBRE?", "#¡DIV/0!", "#VALEUR!", "#NOM?", "#NOMBRE!");

    /// <summary>Without outer space, Excel's mark for text (<c>'0532…</c>, <c>="0532…"</c>) and what cannot be stored; empty for what says nothing, such as <c>#N/A</c>.</summary>
    public static string Clean(string cell)
    {
        if (cell.Length is 0)
            return cell;
        var text = MappedText.Clean(cell);
        if (text.Length > 2 && text[0] is '=' && text[1] is '"' && text[^1] is '"')
            text = text[2..^1].Trim();
        if (text.Length > 1 && text[0] is '\'' && text[1] is (>= '0' and <= '9') or '+' or '=' or '-' or '@')
            text = text[1..].Trim();
        return IsNothing(text) ? "" : text;
    }

    /// <summary>Meta's exports put a letter in front of ids and phones, so that spreadsheets leave them alone: <c>l:428…</c>, <c>p:+90…</c>.</summary>
    public static string WithoutMetaPrefix(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon is 1 or 2 && text.Length > colon + 1 && IsMetaPrefix(text.AsSpan(0, colon)) && (char.IsDigit(text[colon + 1]) || text[colon + 1] is '+') ? text[(colon + 1)..] : text;
    }

    public static bool HasMetaPrefix(string text) => !ReferenceEquals(WithoutMetaPrefix(text), text);

    private static bool IsMetaPrefix(ReadOnlySpan<char> prefix) => prefix is "l" or "p" or "f" or "ag" or "as" or "c" or "z";

    private static bool IsNothing(string text) => text.Length <= 14 && (text.Length is 0 || text[0] is '#' or '-' or '–' or '—' or '(' or '\\' || char.ToLowerInvariant(text[0]) is 'n' or 'u') && Nothing.Contains(text);
}
