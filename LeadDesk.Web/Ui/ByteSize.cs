using System.Globalization;

namespace LeadDesk.Web.Ui;

/// <summary>Sizes as people read them.</summary>
internal static class ByteSize
{
    public static string Words(long bytes) => bytes switch
    {
        < 1 << 20 => string.Create(CultureInfo.CurrentCulture, $"{Math.Ceiling(bytes / 1024.0):0} KB"),
        < 1 << 30 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / (1024.0 * 1024 * 1024):0.##} GB"),
    };
}
