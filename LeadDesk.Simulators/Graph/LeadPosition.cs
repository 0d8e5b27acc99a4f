using System.Globalization;
using System.Text;

namespace LeadDesk.Simulators.Graph;

/// <summary>Where a lead stands in its form's list. Written as an opaque cursor it stays right while new leads arrive.</summary>
internal readonly record struct LeadPosition(long Seconds, string Id)
{
    /// <summary>All of Graph's cursors look like this.</summary>
    private const string Prefix = "QVFIU";

    public static LeadPosition Of(SimulatedLead lead) => new(new DateTimeOffset(lead.CreatedAt).ToUnixTimeSeconds(), lead.Id);

    public string ToCursor() =>
        Prefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seconds} {Id}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <returns>Null when this is no cursor.</returns>
    public static LeadPosition? FromCursor(string cursor)
    {
        if (!cursor.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var base64 = cursor[Prefix.Length..].Replace('-', '+').Replace('_', '/');
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(' ');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? new LeadPosition(seconds, parts[1]) : null;
    }

    private int CompareWith(LeadPosition other) => Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : string.CompareOrdinal(Id, other.Id);

    /// <summary>The index of the first lead that stands behind the position.</summary>
    public static int FirstAfter(List<SimulatedLead> leads, LeadPosition position) => First(leads, lead => Of(lead).CompareWith(position) > 0);

    /// <summary>The index of the first lead that stands at or behind the position.</summary>
    public static int FirstNotBefore(List<SimulatedLead> leads, LeadPosition position) => First(leads, lead => Of(lead).CompareWith(position) >= 0);

    /// <param name="isIn">False for all leads up to some point, then true.</param>
    private static int First(List<SimulatedLead> leads, Func<SimulatedLead, bool> isIn)
    {
        int low = 0, high = leads.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isIn(leads[middle])) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
