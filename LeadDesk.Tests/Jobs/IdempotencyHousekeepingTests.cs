using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Jobs;

public sealed class IdempotencyHousekeepingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answers_older_than_a_day_are_forgotten_in_every_company_and_others_kept(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var time = new ManualTime();
        var companies = new[] { await TestCompany.AddAsync(database), await TestCompany.AddAsync(database, "Other") };
        foreach (var company in companies)
            await AddRecordsAsync(database.Database, company.Id, time.UtcNow);

        await new IdempotencyHousekeeping(database.Database, time).RunAsync(new JobRun(1, null, null, 1), Token);

        foreach (var company in companies)
        {
            await using var context = database.Database.Open(company.Id);
            (await context.IdempotencyRecords.Select(record => record.Key).ToListAsync(Token)).ShouldBe(["young"]);
        }
    }

    /// <summary>More than one batch, some of them of the same moment.</summary>
    private static Task<bool> AddRecordsAsync(Database database, long companyId, DateTime now) =>
        database.WriteAsync(
            companyId,
            context =>
            {
                for (var index = 0; index < 1200; index++)
                    context.IdempotencyRecords.Add(Record($"old {index}", now.AddHours(-24).AddSeconds(-1 - (index / 10))));
                context.IdempotencyRecords.Add(Record("young", now.AddHours(-23)));
                return Task.FromResult(true);
            },
            Token);

    private static IdempotencyRecord Record(string key, DateTime at) =>
        new() { Caller = "key:1", Key = key, RequestHash = "hash", Status = 200, CreatedAt = at };
}
