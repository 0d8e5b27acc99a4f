using LeadDesk.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Bench.Running;

/// <summary>A database of its own for one measurement, with the data folder of the app that uses it.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string? server;

    private BenchDatabase(DatabaseEngine engine, string folder, string connectionString, string? server)
    {
        (Engine, Folder, ConnectionString, this.server) = (engine, folder, connectionString, server);
        AppDomain.CurrentDomain.ProcessExit += DeleteOnExit;
    }

    public DatabaseEngine Engine { get; }

    public string Folder { get; }

    public string ConnectionString { get; }

    public static string NameOf(DatabaseEngine engine) => engine is DatabaseEngine.Sqlite ? "SQLite" : "PostgreSQL";

    public static BenchDatabase CreateSqlite()
    {
        var folder = CreateFolder();
        return new BenchDatabase(DatabaseEngine.Sqlite, folder, $"Data Source={Path.Combine(folder, "leaddesk.db")}", null);
    }

    /// <param name="server">Of a database that may create others.</param>
    public static async Task<BenchDatabase> CreatePostgresAsync(string server)
    {
        var name = $"leaddesk_bench_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        return new BenchDatabase(DatabaseEngine.Postgres, CreateFolder(), new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString, server);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= DeleteOnExit;
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(server, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A measurement that is broken off leaves no gigabytes behind.</summary>
    private void DeleteOnExit(object? sender, EventArgs arguments) => Directory.Delete(Folder, recursive: true);

    private static string CreateFolder() => Directory.CreateTempSubdirectory("leaddesk-bench-").FullName;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
