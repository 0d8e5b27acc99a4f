using LeadDesk.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeadDesk.Data;

/// <summary>Brings the database to this program's version on start, one process at a time.</summary>
public static partial class Migrator
{
    /// <summary>Any number; all versions of LeadDesk must use the same one.</summary>
    private const long AdvisoryLock = 0x4C656164_4465736B;

    /// <summary>About a minute, at 50 ms.</summary>
    private const int SqliteLockAttempts = 1200;

    public static async Task MigrateAsync(Database database, ILogger logger, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        await using IAsyncDisposable turn = database.Engine is DatabaseEngine.Sqlite
            ? await SqliteFileLockAsync(database.ConnectionString, cancellationToken)
            : await PostgresLockAsync(database.ConnectionString, cancellationToken);
        if (database.Engine is DatabaseEngine.Sqlite)
            await PrepareSqliteAsync(context, cancellationToken);

        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count is 0)
            return;
        await context.Database.MigrateAsync(cancellationToken);
        LogMigrated(logger, pending.Count, pending[^1]);
    }

    private static async Task PrepareSqliteAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        // EF Core's own lock row stays behind when a process dies while migrating. We hold the file lock, so it is stale.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
    }

    private static async Task<FileStream> SqliteFileLockAsync(string connectionString, CancellationToken cancellationToken)
    {
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connectionString).DataSource + ".lock";
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException exception) when (attempt < SqliteLockAttempts && exception.GetType() == typeof(IOException))
            {
                // Another process holds it. A missing folder has a type of its own and ends this at once.
                await retry.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    private static async Task<NpgsqlConnection> PostgresLockAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Not from the pool: a pooled connection keeps its session, and so the lock, until somebody uses it again.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_advisory_lock({AdvisoryLock})";
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    [LoggerMessage(LogLevel.Information, "Applied {Count} database migrations, now at {Last}.")]
    private static partial void LogMigrated(ILogger logger, int count, string last);
}
