using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Monitor;

public static class MonitorServices
{
    /// <summary>What came in and what became of it: lists, rates, "process again", numbers for the monitoring, dropping of old bodies.</summary>
    public static IServiceCollection AddIntakeMonitor(this IServiceCollection services)
    {
        services.AddSingleton<InboundEventQueries>();
        services.AddSingleton<IntakeRateQueries>();
        services.AddSingleton(provider => new InboundEventService(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<InboundSignal>(), provider.GetRequiredService<JobSignal>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EventBodyProgress>();
        services.AddSingleton<InboundWaitingGauge>();
        return services.AddJobHandler<ProcessEventsAgain>().AddJobHandler<EventBodyHousekeeping>();
    }
}
