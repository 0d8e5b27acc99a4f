using System.Globalization;

namespace LeadDesk.Companies;

/// <param name="Code">What is stored.</param>
/// <param name="Name">What people read.</param>
public sealed record Choice(string Code, string Name);

/// <summary>ISO 3166 alpha-2 regions, as the system's locale data knows them.</summary>
public static class Regions
{
    private static readonly Lazy<IReadOnlyList<Choice>> Known = new(Read);

    /// <summary>By English name.</summary>
    public static IReadOnlyList<Choice> All => Known.Value;

    /// <returns>The region in capital letters; null when there is none of this name.</returns>
    public static string? Read(string? written)
    {
        var code = written?.Trim().ToUpperInvariant();
        return code is { Length: 2 } && All.Any(region => region.Code == code) ? code : null;
    }

    private static IReadOnlyList<Choice> Read() =>
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name))
            .Where(region => region.TwoLetterISORegionName is { Length: 2 } code && code.All(char.IsAsciiLetterUpper))
            .DistinctBy(region => region.TwoLetterISORegionName)
            .Select(region => new Choice(region.TwoLetterISORegionName, region.EnglishName))
            .OrderBy(region => region.Name, StringComparer.Ordinal),
    ];
}

/// <summary>IANA time zones.</summary>
public static class TimeZones
{
    private static readonly Lazy<IReadOnlyList<Choice>> Known = new(() =>
    [
        new Choice("UTC", "UTC"),
        .. TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.HasIanaId && zone.Id.Contains('/', StringComparison.Ordinal) && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))
            .Select(zone => new Choice(zone.Id, zone.Id.Replace('_', ' ')))
            .OrderBy(zone => zone.Code, StringComparer.Ordinal),
    ]);

    public static IReadOnlyList<Choice> All => Known.Value;

    /// <returns>The zone's IANA name; null when there is none of this name.</returns>
    public static string? Read(string? written) =>
        written?.Trim() is { Length: > 0 and <= 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId ? zone.Id : null;
}
