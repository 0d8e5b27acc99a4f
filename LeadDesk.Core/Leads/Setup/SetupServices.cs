using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Leads.Setup;

public static class SetupServices
{
    /// <summary>How companies set up their desk: pipelines, stages, fields, tags, reasons, services.</summary>
    public static IServiceCollection AddDeskSetup(this IServiceCollection services)
    {
        services.AddSingleton<DeskSetup>();
        services.AddSingleton<PipelineService>();
        services.AddSingleton<StageService>();
        services.AddSingleton<CustomFieldService>();
        services.AddSingleton<TagService>();
        services.AddSingleton<LostReasonService>();
        services.AddSingleton<ServiceCatalogue>();
        return services.AddJobHandler<MoveStageLeads>().AddJobHandler<RecategoriseStage>().AddJobHandler<DeleteFieldValues>();
    }
}
