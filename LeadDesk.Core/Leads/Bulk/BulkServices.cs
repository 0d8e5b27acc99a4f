using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads.Trash;
using LeadDesk.Live;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Leads.Bulk;

public static class BulkServices
{
    /// <summary>Changes of many leads, taking changes back, and the trash.</summary>
    public static IServiceCollection AddBulk(this IServiceCollection services)
    {
        services.AddSingleton<BulkService>();
        services.AddSingleton<BulkQueries>();
        services.AddSingleton<IUndo, BulkUndo>();
        services.AddSingleton(provider => new UndoService(
            provider.GetRequiredService<Database>(), provider.GetServices<IUndo>(), provider.GetRequiredService<LiveFeed>(), provider.GetRequiredService<JobSignal>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TrashQueries>();
        services.AddSingleton<TrashService>();
        return services.AddJobHandler<BulkJob>().AddJobHandler<EmptyTrash>();
    }
}
