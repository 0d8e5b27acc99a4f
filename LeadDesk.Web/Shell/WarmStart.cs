using LeadDesk.Companies;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LeadDesk.Web.Shell;

/// <summary>
/// Has the person and the company's rules in memory before a circuit draws for the first time. A page that has to wait for them would
/// draw without them first, over HTML that shows more.
/// </summary>
internal sealed class WarmStart(CurrentUserAccessor me, CompanyDirectory companies) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (await me.FindAsync() is { } user)
            await companies.GetAsync(user.CompanyId, cancellationToken);
    }
}
