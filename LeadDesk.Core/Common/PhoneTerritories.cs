using System.Globalization;

namespace LeadDesk.Common;

/// <summary>All numbering plans, read from the embedded table when the first number is.</summary>
internal static class PhoneTerritories
{
    private const string ResourceName = "LeadDesk.Common.PhoneTerritories.txt";
    private const int MaxCallingCodeLength = 3;

    // Calling codes are prefix-free, so that 1, 44 and 590 can stand in one list by their value.
    private static readonly PhoneTerritory[][] ByCallingCode = new PhoneTerritory[1000][];
    private static readonly Dictionary<string, PhoneTerritory> ByRegion = new(StringComparer.OrdinalIgnoreCase);

    static PhoneTerritories()
    {
        foreach (var sharing in ReadTable().GroupBy(territory => territory.CallingCode))
        {
            ByCallingCode[int.Parse(sharing.Key, CultureInfo.InvariantCulture)] = [.. sharing];
            foreach (var territory in sharing)
            {
                if (territory.Region is { } region) ByRegion.Add(region, territory);
            }
        }

        Regions = [.. ByRegion.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Region codes in alphabetical order.</summary>
    public static IReadOnlyList<string> Regions { get; }

    public static PhoneTerritory? OfRegion(string? region) => region is null ? null : ByRegion.GetValueOrDefault(region);

    /// <summary>The territories sharing the calling code the digits begin with, the main one first; empty when there is no such code.</summary>
    public static ReadOnlySpan<PhoneTerritory> OfCallingCode(ReadOnlySpan<char> digits)
    {
        if (digits is not [>= '1' and <= '9', ..]) return [];
        var code = 0;
        for (var i = 0; i < Math.Min(digits.Length, MaxCallingCodeLength); i++)
        {
            code = code * 10 + digits[i] - '0';
            if (ByCallingCode[code] is { } sharing) return sharing;
        }

        return [];
    }

    private static List<PhoneTerritory> ReadTable()
    {
        using var stream = typeof(PhoneTerritories).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"{ResourceName} is not embedded.");
        using var reader = new StreamReader(stream);
        var territories = new List<PhoneTerritory>();
        while (reader.ReadLine() is { } line)
        {
            if (line is ['#', ..]) continue;
            if (line is not ['\t', ..]) territories.Add(new(line));
            else if (line.Split('\t') is [_, var pattern, var template, var leadingDigits]) territories[^1].Add(new(pattern, template, leadingDigits));
            else throw new InvalidDataException($"Not a grouping: {line}");
        }

        return territories;
    }
}
