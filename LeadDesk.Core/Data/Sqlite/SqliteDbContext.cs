using LeadDesk.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LeadDesk.Data.Sqlite;

public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options, CompanyScope scope) : AppDbContext(options, scope)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<MicrosecondsConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<double>();
    }

    /// <summary>Times as microseconds since 1970 UTC: small, quick to compare, and as exact as PostgreSQL's.</summary>
    private sealed class MicrosecondsConverter() : ValueConverter<DateTime, long>(
        time => Microseconds.From(time), number => Microseconds.ToDateTime(number));
}
