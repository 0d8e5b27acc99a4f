using LeadDesk.Companies;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake;

public static class IntakeServices
{
    /// <summary>Leads: the door they come in by, what is read and changed of them afterwards.</summary>
    public static IServiceCollection AddLeads(this IServiceCollection services)
    {
        services.AddSingleton<CompanyDirectory>();
        services.AddSingleton<LeadQueries>();
        services.AddSingleton<LeadService>();
        services.AddSingleton<ScoringService>();
        services.AddSingleton<LeadIntake>();
        services.AddHostedService<LeadSearchIndexer>();
        return services.AddJobHandler<IdempotencyHousekeeping>().AddJobHandler<RefineAnalysis>().AddJobHandler<RescoreLeads>().AddJobHandler<RecountLeads>();
    }
}
