using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Architecture;

/// <summary>ARCHITECTURE.md, rule 4: pages and endpoints ask services and queries, never the database.</summary>
public sealed class DatabaseAccessTests
{
    [Fact]
    public void Pages_and_endpoints_touch_no_DbContext()
    {
        var violations =
            from user in Product.Web.GetTypes()
            let outer = TypeUse.Outermost(user)
            where typeof(IComponent).IsAssignableFrom(outer) || outer.Name.EndsWith("Endpoints", StringComparison.Ordinal)
            from used in TypeUse.Of(user)
            where IsDatabase(used)
            select $"{outer.FullName} uses {used.FullName}";

        violations.Distinct().ShouldBeEmpty();
    }

    private static bool IsDatabase(Type type) =>
        typeof(DbContext).IsAssignableFrom(type)
        || type == typeof(DbSet<>)
        || type == typeof(IDbContextFactory<>)
        || typeof(System.Data.Common.DbConnection).IsAssignableFrom(type);
}
