using System.Globalization;

namespace LeadDesk.Bench.Reporting;

/// <summary>How numbers stand in the tables.</summary>
internal static class Figures
{
    /// <summary><c>12,345</c></summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds with three digits that count: <c>0.123</c>, <c>1.23</c>, <c>12.3</c>, <c>123</c>.</summary>
    public static string Milliseconds(double value) =>
        value.ToString(value switch { < 1 => "0.000", < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);

    /// <summary>How many times <paramref name="floor"/> something is: <c>1.9×</c>; a dash when the floor is too small to be measured.</summary>
    public static string Ratio(double value, double floor) => floor > 0 ? (value / floor).ToString("0.0#", CultureInfo.InvariantCulture) + "×" : "–";

    public static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    public static string Megabytes(double bytes) => (bytes / (1024 * 1024)).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Whether a budget was kept, in the words of the tables.</summary>
    public static string Met(bool met) => met ? "yes" : "**no**";
}
