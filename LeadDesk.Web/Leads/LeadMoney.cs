using System.Globalization;

namespace LeadDesk.Web.Leads;

/// <summary>Amounts of money as people read them.</summary>
internal static class LeadMoney
{
    /// <param name="hundredths">Null is shown as nothing.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string? Show(long? hundredths, string currency) => hundredths is { } value
        ? string.Create(CultureInfo.CurrentCulture, $"{value / 100m:#,0.##} {currency}")
        : null;

    /// <summary>Rounded to what a heading has room for: <c>1.2M EUR</c>.</summary>
    public static string Short(long hundredths, string currency)
    {
        var units = hundredths / 100m;
        var (scaled, mark) = Math.Abs(units) switch
        {
            >= 1_000_000_000m => (units / 1_000_000_000m, "B"),
            >= 1_000_000m => (units / 1_000_000m, "M"),
            >= 10_000m => (units / 1_000m, "k"),
            _ => (units, ""),
        };
        return string.Create(CultureInfo.CurrentCulture, $"{scaled:#,0.#}{mark} {currency}");
    }
}
