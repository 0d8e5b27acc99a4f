using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Data;

/// <summary>One company never reads, changes or removes what is another's, whatever a service forgets.</summary>
public sealed class CompanyIsolationTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_entity_belongs_to_a_company_or_is_on_the_short_list()
    {
        await using var database = new Database("Data Source=never-opened.db");
        await using var context = database.Open(companyId: 1);

        context.Model.GetEntityTypes()
            .Select(entity => entity.ClrType)
            .Where(type => !typeof(ICompanyOwned).IsAssignableFrom(type))
            .ShouldBe([typeof(Company), typeof(Job), typeof(ProtectionKey), typeof(SearchQueueEntry)], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_company_owned_entity_is_filtered()
    {
        await using var database = new Database("Data Source=never-opened.db");
        await using var context = database.Open(companyId: 1);

        context.Model.GetEntityTypes()
            .Where(entity => typeof(ICompanyOwned).IsAssignableFrom(entity.ClrType) && entity.FindDeclaredQueryFilter(AppDbContext.CompanyFilter) is null)
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_company_reads_its_own_rows_only(DatabaseEngine engine)
    {
        var (database, ours, theirs) = await TwoCompaniesAsync(engine);

        await using var context = database.Open(ours.Id);
        (await context.Users.Select(user => user.CompanyId).Distinct().ToListAsync(Token)).ShouldBe([ours.Id]);
        (await context.Users.AnyAsync(user => user.Id == theirs.Admin.UserId, Token)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Without_a_company_nothing_is_read(DatabaseEngine engine)
    {
        var (database, _, _) = await TwoCompaniesAsync(engine);

        await using var nobody = database.Open(default(CompanyScope));
        await using var installation = database.Open(CompanyScope.Installation);
        (await nobody.Users.CountAsync(Token)).ShouldBe(0);
        (await installation.Users.CountAsync(Token)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_new_row_gets_the_company_of_the_context(DatabaseEngine engine)
    {
        var (database, ours, _) = await TwoCompaniesAsync(engine);

        var key = await database.WriteAsync(ours.Id, async context => await AddKeyAsync(context, companyId: 0), Token);

        key.CompanyId.ShouldBe(ours.Id);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_row_of_another_company_is_not_added_changed_moved_or_removed(DatabaseEngine engine)
    {
        var (database, ours, theirs) = await TwoCompaniesAsync(engine);
        var foreign = await database.WriteAsync(theirs.Id, async context => await AddKeyAsync(context, companyId: 0), Token);
        var own = await database.WriteAsync(ours.Id, async context => await AddKeyAsync(context, companyId: 0), Token);

        await ShouldBeRefusedAsync(context => context.ApiKeys.Add(NewKey(theirs.Id)));
        await ShouldBeRefusedAsync(context => context.ApiKeys.Update(foreign));
        await ShouldBeRefusedAsync(context => context.ApiKeys.Remove(foreign));
        await ShouldBeRefusedAsync(context => context.ApiKeys.Attach(own).Entity.CompanyId = theirs.Id);

        await using var look = database.Open(theirs.Id);
        (await look.ApiKeys.CountAsync(key => key.Id == foreign.Id, Token)).ShouldBe(1);

        async Task ShouldBeRefusedAsync(Action<AppDbContext> change) =>
            await Should.ThrowAsync<ForeignCompanyWriteException>(() => database.WriteAsync(
                ours.Id,
                context =>
                {
                    change(context);
                    return Task.FromResult(true);
                },
                Token));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_row_passed_off_as_ours_is_not_changed(DatabaseEngine engine)
    {
        var (database, ours, theirs) = await TwoCompaniesAsync(engine);
        var foreign = await database.WriteAsync(theirs.Id, async context => await AddKeyAsync(context, companyId: 0), Token);
        foreign.CompanyId = ours.Id;
        foreign.Name = "taken";

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => database.WriteAsync(ours.Id, context => Task.FromResult(context.ApiKeys.Update(foreign)), Token));

        await using var look = database.Open(theirs.Id);
        (await look.ApiKeys.SingleAsync(key => key.Id == foreign.Id, Token)).Name.ShouldBe("key");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Without_a_company_nothing_is_written(DatabaseEngine engine)
    {
        var (database, ours, _) = await TwoCompaniesAsync(engine);

        await Should.ThrowAsync<ForeignCompanyWriteException>(() => database.WriteAsync(default(CompanyScope), async context => await AddKeyAsync(context, 0), Token));
        await Should.ThrowAsync<ForeignCompanyWriteException>(() => database.WriteAsync(default(CompanyScope), async context => await AddKeyAsync(context, ours.Id), Token));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Changes_of_many_rows_at_once_stay_inside_the_company(DatabaseEngine engine)
    {
        var (database, ours, theirs) = await TwoCompaniesAsync(engine);

        var renamed = await database.WriteAsync(ours.Id, context => context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Name, "renamed"), Token), Token);
        var removed = await database.WriteAsync(ours.Id, context => context.Stages.ExecuteDeleteAsync(Token), Token);

        renamed.ShouldBe(4);
        removed.ShouldBe(ours.Stages.Count);
        await using var look = database.Open(theirs.Id);
        (await look.Users.CountAsync(user => user.Name == "renamed", Token)).ShouldBe(0);
        (await look.Stages.CountAsync(Token)).ShouldBe(theirs.Stages.Count);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_trash_can_be_looked_into_without_leaving_the_company(DatabaseEngine engine)
    {
        var (database, ours, theirs) = await TwoCompaniesAsync(engine);
        foreach (var company in new[] { ours, theirs })
        {
            await database.WriteAsync(
                company.Id,
                context =>
                {
                    var lead = company.NewLead();
                    lead.DeletedAt = lead.CreatedAt;
                    return Task.FromResult(context.Leads.Add(lead));
                },
                Token);
        }

        await using var context = database.Open(ours.Id);
        (await context.Leads.CountAsync(Token)).ShouldBe(0);
        (await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Select(lead => lead.CompanyId).ToListAsync(Token)).ShouldBe([ours.Id]);
    }

    private async Task<(Database Database, TestCompany Ours, TestCompany Theirs)> TwoCompaniesAsync(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        return (database.Database, await TestCompany.AddAsync(database), await TestCompany.AddAsync(database, "Other"));
    }

    private static async Task<ApiKey> AddKeyAsync(AppDbContext context, long companyId)
    {
        var key = NewKey(companyId);
        context.ApiKeys.Add(key);
        await context.SaveChangesAsync();
        return key;
    }

    private static ApiKey NewKey(long companyId) =>
        new() { CompanyId = companyId, Name = "key", Hash = Guid.NewGuid().ToString("N"), LastFour = "abcd", UserId = 1, CreatedAt = DateTime.UnixEpoch };
}
