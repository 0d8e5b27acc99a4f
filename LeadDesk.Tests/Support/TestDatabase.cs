using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LeadDesk.Tests.Support;

/// <summary>
/// A fresh database of its own, gone after disposal: a file in a temporary folder, or a database on the PostgreSQL server that
/// test.sh started. Migrated once per run; each further one is a copy.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<ValueTask> _drop;

    private TestDatabase(string connectionString, Func<ValueTask> drop)
    {
        ConnectionString = connectionString;
        Database = new Database(connectionString);
        _drop = drop;
    }

    public string ConnectionString { get; }

    public Database Database { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseEngine engine)
    {
        if (engine is DatabaseEngine.Postgres)
        {
            var name = PostgresServer.NewName();
            await PostgresServer.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {await PostgresServer.MigratedTemplate.Value}");
            return Postgres(name);
        }

        var folder = Directory.CreateTempSubdirectory("leaddesk-test-");
        var file = Path.Combine(folder.FullName, "leaddesk.db");
        File.Copy(await SqliteTemplate.Migrated.Value, file);
        return Sqlite(folder, file);
    }

    /// <summary>Without tables, for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseEngine engine)
    {
        if (engine is DatabaseEngine.Postgres)
        {
            var name = PostgresServer.NewName();
            await PostgresServer.ExecuteAsync($"CREATE DATABASE {name}");
            return Postgres(name);
        }

        var folder = Directory.CreateTempSubdirectory("leaddesk-test-");
        return Sqlite(folder, Path.Combine(folder.FullName, "leaddesk.db"));
    }

    /// <summary>A second door to the same database, as another process would have it.</summary>
    public Database OpenAnother() => new(ConnectionString);

    /// <summary>A context across companies, for arranging and for looking at the result.</summary>
    public AppDbContext OpenAll() => Database.Open(CompanyScope.Installation);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _drop();
    }

    internal static string SqliteConnectionString(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;

    private static TestDatabase Postgres(string name) =>
        new(PostgresServer.ConnectionStringTo(name), async () => await PostgresServer.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"));

    private static TestDatabase Sqlite(DirectoryInfo folder, string file) =>
        new(SqliteConnectionString(file), () =>
        {
            // On Linux an open file may be removed; what the pool still holds ends with the process.
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
}

/// <summary>The databases of a test class, one for each engine, made when first asked for.</summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private readonly Dictionary<DatabaseEngine, TestDatabase> _databases = [];

    /// <summary>Not for tests that run side by side; xunit runs those of one class in turn.</summary>
    public async Task<TestDatabase> OnAsync(DatabaseEngine engine)
    {
        if (!_databases.TryGetValue(engine, out var database))
            _databases[engine] = database = await TestDatabase.CreateAsync(engine);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases.Values)
            await database.DisposeAsync();
    }
}

internal static class SqliteTemplate
{
    public static readonly Lazy<Task<string>> Migrated = new(async () =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("leaddesk-template-").FullName, "leaddesk.db");
        var connectionString = TestDatabase.SqliteConnectionString(file);
        await using (var database = new Database(connectionString))
            await Migrator.MigrateAsync(database, NullLogger.Instance, CancellationToken.None);
        // Closing the last connection folds the write-ahead log into the file, so that a copy of the file is whole.
        SqliteConnection.ClearAllPools();
        return file;
    });
}

internal static class PostgresServer
{
    private const string Variable = "LEADDESK_TEST_POSTGRES";

    public static readonly Lazy<Task<string>> MigratedTemplate = new(async () =>
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name}");
        await using var database = new Database(ConnectionStringTo(name));
        await Migrator.MigrateAsync(database, NullLogger.Instance, CancellationToken.None);
        return name;
    });

    public static string NewName() => $"leaddesk_test_{Guid.NewGuid():N}";

    public static string ConnectionStringTo(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 30 }.ConnectionString;

    public static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Server =>
        Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"This test needs PostgreSQL. Run ./test.sh, which starts a server and names it in {Variable}.");
}

/// <summary>Removes the templates at the end of the run.</summary>
public sealed class TemplateCleanup : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (PostgresServer.MigratedTemplate is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await PostgresServer.ExecuteAsync($"DROP DATABASE IF EXISTS {await PostgresServer.MigratedTemplate.Value} WITH (FORCE)");
        if (SqliteTemplate.Migrated is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            Directory.Delete(Path.GetDirectoryName(await SqliteTemplate.Migrated.Value)!, recursive: true);
    }
}
