using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Views;

public sealed class LeadColumnQueriesTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Columns_show_what_stands_beside_the_row_of_leads_one_may_see(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        var company = await TestCompany.AddAsync(database);
        var (mine, other, field, tag) = await AddAsync(database, company);
        var queries = new LeadColumnQueries(database.Database);

        var all = await queries.OfAsync(company.Manager, [mine, other, 999_999], new LeadColumnWants(Tags: true, Helpers: true, Exported: true, [field]), Stop);
        var own = await queries.OfAsync(company.Salesperson, [mine, other], LeadColumnWants.None, Stop);

        all.Keys.ShouldBe([mine, other], ignoreOrder: true);
        all[mine].Value.ShouldBe(125_000);
        all[mine].Tags.ShouldBe([tag]);
        all[mine].Fields.Select(value => value.Text).ShouldBe(["gold"]);
        all[mine].ExportedAt.ShouldNotBeNull();
        all[other].Helpers.ShouldBe([company.OtherSalesperson.UserId]);
        all[other].Tags.ShouldBeEmpty();
        own.Keys.ShouldBe([mine]);
        own[mine].Tags.ShouldBeEmpty();
    }

    private static Task<(long Mine, long Other, long Field, long Tag)> AddAsync(TestDatabase database, TestCompany company) =>
        database.Database.WriteAsync(company.Id, async context =>
        {
            var (mine, other) = (company.NewLead("Mine", company.Salesperson.UserId), company.NewLead("Other"));
            mine.Value = 125_000;
            context.Leads.AddRange(mine, other);
            var field = new CustomField { CompanyId = company.Id, Key = $"plan", Name = "Plan", Type = CustomFieldType.Text };
            var tag = new Tag { CompanyId = company.Id, Name = "VIP", NameKey = "vip" };
            context.AddRange(field, tag);
            await context.SaveChangesAsync();
            context.AddRange(
                new LeadTag { CompanyId = company.Id, LeadId = mine.Id, TagId = tag.Id },
                new LeadHelper { CompanyId = company.Id, LeadId = other.Id, UserId = company.OtherSalesperson.UserId },
                new ExportMark { CompanyId = company.Id, LeadId = mine.Id, At = mine.CreatedAt },
                new CustomFieldValue { CompanyId = company.Id, LeadId = mine.Id, FieldId = field.Id, Text = "gold", Key = "gold" });
            return (mine.Id, other.Id, field.Id, tag.Id);
        }, Stop);
}
