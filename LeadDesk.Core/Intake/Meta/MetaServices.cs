using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Conversations;
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
        services.AddSingleton<MetaConversionCollector>();
        services.AddSingleton<MetaWatch>();
        services.AddSingleton<MetaConnectionQueries>();
        services.AddSingleton(provider => new MetaConnectionService(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<UserDirectory>(),
            provider.GetRequiredService<ISecretBox>(),
            provider.GetRequiredService<JobSignal>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<MetaTroubles>(),
            provider.GetRequiredService<ChannelDirectory>()));
        services.AddSingleton(provider => new MetaConnectionTest(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<MetaAccounts>(),
            provider.GetRequiredService<MetaWatch>(),
            provider.GetRequiredService<GraphClient>(),
            provider.GetRequiredService<JobSignal>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddInboundHandler<MetaLeadIntake>().AddJobHandler<MetaSync>().AddJobHandler<MetaDue>().AddJobHandler<MetaGapCheck>().AddJobHandler<MetaConversions>();
    }
}
