using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Data;

public sealed class MigrationTests
{
    [Theory]
    [InlineData(DatabaseEngine.Sqlite, "Data Source=never-opened.db")]
    [InlineData(DatabaseEngine.Postgres, "Host=never-reached.invalid")]
    public async Task The_migrations_say_what_the_model_says(DatabaseEngine engine, string connectionString)
    {
        await using var database = new Database(connectionString);
        await using var context = database.Open(companyId: 1);

        database.Engine.ShouldBe(engine);
        context.Database.HasPendingModelChanges().ShouldBeFalse("Run tools/AddMigration: the model changed without a migration.");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_empty_database_gets_every_table(DatabaseEngine engine)
    {
        await using var empty = await TestDatabase.CreateEmptyAsync(engine);

        await Migrator.MigrateAsync(empty.Database, NullLogger.Instance, TestContext.Current.CancellationToken);

        await using var context = empty.OpenAll();
        (await context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        foreach (var table in context.Model.GetEntityTypes().Select(entity => entity.GetTableName()!))
        {
            var count = "SELECT count(*) AS \"Value\" FROM " + table;
            (await context.Database.SqlQueryRaw<long>(count).SingleAsync(TestContext.Current.CancellationToken)).ShouldBe(0, table);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_company_of_before_gets_a_pipeline_for_its_stages_and_reasons_for_lost(DatabaseEngine engine)
    {
        await using var empty = await TestDatabase.CreateEmptyAsync(engine);
        await using (var context = empty.OpenAll())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync(context.Database.GetMigrations().Single(name => name.EndsWith("_Channels", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
            object created = engine is DatabaseEngine.Sqlite ? 0L : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO companies (name, region, time_zone, response_goal_minutes, created_at, version) VALUES ('Old', 'GB', 'Europe/London', 15, {0}, 1)", [created], TestContext.Current.CancellationToken);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO stages (company_id, name, position, outcome) SELECT id, 'New', 1, 0 FROM companies", TestContext.Current.CancellationToken);
        }

        await Migrator.MigrateAsync(empty.Database, NullLogger.Instance, TestContext.Current.CancellationToken);

        await using var after = empty.OpenAll();
        var pipeline = await after.Pipelines.IgnoreQueryFilters().SingleAsync(TestContext.Current.CancellationToken);
        (await after.Stages.IgnoreQueryFilters().SingleAsync(TestContext.Current.CancellationToken)).PipelineId.ShouldBe(pipeline.Id);
        (await after.LostReasons.IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(LostReason.Defaults(1).Count);
        (await after.Companies.SingleAsync(TestContext.Current.CancellationToken)).Currency.ShouldBe("USD");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Four_processes_may_start_on_one_empty_database_at_once(DatabaseEngine engine)
    {
        await using var empty = await TestDatabase.CreateEmptyAsync(engine);
        var doors = Enumerable.Range(0, 4).Select(_ => empty.OpenAnother()).ToArray();

        await Task.WhenAll(doors.Select(door => Task.Run(() => Migrator.MigrateAsync(door, NullLogger.Instance, TestContext.Current.CancellationToken))));

        foreach (var door in doors)
            await door.DisposeAsync();
        (await TestCompany.AddAsync(empty)).Id.ShouldBeGreaterThan(0);
    }
}
