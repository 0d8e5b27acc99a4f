using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>Takes an address in one cell apart: <c>Atatürk Cad. 5, 34000 İstanbul, Türkiye</c>. Pure.</summary>
internal static class FullAddresses
{
    /// <summary>The last part without a number is the country, the one before it (without its post code) the city; the rest stays the address.</summary>
    public static (string Address, string? City, string? Country) Split(string text)
    {
        var parts = text.Split([',', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (parts.Count < 2)
            return (text, null, null);
        string? country = null;
        if (parts.Count > 2 && !parts[^1].Any(char.IsDigit))
        {
            country = parts[^1];
            parts.RemoveAt(parts.Count - 1);
        }

        var city = string.Join(' ', parts[^1].Split(' ').Where(static word => !word.Any(char.IsDigit)));
        parts.RemoveAt(parts.Count - 1);
        return (string.Join(", ", parts), city.Length > 0 && FieldContent.HasLetters(city) ? city : null, country);
    }
}
