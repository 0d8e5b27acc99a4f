using System.Globalization;
using LeadDesk.Common;

namespace LeadDesk.Leads.Fields;

/// <summary>The options of choice fields.</summary>
public static class CustomFieldOptions
{
    public const int Most = 500;
    public const int LongestName = 100;

    /// <summary>What separates several choices in one text; no option's name holds one.</summary>
    internal static readonly char[] Separators = [';', '|', '\n'];

    public static IReadOnlyList<CustomFieldOption> Of(CustomField field) => JsonList.Read<CustomFieldOption>(field.Options);

    /// <summary>By its name folded, else by its id.</summary>
    public static CustomFieldOption? Find(IReadOnlyList<CustomFieldOption> options, string written)
    {
        var folded = SearchText.Fold(written);
        return options.FirstOrDefault(option => SearchText.Fold(option.Name) == folded)
            ?? (int.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? options.FirstOrDefault(option => option.Id == id) : null);
    }

    /// <summary>Several choices in one text: <c>red; blue</c> or <c>red, blue</c>.</summary>
    /// <returns>In the options' order, each once; or the first part that is none of them.</returns>
    internal static (IReadOnlyList<CustomFieldOption> Chosen, string? Unknown) Several(IReadOnlyList<CustomFieldOption> options, string written)
    {
        var chosen = new HashSet<CustomFieldOption>();
        foreach (var part in Parts(written, Separators))
        {
            // A name may hold a comma itself.
            if (Find(options, part) is { } whole)
            {
                chosen.Add(whole);
                continue;
            }

            foreach (var piece in Parts(part, [',']))
            {
                if (Find(options, piece) is not { } option)
                    return ([], piece);
                chosen.Add(option);
            }
        }

        return ([.. options.Where(chosen.Contains)], null);
    }

    private static string[] Parts(string text, char[] separators) => text.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
