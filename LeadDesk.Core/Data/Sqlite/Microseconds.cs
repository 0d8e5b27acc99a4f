namespace LeadDesk.Data.Sqlite;

/// <summary>How SQLite stores a UTC time: microseconds since 1970-01-01.</summary>
internal static class Microseconds
{
    public static long From(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTime ToDateTime(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
