using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LeadDesk.Data.Sqlite;

/// <summary>
/// How every SQLite connection is opened. WAL lets readers go on while somebody writes; synchronous=FULL makes a commit
/// survive a power cut, because what was answered with 2xx must not be lost.
/// </summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    /// <summary>
    /// busy_timeout is how long another process's lock is waited for before the caller gets 503 (milliseconds);
    /// cache_size is KiB when negative. A checkpoint every 64 MiB instead of every 4: the intake touches the same index pages
    /// again and again, so copying them back rarely costs less; durability is the log's, not the checkpoint's.
    /// </summary>
    public const string Settings =
        "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=16000; PRAGMA mmap_size=1073741824;";

    public static string Complete(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 5, Pooling = true }.ConnectionString;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Configure(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Configure(connection);
        return Task.CompletedTask;
    }

    private static void Configure(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        SqlText.Register((SqliteConnection)connection);
    }
}
