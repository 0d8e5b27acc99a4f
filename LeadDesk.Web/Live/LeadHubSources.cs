using System.Security.Claims;
using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Reports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Leads;

namespace LeadDesk.Web.Live;

/// <summary>What the hub takes from other features.</summary>
/// <param name="CurrentUser">Who a signed-in principal is; null when it is nobody of ours.</param>
/// <param name="CanSeeAsync">Whether the user may see a lead. Another company's lead or a missing one: no.</param>
/// <param name="StatsAsync">The totals of a company (owner null) or of one owner's leads, as sent with <c>stats_updated</c>.</param>
/// <param name="Helpers">Of a company, some people and some leads: who of them helps with which.</param>
public sealed record LeadHubSources(
    Func<ClaimsPrincipal, CurrentUser?> CurrentUser,
    Func<CurrentUser, long, CancellationToken, Task<bool>> CanSeeAsync,
    Func<long, long?, CancellationToken, Task<object>> StatsAsync,
    Func<long, IReadOnlyCollection<long>, IReadOnlyCollection<long>, CancellationToken, Task<IReadOnlyCollection<(long LeadId, long UserId)>>> Helpers)
{
    public static LeadHubSources Of(IServiceProvider services)
    {
        var leads = services.GetRequiredService<LeadQueries>();
        var stats = services.GetRequiredService<LeadStatsQueries>();
        return new LeadHubSources(
            principal => principal.ToCurrentUser(),
            leads.CanSeeAsync,
            async (companyId, owner, cancellationToken) => StatsResponse.Of(await stats.TotalsAsync(companyId, owner, cancellationToken)),
            leads.HelpersAsync);
    }
}
