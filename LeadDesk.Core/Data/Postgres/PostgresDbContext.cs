using LeadDesk.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LeadDesk.Data.Postgres;

public sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options, CompanyScope scope) : AppDbContext(options, scope)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        SqlText.ConfigurePostgres(modelBuilder);
        // Sorting and comparing by bytes, as SQLite does: the same list on both engines, and indexes that serve LIKE.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.ClrType == typeof(string))
                property.SetCollation("C");
        }
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        time => DateTime.SpecifyKind(time, DateTimeKind.Utc), time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
