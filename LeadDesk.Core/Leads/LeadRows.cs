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

    /// <summary>The same for asking, inside a query, whether a lead has any: along the table's key, and not along the index whose first column every row of the company has.</summary>
    /// <param name="rows">The key begins with the lead.</param>
    public static IQueryable<TRow> AlongLeads<TRow>(this DbSet<TRow> rows, AppDbContext context)
        where TRow : class, ICompanyOwned
    {
        if (!context.Database.IsSqlite())
            return rows;
        var table = rows.EntityType.GetTableName();
#pragma warning disable EF1002 // The model's own name.
        return rows.FromSqlRaw($"SELECT * FROM {table} INDEXED BY sqlite_autoindex_{table}_1");
#pragma warning restore EF1002
    }
}
