using System.Globalization;
using System.Runtime.InteropServices;
using LeadDesk.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Bench.Reporting;

/// <summary>What the figures were measured on. Without it they mean nothing.</summary>
internal static class Machine
{
    /// <param name="postgres">Where to ask for the version; null when no PostgreSQL was used.</param>
    public static async Task<string> DescribeAsync(string? postgres)
    {
        var parts = new List<string>
        {
            $"{Processor()}, {Environment.ProcessorCount} cores",
            string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):0.#} GiB memory"),
            System(),
            RuntimeInformation.FrameworkDescription,
            $"SQLite {await SqliteAsync()}",
        };
        if (postgres is not null)
            parts.Add($"PostgreSQL {await PostgresAsync(postgres)}");
        return string.Join(", ", parts);
    }

    /// <summary>From <c>model name	: AMD EPYC 7B13</c>.</summary>
    private static string Processor() => Value("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>From <c>PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"</c>.</summary>
    private static string System() => Value("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription;

    private static string? Value(string file, string key, char separator) => !File.Exists(file)
        ? null
        : File.ReadLines(file).Where(line => line.StartsWith(key, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim()).FirstOrDefault();

    private static async Task<string> SqliteAsync()
    {
        SqliteNative.PreferSystemLibrary();
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        return connection.ServerVersion;
    }

    private static async Task<string> PostgresAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection.PostgreSqlVersion.ToString();
    }
}
