using LeadDesk.Bench.Reporting;

namespace LeadDesk.Bench.Running;

/// <summary>The Release build of LeadDesk.Web as a user runs it, with a first company, an admin, a key, and limits that are out of the way.</summary>
internal static class LeadDeskApp
{
    public const string ApiKey = "bench-0123456789abcdef0123456789abcdef";
    public const string AdminEmail = "admin@example.com";
    public const string AdminPassword = "a long passphrase for measuring 7";

    private const string Unlimited = "100000000";

    /// <param name="settings">More of the command line.</param>
    public static Task<ServerProcess> StartAsync(BenchDatabase database, params string[] settings) =>
        ServerProcess.StartAsync(Assembly(), address => [.. Arguments(address, database), .. settings], "health/ready");

    private static IReadOnlyList<string> Arguments(Uri address, BenchDatabase database) =>
    [
        "--urls", address.ToString(),
        $"--LeadDesk:DataFolder={database.Folder}",
        $"--ConnectionStrings:LeadDesk={database.ConnectionString}",
        "--LeadDesk:Bootstrap:Company=Bench",
        $"--LeadDesk:Bootstrap:AdminEmail={AdminEmail}",
        $"--LeadDesk:Bootstrap:AdminPassword={AdminPassword}",
        $"--LeadDesk:Bootstrap:ApiKey={ApiKey}",
        $"--LeadDesk:Limits:ApiPerHour={Unlimited}",
        $"--LeadDesk:Limits:BulkPerHour={Unlimited}",
        $"--LeadDesk:Limits:WebhookPerMinute={Unlimited}",
    ];

    /// <summary>In LeadDesk.Web's own output, where its static files are found.</summary>
    private static string Assembly()
    {
        var path = Path.Combine(BenchmarkFile.Repository, "LeadDesk.Web", "bin", "Release", "net10.0", "LeadDesk.Web.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build it first: dotnet build -c Release LeadDesk.Web", path);
    }
}
