using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Access;

public sealed class SetupServiceTests
{
    private static readonly FirstCompany Wanted = new("Acme", "gb", "Europe/London", "Ann", "Ann@Acme.test", "correct horse", "a-key-for-tests");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nodes_that_set_up_at_the_same_time_make_one_company(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var otherDoor = database.OpenAnother();
        var nodes = new[] { database.Database, otherDoor }.Select(door => new SetupService(door, new PlainPasswords(), TimeProvider.System)).ToArray();

        var outcomes = await Task.WhenAll(nodes.Select((node, index) => node.CreateAsync(Wanted with { Email = $"admin{index}@acme.test" }, Cancellation)));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        outcomes.Single(outcome => !outcome.Succeeded).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        await using var context = database.OpenAll();
        (await context.Companies.CountAsync(Cancellation)).ShouldBe(1);
        (await nodes[0].IsDoneAsync(Cancellation) && await nodes[1].IsDoneAsync(Cancellation)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_first_company_has_its_pipeline_an_admin_and_a_key_that_works(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var setup = new SetupService(database.Database, new PlainPasswords(), TimeProvider.System);

        var admin = (await setup.CreateAsync(Wanted, Cancellation)).Value.ShouldNotBeNull();

        (admin.Email, admin.Role).ShouldBe(("ann@acme.test", Role.Admin));
        await using var context = database.Database.Open(admin.CompanyId);
        var company = await context.Companies.SingleAsync(Cancellation);
        (company.Region, company.Currency).ShouldBe(("GB", "GBP"));
        (await context.Stages.CountAsync(Cancellation)).ShouldBeGreaterThan(2);
        var program = (await new ApiKeyDirectory(database.Database, TimeProvider.System).FindAsync(Wanted.ApiKey!)).ShouldNotBeNull();
        (program.CompanyId, program.Role).ShouldBe((admin.CompanyId, Role.Integration));
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var setup = new SetupService(database.Database, new PlainPasswords(), TimeProvider.System);

        var outcome = await setup.CreateAsync(new FirstCompany(" ", "XX1", "Mars/Base", "", "nobody", "short"), Cancellation);

        outcome.Refusal.ShouldNotBeNull().Errors!.Keys.ShouldBe(["company", "region", "time_zone", "name", "email", "password"], ignoreOrder: true);
        (await setup.IsDoneAsync(Cancellation)).ShouldBeFalse();
    }
}
