using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Leads.Bulk;

public static class BulkServices
{
    /// <summary>Changes of many leads, and taking changes back.</summary>
    public static IServiceCollection AddBulk(this IServiceCollection services)
    {
        services.AddSingleton<BulkService>();
        services.AddSingleton<BulkQueries>();
        services.AddSingleton<IUndo, BulkUndo>();
        services.AddSingleton(provider => new UndoService(
            provider.GetRequiredService<Database>(), provider.GetServices<IUndo>(), provider.GetRequiredService<LiveFeed>(), provider.GetRequiredService<JobSignal>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddJobHandler<BulkJob>();
    }
}
