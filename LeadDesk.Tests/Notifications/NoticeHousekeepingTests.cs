using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Notifications;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Notifications;

public sealed class NoticeHousekeepingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Read_notices_go_after_ninety_days_and_unread_ones_after_a_year_in_every_company(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var time = new ManualTime();
        var companies = new[] { await TestCompany.AddAsync(database), await TestCompany.AddAsync(database, "Other") };
        foreach (var company in companies)
            await AddAsync(database.Database, company, time.UtcNow);

        await new NoticeHousekeeping(database.Database, time).RunAsync(new JobRun(1, null, null, 1), Token);

        foreach (var company in companies)
        {
            await using var context = database.Database.Open(company.Id);
            (await context.UserNotices.OrderBy(notice => notice.Id).Select(notice => notice.Text).ToListAsync(Token)).ShouldBe(["unread", "read lately", "read", "young"]);
        }
    }

    /// <summary>More than one page that is due, and one that is not before the end.</summary>
    private static Task<bool> AddAsync(Database database, TestCompany company, DateTime now) =>
        database.WriteAsync(
            company.Id,
            context =>
            {
                for (var index = 0; index < 1100; index++)
                    Add("old", age: 400, readBefore: index % 2 is 0 ? 91 : null);
                Add("unread", age: 364, readBefore: null);
                Add("old and read", age: 364, readBefore: 91);
                Add("read lately", age: 364, readBefore: 89);
                Add("old and unread", age: 366, readBefore: null);
                Add("read", age: 89, readBefore: 88);
                Add("young", age: 1, readBefore: null);
                return Task.FromResult(true);

                void Add(string text, int age, int? readBefore) => context.UserNotices.Add(new UserNotice
                {
                    UserId = company.Admin.UserId,
                    Kind = UserNoticeKind.WorkDone,
                    Text = text,
                    At = now.AddDays(-age),
                    ReadAt = readBefore is { } days ? now.AddDays(-days) : null,
                });
            },
            Token);
}
