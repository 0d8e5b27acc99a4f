using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Data;

public sealed class WriteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Writers_that_read_count_and_write_do_not_lose_each_others_work(DatabaseEngine engine)
    {
        const int writers = 20;
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => AddNumberedStageAsync(database.Database, company.Id))));

        await using var context = database.Database.Open(company.Id);
        (await context.Stages.Where(stage => stage.Name.StartsWith("Step ")).CountAsync(Token)).ShouldBe(writers);
    }

    [Fact]
    public async Task On_SQLite_one_writes_while_the_others_wait()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.Database.WriteAsync(
            company.Id,
            async context =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await context.Stages.CountAsync(Token);
                Interlocked.Decrement(ref inside);
                return true;
            },
            Token))));

        most.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_failing_write_leaves_nothing_behind_and_lets_the_next_one_in(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);

        await Should.ThrowAsync<FormatException>(() => database.Database.WriteAsync<bool>(
            company.Id,
            async context =>
            {
                await context.Stages.ExecuteDeleteAsync(Token);
                throw new FormatException("a defect");
            },
            Token));

        (await database.Database.WriteAsync(company.Id, context => context.Stages.CountAsync(Token), Token)).ShouldBe(company.Stages.Count);
    }

    [Fact]
    public async Task On_PostgreSQL_a_lost_race_is_run_again_with_what_the_winner_wrote()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Postgres);
        var company = await TestCompany.AddAsync(database);
        var attempts = 0;

        var name = await database.Database.WriteAsync(
            company.Id,
            async context =>
            {
                var taken = await context.Stages.AnyAsync(stage => stage.Name == "Raced", Token);
                if (++attempts is 1)
                    await AddStageAsync(database.Database, company.Id, "Raced");
                context.Stages.Add(new() { Name = taken ? "Raced 2" : "Raced", Position = 99 });
                await context.SaveChangesAsync(Token);
                return taken ? "Raced 2" : "Raced";
            },
            Token);

        (name, attempts).ShouldBe(("Raced 2", 2));
    }

    [Fact]
    public async Task A_unique_key_that_is_taken_for_good_ends_in_an_error_and_not_in_a_loop()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Postgres);
        var company = await TestCompany.AddAsync(database);

        var error = await Should.ThrowAsync<DbUpdateException>(() => AddStageAsync(database.Database, company.Id, company.Stages[0].Name, company.Stages[0].PipelineId));

        Database.IsLostRace(error).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Times_come_back_as_they_were_stored_to_the_microsecond_in_UTC(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var at = new DateTime(2026, 3, 4, 5, 6, 7, 8, DateTimeKind.Utc).AddMicroseconds(9);

        await database.Database.WriteAsync(
            CompanyScope.Installation,
            context => Task.FromResult(context.Companies.Add(new() { Name = "Acme", Region = "GB", TimeZone = "Europe/London", CreatedAt = at })),
            Token);

        await using var context = database.OpenAll();
        var stored = await context.Companies.Select(company => company.CreatedAt).SingleAsync(Token);
        (stored, stored.Kind).ShouldBe((at, DateTimeKind.Utc));
    }

    private static async Task AddStageAsync(Database database, long companyId, string name, long pipelineId = 0) =>
        await database.WriteAsync(companyId, context => Task.FromResult(context.Stages.Add(new() { PipelineId = pipelineId, Name = name, Position = 50 })), CancellationToken.None);

    /// <summary>Reads how many there are and takes the next number, which is unique.</summary>
    private static async Task AddNumberedStageAsync(Database database, long companyId)
    {
        var added = false;
        while (!added)
        {
            try
            {
                await database.WriteAsync(
                    companyId,
                    async context =>
                    {
                        var count = await context.Stages.CountAsync(stage => stage.Name.StartsWith("Step "), CancellationToken.None);
                        context.Stages.Add(new() { Name = $"Step {count + 1}", Position = 100 + count });
                        return true;
                    },
                    CancellationToken.None);
                added = true;
            }
            catch (DbUpdateException exception) when (Database.IsLostRace(exception))
            {
                // Twenty at once may lose more often than one caller tries.
            }
        }
    }
}
