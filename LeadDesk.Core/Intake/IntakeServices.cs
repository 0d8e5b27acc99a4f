using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Board;
using LeadDesk.Leads.Bulk;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Filtering;
using LeadDesk.Leads.Setup;
using LeadDesk.Leads.Views;
using LeadDesk.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake;

public static class IntakeServices
{
    /// <summary>Leads: the door they come in by, what is read and changed of them afterwards.</summary>
    /// <param name="worksOnEvents">Whether this process works on what doors have stored.</param>
    public static IServiceCollection AddLeads(this IServiceCollection services, bool worksOnEvents = true)
    {
        services.AddSingleton<CompanyDirectory>();
        services.AddSingleton<LeadQueries>();
        services.AddSingleton<LeadFilterScopes>();
        services.AddDuplicates();
        services.AddSingleton<LeadFileQueries>();
        services.AddSingleton<LeadExtrasQueries>();
        services.AddSingleton<LeadFillReader>();
        services.AddSingleton<LeadService>();
        services.AddSingleton<LeadColumnQueries>();
        services.AddSingleton<BoardQueries>();
        services.AddSingleton<SavedViewService>();
        services.AddSingleton<UserPreferences>();
        services.AddBulk();
        services.AddSingleton<ScoringService>();
        services.AddLeadPage();
        services.AddSingleton<LeadIntake>();
        services.AddHostedService<LeadSearchIndexer>();
        services.AddSingleton<InboundClaims>();
        services.AddSingleton<InboundRunner>();
        services.AddSingleton<InboundSignal>();
        services.AddSingleton(provider => new InboundDoor(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<LeadIntake>(), provider.GetRequiredService<InboundRunner>(), provider.GetRequiredService<InboundSignal>(), provider.GetRequiredService<TimeProvider>()));
        if (worksOnEvents)
            services.AddHostedService<InboundProcessor>();
        services.AddSingleton<NoticeService>();
        services.AddSingleton<NoticeQueries>();
        services.AddDeskSetup();
        return services.AddJobHandler<IdempotencyHousekeeping>().AddJobHandler<RefineAnalysis>().AddJobHandler<RescoreLeads>().AddJobHandler<RecountLeads>();
    }
}
