using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Leads.Duplicates;

internal static class DuplicateServices
{
    /// <summary>Finding duplicates, joining leads and taking them apart.</summary>
    public static IServiceCollection AddDuplicates(this IServiceCollection services)
    {
        services.AddSingleton<LeadDuplicateQueries>();
        services.AddSingleton<DuplicateQueries>();
        services.AddSingleton<DuplicateService>();
        services.AddSingleton<MergeQueries>();
        services.AddSingleton<MergeService>();
        services.AddSingleton<IUndo, MergeUndo>();
        return services.AddJobHandler<DuplicateScanJob>();
    }
}
