using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>Changes the leads of a stage because the stage changed: in pages, each a transaction of its own with its counters.</summary>
internal sealed class StageLeads(Database database, TimeProvider clock)
{
    internal const int PageSize = 500;

    /// <summary>Until no lead is left that <paramref name="select"/> finds; so <paramref name="apply"/> must take each out of it.</summary>
    public async Task ChangeAllAsync(CompanyRules company, Func<IQueryable<Lead>, IQueryable<Lead>> select, Action<AppDbContext, Lead, DateTime> apply, CancellationToken cancellationToken)
    {
        while (await ChangePageAsync(company, select, apply, cancellationToken) > 0)
        {
        }
    }

    private Task<int> ChangePageAsync(CompanyRules company, Func<IQueryable<Lead>, IQueryable<Lead>> select, Action<AppDbContext, Lead, DateTime> apply, CancellationToken cancellationToken) =>
        database.WriteAsync(company.CompanyId, async context =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var page = await select(context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter])).OrderBy(lead => lead.Id).Take(PageSize).ToListAsync(cancellationToken);
            var deltas = new Dictionary<CounterKey, long>();
            foreach (var lead in page)
            {
                CounterKeys.Add(deltas, lead, company.Zone, -1);
                apply(context, lead, now);
                lead.Version++;
                CounterKeys.Add(deltas, lead, company.Zone, +1);
            }

            await context.SaveChangesAsync(cancellationToken);
            await CounterStore.ApplyAsync(context, company.CompanyId, deltas, cancellationToken);
            return page.Count;
        }, cancellationToken);
}
