using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;

namespace LeadDesk.Bench;

/// <summary>What the sections share: the options, and one PostgreSQL that is started when the first of them needs it.</summary>
internal sealed class BenchRun(BenchOptions options) : IAsyncDisposable
{
    private PostgresServer? postgres;

    public BenchOptions Options => options;

    /// <summary>An empty database that is gone when the returned object is disposed.</summary>
    public async Task<BenchDatabase> CreateDatabaseAsync(DatabaseEngine engine) => engine is DatabaseEngine.Sqlite
        ? BenchDatabase.CreateSqlite()
        : await BenchDatabase.CreatePostgresAsync((postgres ??= await PostgresServer.StartAsync()).ConnectionString);

    /// <summary>The database that stays between runs when the options say so, otherwise as <see cref="CreateDatabaseAsync"/>.</summary>
    public async Task<BenchDatabase> KeptDatabaseAsync(DatabaseEngine engine) => options.Data is not { } folder
        ? await CreateDatabaseAsync(engine)
        : engine is DatabaseEngine.Sqlite
            ? BenchDatabase.KeptSqlite(folder)
            : await BenchDatabase.KeptPostgresAsync((postgres ??= await PostgresServer.StartAsync()).ConnectionString, folder);

    public Task<string> MachineAsync() => Machine.DescribeAsync(postgres?.ConnectionString);

    /// <summary>A step of a section, said on the console because some take minutes.</summary>
    public static void Say(string step) => Console.WriteLine($"{DateTime.Now:HH:mm:ss} {step}");

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
            await postgres.DisposeAsync();
    }
}
