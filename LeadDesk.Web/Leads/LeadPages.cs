using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Shell;

namespace LeadDesk.Web.Leads;

public static class LeadPages
{
    /// <summary>What the pages of leads need besides the services of Core.</summary>
    public static IServiceCollection AddLeadPages(this IServiceCollection services) =>
        services.AddScoped<IPaletteSource, LeadPalette>().AddScoped<FollowUpActions>();
}
