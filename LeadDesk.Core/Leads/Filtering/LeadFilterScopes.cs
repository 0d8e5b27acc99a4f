using LeadDesk.Access;
using LeadDesk.Companies;

namespace LeadDesk.Leads.Filtering;

/// <summary>Puts together what a filter is read with.</summary>
public sealed class LeadFilterScopes(CompanyDirectory companies, UserDirectory users, TimeProvider clock)
{
    public async ValueTask<FilterScope> OfAsync(CurrentUser user, CancellationToken cancellationToken) =>
        new(await companies.GetAsync(user.CompanyId, cancellationToken), await users.OfAsync(user.CompanyId), user, clock.GetUtcNow().UtcDateTime);
}
