using System.Globalization;
using LeadDesk.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Bench.Running;

/// <summary>A database of its own for one measurement, with the data folder of the app that uses it.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const string FileName = "leaddesk.db";
    private const string KeptName = "leaddesk_bench_kept";

    private readonly string? server;
    private readonly bool isKept;

    private BenchDatabase(DatabaseEngine engine, string folder, string connectionString, string? server, bool isKept = false)
    {
        (Engine, Folder, ConnectionString, this.server, this.isKept) = (engine, folder, connectionString, server, isKept);
        if (!isKept)
            AppDomain.CurrentDomain.ProcessExit += DeleteOnExit;
    }

    public DatabaseEngine Engine { get; }

    public string Folder { get; }

    public string ConnectionString { get; }

    public static string NameOf(DatabaseEngine engine) => engine is DatabaseEngine.Sqlite ? "SQLite" : "PostgreSQL";

    /// <summary>How many leads a database that stays was filled with; 0 while it is not.</summary>
    public int Filled
    {
        get => isKept && File.Exists(FilledPath) ? int.Parse(File.ReadAllText(FilledPath), CultureInfo.InvariantCulture) : 0;
        set
        {
            if (isKept)
                File.WriteAllText(FilledPath, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private string FilledPath => Path.Combine(Folder, "filled");

    /// <summary>One that stays; empty when it was not filled to its end.</summary>
    public static BenchDatabase KeptSqlite(string folder)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "sqlite")).FullName;
        var database = new BenchDatabase(DatabaseEngine.Sqlite, own, $"Data Source={Path.Combine(own, FileName)}", null, isKept: true);
        if (database.Filled is 0)
            Directory.GetFiles(own).ToList().ForEach(File.Delete);
        return database;
    }

    /// <inheritdoc cref="KeptSqlite" />
    /// <param name="server">Of a database that may create others.</param>
    public static async Task<BenchDatabase> KeptPostgresAsync(string server, string folder)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName;
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = KeptName }.ConnectionString;
        var database = new BenchDatabase(DatabaseEngine.Postgres, own, connectionString, server, isKept: true);
        if (database.Filled is 0)
        {
            await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {KeptName} WITH (FORCE)");
            await ExecuteAsync(server, $"CREATE DATABASE {KeptName} TEMPLATE template0 ENCODING 'UTF8'");
        }

        return database;
    }

    public static BenchDatabase CreateSqlite()
    {
        var folder = CreateFolder();
        return new BenchDatabase(DatabaseEngine.Sqlite, folder, $"Data Source={Path.Combine(folder, FileName)}", null);
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
        if (isKept)
            return;
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
