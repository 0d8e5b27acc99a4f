using System.Globalization;

namespace LeadDesk.Web.Leads;

/// <summary>How long a call took, as people write it: <c>4:30</c>, <c>1:05:00</c>, or minutes alone.</summary>
internal static class CallLength
{
    private const int MostParts = 3;

    /// <param name="seconds">Null when nothing was written.</param>
    public static bool TryRead(string? text, out int? seconds)
    {
        seconds = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var parts = text.Trim().Split(':');
        if (parts.Length > MostParts)
            return false;
        var total = 0L;
        foreach (var (at, part) in parts.Index())
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 9999 || (at > 0 && number > 59))
                return false;
            total = (total * 60) + number;
        }

        total *= parts.Length is 1 ? 60 : 1;
        if (total > int.MaxValue)
            return false;
        seconds = (int)total;
        return true;
    }

    /// <summary><c>4:30</c>, or <c>1:05:00</c> from an hour.</summary>
    public static string Words(int seconds) => TimeSpan.FromSeconds(seconds) is { TotalHours: >= 1 } length
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
}
