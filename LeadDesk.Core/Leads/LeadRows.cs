using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>What belongs to some leads, in the tables beside theirs.</summary>
internal static class LeadRows
{
    /// <summary>
    /// The company's rows, to be found by the ids of leads. SQLite, which keeps no figures of its tables, would rather read all that the
    /// company has, for a dozen leads already; an expression is no index's.
    /// </summary>
    public static IQueryable<TRow> ByLead<TRow>(this DbSet<TRow> rows, AppDbContext context)
        where TRow : class, ICompanyOwned => rows.IgnoreQueryFilters().Where(row => row.CompanyId + 0 == context.CompanyId);
}
