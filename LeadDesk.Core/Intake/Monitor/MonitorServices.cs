using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Monitor;

public static class MonitorServices
{
    /// <summary>What came in and what became of it: lists, rates, "process again".</summary>
    public static IServiceCollection AddIntakeMonitor(this IServiceCollection services)
    {
        services.AddSingleton<InboundEventQueries>();
        services.AddSingleton<IntakeRateQueries>();
        services.AddSingleton(provider => new InboundEventService(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<InboundSignal>(), provider.GetRequiredService<JobSignal>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddJobHandler<ProcessEventsAgain>();
    }
}
