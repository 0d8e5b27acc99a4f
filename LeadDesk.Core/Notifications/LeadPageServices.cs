using LeadDesk.FollowUps;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Notifications;

public static class LeadPageServices
{
    /// <summary>What people do with one lead: people, calls, follow-ups, files, shared addresses, and what they are told.</summary>
    public static IServiceCollection AddLeadPage(this IServiceCollection services)
    {
        services.AddSingleton<TimelineQueries>();
        services.AddSingleton<LeadPeople>();
        services.AddSingleton<LeadPresence>();
        services.AddSingleton<LeadFateQueries>();
        services.AddSingleton<LeadFileService>();
        services.AddSingleton<ScoreByHand>();
        services.AddSingleton<FollowUpService>();
        services.AddSingleton<FollowUpQueries>();
        services.AddSingleton<ShareService>();
        services.AddSingleton<SharedLeads>();
        services.AddSingleton<UserNoticeQueries>();
        services.AddSingleton<UserNoticeService>();
        return services.AddJobHandler<NoticeHousekeeping>();
    }
}
