using System.Globalization;

namespace LeadDesk.Companies;

/// <summary>ISO 4217 currencies, as the system's locale data knows them.</summary>
public static class Currencies
{
    private static readonly Lazy<IReadOnlyList<Choice>> Known = new(() =>
    [
        .. Places().Where(place => place.ISOCurrencySymbol is { Length: 3 } code && code.All(char.IsAsciiLetterUpper) && code is not "XXX")
            .DistinctBy(place => place.ISOCurrencySymbol)
            .Select(place => new Choice(place.ISOCurrencySymbol, $"{place.ISOCurrencySymbol} – {place.CurrencyEnglishName}"))
            .OrderBy(currency => currency.Code, StringComparer.Ordinal),
    ]);

    private static readonly Lazy<ILookup<string, string>> Signs = new(() =>
        Places().Where(place => place.CurrencySymbol is { Length: > 0 } sign && !sign.All(char.IsAsciiLetter))
            .DistinctBy(place => (place.ISOCurrencySymbol, place.CurrencySymbol))
            .OrderByDescending(place => place.CurrencySymbol.Length)
            .ToLookup(place => place.ISOCurrencySymbol, place => place.CurrencySymbol, StringComparer.Ordinal));

    /// <summary>By code.</summary>
    public static IReadOnlyList<Choice> All => Known.Value;

    /// <returns>The currency in capital letters; null when there is none of this name.</returns>
    public static string? Read(string? written)
    {
        var code = written?.Trim().ToUpperInvariant();
        return code is { Length: 3 } && All.Any(currency => currency.Code == code) ? code : null;
    }

    /// <summary>What is paid with in a region; dollars where that is not known.</summary>
    public static string OfRegion(string region) => Read(Places().FirstOrDefault(place => place.TwoLetterISORegionName == region)?.ISOCurrencySymbol) ?? "USD";

    /// <summary>Signs people write for a currency, the longest first: <c>US$</c>, <c>$</c>.</summary>
    internal static IEnumerable<string> SignsOf(string currency) => Signs.Value[currency];

    private static IEnumerable<RegionInfo> Places() => CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(culture => new RegionInfo(culture.Name));
}
