using System.Globalization;
using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeadDesk.Web.Hosting;

/// <summary>For balancers and containers: <c>/health/live</c> says the process answers, <c>/health/ready</c> that it can work. Both are open and tell nothing else.</summary>
internal static class Health
{
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(5);

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<DatabaseHealth>("database");

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary><c>LeadDesk.Web --health-check URL</c>, for images that have no curl.</summary>
    /// <returns>The process's exit code: 0 when the address answers 2xx within five seconds, else 1.</returns>
    public static async Task<int> ProbeAsync(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"--health-check needs an address such as http://localhost:5080/health/ready, not \"{address}\".");
            return 1;
        }

        using var client = new HttpClient { Timeout = ProbeDeadline };
        try
        {
            using var answer = await client.GetAsync(uri);
            if (answer.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{uri} answers {(int)answer.StatusCode}."));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{uri} does not answer.");
        }

        return 1;
    }

    /// <summary>Such as <c>{"status":"healthy","checks":{"database":"healthy"}}</c>.</summary>
    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", Word(report.Status));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
            json.WriteString(name, Word(entry.Status));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    /// <summary>Reachable, and at this program's version.</summary>
    private sealed class DatabaseHealth(Database database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var connection = database.Open(CompanyScope.Installation);
            var pending = await connection.Database.GetPendingMigrationsAsync(cancellationToken);
            return pending.Any() ? HealthCheckResult.Unhealthy("Migrations are missing.") : HealthCheckResult.Healthy();
        }
    }
}
