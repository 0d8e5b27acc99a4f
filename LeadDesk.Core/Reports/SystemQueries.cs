using System.Diagnostics;
using System.Reflection;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Reports;

/// <summary>What runs here, for admins and for whoever helps them.</summary>
/// <param name="Node">The machine this process runs on; behind a balancer, the one that answered.</param>
/// <param name="DatabaseBytes">On disk; on SQLite without the write-ahead log.</param>
/// <param name="Migration">The last one applied.</param>
public sealed record SystemStatus(
    string LeadDeskVersion, string DotNetVersion, DatabaseEngine Engine, string DatabaseVersion, long DatabaseBytes, string? Migration, string Node, DateTime StartedAt);

public sealed class SystemQueries(Database database)
{
    public async Task<Outcome<SystemStatus>> StatusAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageSystem))
            return Refusal.Forbidden("Only an admin can see the state of the system.");
        await using var context = database.Open(CompanyScope.Installation);
        var isSqlite = database.Engine is DatabaseEngine.Sqlite;
        var version = await context.Database
            .SqlQueryRaw<string>(isSqlite ? "SELECT sqlite_version() AS \"Value\"" : "SELECT current_setting('server_version') AS \"Value\"").SingleAsync(cancellationToken);
        var bytes = await context.Database
            .SqlQueryRaw<long>(isSqlite
                ? "SELECT page_count * page_size AS \"Value\" FROM pragma_page_count(), pragma_page_size()"
                : "SELECT pg_database_size(current_database()) AS \"Value\"")
            .SingleAsync(cancellationToken);
        var migrations = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        using var process = Process.GetCurrentProcess();
        return new SystemStatus(
            LeadDeskVersion(), Environment.Version.ToString(), database.Engine, version, bytes, migrations.LastOrDefault(), Environment.MachineName, process.StartTime.ToUniversalTime());
    }

    /// <summary><c>1.4.0+3f2c1ab</c>: the commit is shortened to seven characters.</summary>
    private static string LeadDeskVersion()
    {
        var version = typeof(SystemQueries).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus >= 0 && version.Length > plus + 8 ? version[..(plus + 8)] : version;
    }
}
