using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads.Views;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Views;

public sealed class SavedViewServiceTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Own_views_are_seen_by_oneself_and_shared_ones_by_everybody_of_the_company(DatabaseEngine engine)
    {
        var (database, company, service) = await BeginAsync(engine);
        var stranger = await TestCompany.AddAsync(database, "Other");
        await CreateAsync(service, company.Salesperson, "Mine");
        await CreateAsync(service, company.Manager, "Ours", shared: true);

        (await NamesAsync(service, company.Salesperson)).ShouldBe("Mine, Ours");
        (await NamesAsync(service, company.OtherSalesperson)).ShouldBe("Ours");
        (await NamesAsync(service, stranger.Admin)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Only_managers_and_admins_share(DatabaseEngine engine)
    {
        var (_, company, service) = await BeginAsync(engine);
        var mine = await CreateAsync(service, company.Salesperson, "Mine");

        (await service.CreateAsync(company.Salesperson, Edit("Hot", shared: true), Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Forbidden);
        (await service.UpdateAsync(company.Salesperson, mine.Id, Edit("Mine", shared: true), mine.Version, Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_view_of_somebody_else_cannot_be_changed_and_a_private_one_looks_missing(DatabaseEngine engine)
    {
        var (_, company, service) = await BeginAsync(engine);
        var ours = await CreateAsync(service, company.Manager, "Ours", shared: true);
        var hidden = await CreateAsync(service, company.Manager, "Hidden");

        (await service.UpdateAsync(company.Salesperson, ours.Id, Edit("Taken"), ours.Version, Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Forbidden);
        (await service.DeleteAsync(company.Salesperson, hidden.Id, Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Missing);
        (await service.UpdateAsync(company.Admin, ours.Id, Edit("All of ours", shared: true), ours.Version, Stop)).Value.ShouldNotBeNull().Name.ShouldBe("All of ours");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_who_change_a_view_at_once_do_not_overwrite_each_other(DatabaseEngine engine)
    {
        var (_, company, service) = await BeginAsync(engine);
        var ours = await CreateAsync(service, company.Manager, "Ours", shared: true);
        (await service.UpdateAsync(company.Admin, ours.Id, Edit("First", shared: true), ours.Version, Stop)).Succeeded.ShouldBeTrue();

        var second = await service.UpdateAsync(company.Manager, ours.Id, Edit("Second", shared: true), ours.Version, Stop);

        second.Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Stale);
        (await NamesAsync(service, company.Manager)).ShouldBe("First");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_deleted_view_comes_back_under_its_address_once(DatabaseEngine engine)
    {
        var (_, company, service) = await BeginAsync(engine);
        var mine = await CreateAsync(service, company.Salesperson, "Mine");
        var deleted = (await service.DeleteAsync(company.Salesperson, mine.Id, Stop)).Value.ShouldNotBeNull();
        (await NamesAsync(service, company.Salesperson)).ShouldBeEmpty();

        (await service.RestoreAsync(company.OtherSalesperson, deleted, Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Missing);
        (await service.RestoreAsync(company.Salesperson, deleted, Stop)).Value.ShouldNotBeNull().Id.ShouldBe(mine.Id);
        (await service.RestoreAsync(company.Salesperson, deleted, Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Everybody_has_an_order_of_his_own(DatabaseEngine engine)
    {
        var (database, company, service) = await BeginAsync(engine);
        var first = await CreateAsync(service, company.Manager, "First", shared: true);
        var second = await CreateAsync(service, company.Manager, "Second", shared: true);
        await CreateAsync(service, company.Manager, "Third", shared: true);

        await new UserPreferences(database.Database).SetAsync(company.Salesperson, UserPreferences.ViewOrder, $"[{second.Id},{second.Id},999,{first.Id}]", Stop);

        (await NamesAsync(service, company.Salesperson)).ShouldBe("Second, First, Third");
        (await NamesAsync(service, company.Manager)).ShouldBe("First, Second, Third");
    }

    [Theory]
    [InlineData("", "", null, "name")]
    [InlineData("\u0007", "", null, "name")]
    [InlineData("Good", "", "no json", "columns")]
    public async Task What_cannot_be_kept_is_refused_by_its_field(string name, string query, string? columns, string field)
    {
        var (_, company, service) = await BeginAsync(DatabaseEngine.Sqlite);

        var refused = await service.CreateAsync(company.Manager, new SavedViewEdit(name, false, true, query, columns), Stop);

        refused.Refusal.ShouldNotBeNull().Errors.ShouldNotBeNull().Keys.ShouldBe([field]);
    }

    [Fact]
    public async Task A_name_stands_for_one_view_of_a_person()
    {
        var (_, company, service) = await BeginAsync(DatabaseEngine.Sqlite);
        await CreateAsync(service, company.Manager, "Ours");

        (await service.CreateAsync(company.Manager, Edit(" OURS "), Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Conflict);
        (await service.CreateAsync(company.Admin, Edit("Ours"), Stop)).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_somebody_arranged_is_his_alone_and_can_be_forgotten(DatabaseEngine engine)
    {
        var (database, company, _) = await BeginAsync(engine);
        var preferences = new UserPreferences(database.Database);

        await preferences.SetAsync(company.Manager, "key", "1", Stop);
        await preferences.SetAsync(company.Manager, "key", "2", Stop);
        (await preferences.GetAsync(company.Manager, "key", Stop)).ShouldBe("2");
        (await preferences.GetAsync(company.Admin, "key", Stop)).ShouldBeNull();
        await preferences.SetAsync(company.Manager, "key", null, Stop);

        (await preferences.GetAsync(company.Manager, "key", Stop)).ShouldBeNull();
        (await preferences.SetAsync(company.Manager, "key", new string('x', 30_000), Stop)).Succeeded.ShouldBeFalse();
    }

    private async Task<(TestDatabase Database, TestCompany Company, SavedViewService Service)> BeginAsync(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        return (database, await TestCompany.AddAsync(database), new SavedViewService(database.Database));
    }

    private static SavedViewEdit Edit(string name, bool shared = false) => new(name, shared, Pinned: true, "grade=HOT", null);

    private static async Task<LeadDesk.Leads.SavedView> CreateAsync(SavedViewService service, CurrentUser user, string name, bool shared = false) =>
        (await service.CreateAsync(user, Edit(name, shared), Stop)).Value.ShouldNotBeNull();

    private static async Task<string> NamesAsync(SavedViewService service, CurrentUser user) =>
        string.Join(", ", (await service.ListAsync(user, Stop)).Select(view => view.Name));
}
