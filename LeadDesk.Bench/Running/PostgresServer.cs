using System.Diagnostics;
using System.Globalization;

namespace LeadDesk.Bench.Running;

/// <summary>
/// The PostgreSQL to measure with: the one that LEADDESK_BENCH_POSTGRES names, or one of our own with its data in a temporary
/// folder and durability as it comes (fsync and synchronous_commit on).
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Variable = "LEADDESK_BENCH_POSTGRES";

    // Enough for two hundred floor connections; memory as a small dedicated server has it.
    private const string Settings = "-c max_connections=300 -c shared_buffers=512MB -c max_wal_size=4GB -c listen_addresses=127.0.0.1";

    private readonly string? folder;

    private PostgresServer(string connectionString, string? folder)
    {
        (ConnectionString, this.folder) = (connectionString, folder);
        AppDomain.CurrentDomain.ProcessExit += StopOnExit;
    }

    /// <summary>Of its maintenance database.</summary>
    public string ConnectionString { get; }

    public static async Task<PostgresServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new PostgresServer(given, null);
        var own = Directory.CreateTempSubdirectory("leaddesk-bench-postgres-").FullName;
        // PostgreSQL refuses to run as root; its package made a user for it.
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", own);
        await RunAsPostgresAsync("initdb", "-D", Data(own), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        var port = FreePort.Next();
        var options = string.Create(CultureInfo.InvariantCulture, $"{Settings} -c port={port} -c unix_socket_directories={own}");
        await RunAsPostgresAsync("pg_ctl", "-D", Data(own), "-l", Path.Combine(own, "log"), "-w", "-s", "-o", options, "start");
        return new PostgresServer(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres"), own);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopOnExit;
        if (folder is null)
            return;
        await RunAsPostgresAsync("pg_ctl", "-D", Data(folder), "-m", "immediate", "-s", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A measurement that is broken off leaves no server behind.</summary>
    private void StopOnExit(object? sender, EventArgs arguments) => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string Data(string folder) => Path.Combine(folder, "data");

    /// <summary>Debian keeps the server's programs off the PATH, one folder per version: the newest.</summary>
    private static string Program(string name)
    {
        const string Versions = "/usr/lib/postgresql";
        var versions = Directory.Exists(Versions) ? Directory.GetDirectories(Versions).Select(version => Path.Combine(version, "bin", name)).Where(File.Exists) : [];
        return versions.OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal).FirstOrDefault() ?? name;
    }

    private static Task RunAsPostgresAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Program(program), .. arguments])
        : RunAsync(Program(program), arguments);

    private static async Task RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        // Output goes nowhere: the server keeps the pipe of pg_ctl open for as long as it lives, and waiting for its end would be for ever.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode is not 0)
            throw new InvalidOperationException($"{program} ended with code {process.ExitCode}. Set {Variable} to a server that runs.");
    }
}
