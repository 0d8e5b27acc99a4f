using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Meta;

public static class MetaServices
{
    /// <summary>Meta lead ads: connections, what is polled and what is pushed, the checks that nothing is missing. Needs <see cref="MetaOptions"/> and a secret box.</summary>
    public static IServiceCollection AddMeta(this IServiceCollection services)
    {
        services.AddSingleton<GraphClient>();
        services.AddSingleton<MetaAccounts>();
        services.AddSingleton<MetaForms>();
        services.AddSingleton<MetaFormReader>();
        services.AddSingleton<MetaLeadFetcher>();
        services.AddSingleton<MetaLeadStore>();
        services.AddSingleton<MetaRuns>();
        services.AddSingleton<MetaTroubles>();
        return services.AddInboundHandler<MetaLeadIntake>().AddJobHandler<MetaSync>().AddJobHandler<MetaDue>();
    }
}
