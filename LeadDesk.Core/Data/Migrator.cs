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

    public static async Task MigrateAsync(Database database, ILogger logger, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        await using IAsyncDisposable turn = database.Engine is DatabaseEngine.Sqlite
            ? SqliteFileLock(database.ConnectionString)
            : await PostgresLockAsync(database.Source!, cancellationToken);
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

    private static FileStream SqliteFileLock(string connectionString)
    {
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connectionString).DataSource;
        return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    private static async Task<NpgsqlConnection> PostgresLockAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_advisory_lock({AdvisoryLock})";
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancellationToken);
        // A pooled connection resets its session when it is returned, which gives the lock back.
        return connection;
    }

    [LoggerMessage(LogLevel.Information, "Applied {Count} database migrations, now at {Last}.")]
    private static partial void LogMigrated(ILogger logger, int count, string last);
}
