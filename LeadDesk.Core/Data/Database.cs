using LeadDesk.Companies;
using LeadDesk.Data.Postgres;
using LeadDesk.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LeadDesk.Data;

public enum DatabaseEngine
{
    Sqlite,
    Postgres,
}

/// <summary>
/// The door to storage: a fresh context per operation, and one way to write.
/// <para>
/// SQLite takes one writer at a time, and its own waiting is neither fair nor quick. So all writes of this process
/// queue in order here (<see cref="EnterWriteAsync"/>), the shared-commit writer of the intake among them.
/// On PostgreSQL writers run side by side and a transaction that loses a race is repeated.
/// </para>
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int AttemptsAfterRaces = 5;

    private readonly SemaphoreSlim writers = new(1, 1);
    private readonly DbContextOptions<SqliteDbContext>? sqlite;
    private readonly DbContextOptions<PostgresDbContext>? postgres;
    private int longRuns;

    /// <param name="connectionString"><c>Data Source=…</c> is SQLite, <c>Host=…</c> is PostgreSQL.</param>
    public Database(string connectionString)
    {
        Engine = EngineOf(connectionString) ?? throw new ArgumentException("Neither a SQLite nor a PostgreSQL connection string.", nameof(connectionString));
        if (Engine is DatabaseEngine.Sqlite)
        {
            SqliteNative.PreferSystemLibrary();
            ConnectionString = SqliteConnections.Complete(connectionString);
            sqlite = new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite(ConnectionString).AddInterceptors(new SqliteConnections()).Options;
        }
        else
        {
            ConnectionString = connectionString;
            Source = PostgresConnections.CreateSource(connectionString);
            postgres = new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(Source).Options;
        }
    }

    public DatabaseEngine Engine { get; }

    internal string ConnectionString { get; }

    /// <summary>PostgreSQL's connections; null on SQLite.</summary>
    internal NpgsqlDataSource? Source { get; }

    /// <summary>Whether this process writes very many rows just now; who follows behind the changes keeps back meanwhile.</summary>
    internal bool HasLongRun => Volatile.Read(ref longRuns) > 0;

    public static DatabaseEngine? EngineOf(string? connectionString)
    {
        if (connectionString is null)
            return null;
        var keys = connectionString.Split(';').Select(pair => pair.Split('=')[0].Trim().ToUpperInvariant()).ToHashSet();
        if (keys.Contains("HOST") || keys.Contains("SERVER"))
            return DatabaseEngine.Postgres;
        return keys.Contains("DATA SOURCE") || keys.Contains("DATASOURCE") || keys.Contains("FILENAME") ? DatabaseEngine.Sqlite : null;
    }

    /// <summary>A context for reading. Writing goes through <c>WriteAsync</c>.</summary>
    public AppDbContext Open(CompanyScope scope)
    {
        AppDbContext context = sqlite is not null ? new SqliteDbContext(sqlite, scope) : new PostgresDbContext(postgres!, scope);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>A context over a PostgreSQL connection that is open already; the caller keeps and disposes the connection.</summary>
    internal static AppDbContext Open(CompanyScope scope, NpgsqlConnection connection)
    {
        var options = new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(connection).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
        return new PostgresDbContext(options, scope);
    }

    public AppDbContext Open(long companyId) => Open(CompanyScope.Of(companyId));

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it. On PostgreSQL it may run again after a lost race,
    /// so it must not act outside the context.
    /// </summary>
    public async Task<T> WriteAsync<T>(CompanyScope scope, Func<AppDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var turn = await EnterWriteAsync(cancellationToken);
            await using var context = Open(scope);
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            try
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                var result = await work(context);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (Exception exception) when (attempt < AttemptsAfterRaces && IsLostRace(exception))
            {
                // The other transaction is through now: read again and decide again.
            }
        }
    }

    public Task<T> WriteAsync<T>(long companyId, Func<AppDbContext, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(CompanyScope.Of(companyId), work, cancellationToken);

    /// <summary>Waits for this process's turn to write; at once on PostgreSQL. Dispose the turn when the transaction is over.</summary>
    internal async ValueTask<WriteTurn> EnterWriteAsync(CancellationToken cancellationToken)
    {
        if (Engine is DatabaseEngine.Postgres)
            return default;
        await writers.WaitAsync(cancellationToken);
        return new WriteTurn(writers);
    }

    /// <summary>
    /// Says that very many rows are about to be written in one go. On SQLite each change of the writer empties the other's page
    /// cache, so a run between which nobody else writes is quicker by a third. Dispose it when the run is over.
    /// </summary>
    internal LongRun EnterLongRun()
    {
        Interlocked.Increment(ref longRuns);
        return new LongRun(this);
    }

    internal void LeaveLongRun() => Interlocked.Decrement(ref longRuns);

    /// <summary>A version, unique key or serialisation conflict with a transaction that ran at the same time.</summary>
    internal static bool IsLostRace(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        { InnerException: { } inner } => IsLostRace(inner),
        _ => false,
    };

    /// <summary>The database cannot take work just now (locked, full, unreachable): HTTP 503, nothing was stored.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        // SQLite: busy, locked, read-only file, I/O error, full, cannot open.
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 } => true,
        SqliteStatementException { IsUnavailable: true } => true,
        PostgresException postgres => postgres.SqlState[..2] is "08" or "53" or "57" or "58" || postgres.SqlState is "25006" or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is System.Net.Sockets.SocketException or TimeoutException or IOException,
        { InnerException: { } inner } => IsUnavailable(inner),
        _ => false,
    };

    public async ValueTask DisposeAsync()
    {
        if (Source is not null)
            await Source.DisposeAsync();
        writers.Dispose();
    }
}

internal readonly struct LongRun(Database database) : IDisposable
{
    public void Dispose() => database.LeaveLongRun();
}

internal readonly struct WriteTurn(SemaphoreSlim? writers) : IDisposable
{
    public void Dispose() => writers?.Release();
}
