using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Board;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Board;

public sealed class BoardQueriesTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Heads_are_the_same_from_running_totals_and_counted(DatabaseEngine engine)
    {
        var (company, board) = await BeginAsync(engine);

        var totals = await board.HeadsAsync(company.Manager, new LeadFilter(), filters: false, company.Stages, 100, Stop);
        var counted = await board.HeadsAsync(company.Manager, new LeadFilter(), filters: true, company.Stages, 100, Stop);

        totals.ShouldBe(counted);
        totals[0].ShouldBe(new BoardHead(company.Stages[0].Id, 3, 60_000, More: false));
        totals[1].ShouldBe(new BoardHead(company.Stages[1].Id, 1, 0, More: false));
        totals[2].Count.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Whoever_sees_own_leads_gets_counts_of_those(DatabaseEngine engine)
    {
        var (company, board) = await BeginAsync(engine);

        var heads = await board.HeadsAsync(company.Salesperson, new LeadFilter(), filters: false, company.Stages, 100, Stop);

        heads[0].ShouldBe(new BoardHead(company.Stages[0].Id, 2, 30_000, More: false));
        heads[1].Count.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Counting_ends_at_its_bound(DatabaseEngine engine)
    {
        var (company, board) = await BeginAsync(engine);

        var heads = await board.HeadsAsync(company.Manager, new LeadFilter(), filters: true, company.Stages, 2, Stop);

        (heads[0].Count, heads[0].More).ShouldBe((2, true));
    }

    /// <summary>Two leads of the salesperson with 10,000 and 20,000, one of nobody with 30,000, and one a stage further on.</summary>
    private async Task<(TestCompany Company, BoardQueries Board)> BeginAsync(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        var company = await TestCompany.AddAsync(database);
        await database.Database.WriteAsync(company.Id, async context =>
        {
            var leads = new[] { company.NewLead("One", company.Salesperson.UserId), company.NewLead("Two", company.Salesperson.UserId), company.NewLead("Three"), company.NewLead("Four") };
            (leads[0].Value, leads[1].Value, leads[2].Value, leads[3].StageId) = (10_000, 20_000, 30_000, company.Stages[1].Id);
            context.Leads.AddRange(leads);
            await context.SaveChangesAsync();
            var deltas = new Dictionary<CounterKey, long>();
            foreach (var lead in leads)
                CounterKeys.Add(deltas, lead, TimeZoneInfo.Utc, +1);
            await CounterStore.ApplyAsync(context, company.Id, deltas, Stop);
            return true;
        }, Stop);
        return (company, new BoardQueries(database.Database, new LeadQueries(database.Database)));
    }
}
