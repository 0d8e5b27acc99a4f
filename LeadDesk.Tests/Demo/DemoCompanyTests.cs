using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Demo;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Demo;

public sealed class DemoCompanyTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly List<TestDatabase> databases = [];

    [Fact]
    public async Task The_demo_company_looks_like_ninety_days_of_work_and_comes_out_the_same_each_time()
    {
        var (first, second) = (await NewAsync(), await NewAsync());
        var logins = (await Demo(first).FillAsync(Stop)).Value!;
        await Demo(second).FillAsync(Stop);

        logins.People.Count.ShouldBe(6);
        logins.ApiKey.ShouldNotBeNull();
        await using var context = first.OpenAll();
        (await context.Users.IgnoreQueryFilters().CountAsync(user => user.Role != Role.Integration, Stop)).ShouldBe(6);
        var leads = await LeadsAsync(first);
        leads.Count.ShouldBeGreaterThanOrEqualTo(2000);
        leads.Min(lead => lead.CreatedAt).ShouldBeInRange(time.UtcNow.AddDays(-91), time.UtcNow.AddDays(-85));
        leads.Max(lead => lead.LastActivityAt).ShouldBeLessThanOrEqualTo(time.UtcNow);
        foreach (var grade in Enum.GetValues<Grade>())
            leads.Count(lead => lead.Grade == grade).ShouldBeGreaterThan(100, grade.ToString());
        leads.Select(lead => lead.StageId).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);
        leads.ShouldContain(lead => CounterKeys.IsWaiting(lead) && lead.Grade == Grade.Hot && lead.ResponseDueAt < time.UtcNow);
        leads.ShouldContain(lead => lead.SubmissionCount > 1);
        (await context.PossibleDuplicates.IgnoreQueryFilters().CountAsync(Stop)).ShouldBeInRange(3, 100);
        (await context.SearchEntries.IgnoreQueryFilters().CountAsync(Stop)).ShouldBe(leads.Count);
        leads.Count(lead => lead.Value > 0).ShouldBeGreaterThan(300);
        var due = await context.FollowUps.IgnoreQueryFilters().Select(row => row.DueAt).ToListAsync(Stop);
        due.Count(at => at < time.UtcNow).ShouldBeInRange(2, due.Count / 2);
        due.Count(at => at > time.UtcNow).ShouldBeInRange(10, 300);
        (await context.LeadTags.IgnoreQueryFilters().CountAsync(Stop)).ShouldBeGreaterThan(50);
        (await LeadsAsync(second)).Select(Told).ShouldBe(leads.Select(Told));
        await CountersShouldEqualARecountAsync(context, leads);

        (await Demo(first).FillAsync(Stop)).Value!.FilledNow.ShouldBeFalse();
    }

    [Fact]
    public async Task An_installation_in_use_is_left_alone()
    {
        var database = await NewAsync();
        await TestCompany.AddAsync(database);

        var outcome = await Demo(database).FillAsync(Stop);

        outcome.Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await LeadsAsync(database)).ShouldBeEmpty();
    }

    [Fact]
    public void All_numbers_are_numbers()
    {
        var addresses = new DemoAddresses(new Random(1));
        foreach (var language in DemoTexts.Read())
        {
            var phone = addresses.Phone(language.Code);
            PhoneNumber.TryParse(addresses.Written(phone), "GB", out var number).ShouldBeTrue(phone);
            number.E164.ShouldBe(phone);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<TestDatabase> NewAsync()
    {
        databases.Add(await TestDatabase.CreateAsync(DatabaseEngine.Sqlite));
        return databases[^1];
    }

    private DemoCompany Demo(TestDatabase database) => new(database.Database, new PlainPasswords(), time, NullLoggerFactory.Instance);

    private static async Task<List<Lead>> LeadsAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.Leads.IgnoreQueryFilters().OrderBy(lead => lead.Id).ToListAsync(Stop);
    }

    private static (string?, string?, int, long, DateTime) Told(Lead lead) => (lead.Name, lead.Phone ?? lead.Email, lead.Score, lead.StageId, lead.CreatedAt);

    private static async Task CountersShouldEqualARecountAsync(AppDbContext context, List<Lead> leads)
    {
        var expected = new Dictionary<CounterKey, long>();
        foreach (var lead in leads)
            CounterKeys.Add(expected, lead, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), +1);
        var kept = await context.LeadCounters.IgnoreQueryFilters().Where(counter => counter.Count != 0).ToListAsync(Stop);
        kept.ToDictionary(counter => new CounterKey(counter.Metric, counter.Day, counter.OwnerId, counter.Key), counter => counter.Count).ShouldBe(expected, ignoreOrder: true);
    }

    private sealed class PlainPasswords : IPasswordHashing
    {
        public string Hash(string password) => password;

        public bool Matches(string hash, string password) => hash == password;
    }
}
