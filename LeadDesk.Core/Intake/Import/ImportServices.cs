using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Import;

public static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<ImportSettings>();
        services.AddSingleton<ImportChecks>();
        services.AddSingleton(provider => new ImportService(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<JobSignal>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ImportSettings>(), provider.GetRequiredService<ImportFiles>(),
            provider.GetRequiredService<ImportChecks>()));
        services.AddSingleton(provider => new ImportQueries(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<UserDirectory>(), provider.GetRequiredService<ImportFiles>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddJobHandler<ImportChecks>().AddJobHandler<ImportRuns>().AddJobHandler<ImportReverts>().AddJobHandler<ImportHousekeeping>();
    }
}
