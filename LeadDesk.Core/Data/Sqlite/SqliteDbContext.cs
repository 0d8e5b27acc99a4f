using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LeadDesk.Data.Sqlite;

public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options, CompanyScope scope) : AppDbContext(options, scope)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<MicrosecondsConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<double>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // AUTOINCREMENT costs a second write per row. Only ids that people keep (in links, in other systems) must never be used again.
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.ClrType != typeof(Lead) && entity.ClrType != typeof(User) && entity.FindPrimaryKey()!.Properties is [{ Name: "Id" } id])
                id.SetValueGenerationStrategy(SqliteValueGenerationStrategy.None);
        }
    }

    /// <summary>Times as microseconds since 1970 UTC: small, quick to compare, and as exact as PostgreSQL's.</summary>
    private sealed class MicrosecondsConverter() : ValueConverter<DateTime, long>(
        time => Microseconds.From(time), number => Microseconds.ToDateTime(number));
}
