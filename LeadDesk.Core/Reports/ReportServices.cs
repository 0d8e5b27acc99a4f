using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Reports;

public static class ReportServices
{
    /// <summary>Totals, dashboards, and the state of the system.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<LeadStatsQueries>();
        services.AddSingleton<DashboardQueries>();
        services.AddSingleton<DashboardFeed>();
        return services.AddSingleton<SystemQueries>();
    }
}
