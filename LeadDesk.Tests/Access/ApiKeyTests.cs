using System.Net;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Access;

public sealed class ApiKeyTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_revoked_key_stops_at_once_here_and_within_five_seconds_elsewhere(DatabaseEngine engine)
    {
        var (service, keys, company) = await ArrangeAsync(engine);
        var elsewhere = new ApiKeyDirectory((await databases.OnAsync(engine)).Database, _time);
        var created = (await service.CreateAsync(company.Admin, "Shop", ApiKeyActor.Integration, Cancellation)).Value.ShouldNotBeNull();
        created.Key.ShouldStartWith("ldk_");
        (await keys.FindAsync(created.Key)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            program => program.CompanyId.ShouldBe(company.Id),
            program => program.Name.ShouldBe("Shop"),
            program => program.ApiKeyId.ShouldBe(created.View.Id));
        (await elsewhere.FindAsync(created.Key)).ShouldNotBeNull();

        (await service.RevokeAsync(company.Admin, created.View.Id, Cancellation)).Succeeded.ShouldBeTrue();

        (await keys.FindAsync(created.Key)).ShouldBeNull();
        _time.Advance(ApiKeyDirectory.FreshFor);
        (await elsewhere.FindAsync(created.Key)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_key_that_acts_as_its_maker_has_the_makers_rights_and_its_end_leaves_the_maker_active(DatabaseEngine engine)
    {
        var (service, keys, company) = await ArrangeAsync(engine);
        var created = (await service.CreateAsync(company.Admin, "Provisioning", ApiKeyActor.Self, Cancellation)).Value.ShouldNotBeNull();
        (await keys.FindAsync(created.Key)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            program => program.UserId.ShouldBe(company.Admin.UserId),
            program => program.Role.ShouldBe(Role.Admin));

        (await service.RevokeAsync(company.Admin, created.View.Id, Cancellation)).Succeeded.ShouldBeTrue();

        (await keys.FindAsync(created.Key)).ShouldBeNull();
        await using var context = (await databases.OnAsync(engine)).Database.Open(company.Id);
        (await context.Users.SingleAsync(user => user.Id == company.Admin.UserId, Cancellation)).Active.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_last_use_is_written_at_most_once_a_minute(DatabaseEngine engine)
    {
        var (service, keys, company) = await ArrangeAsync(engine);
        var created = (await service.CreateAsync(company.Admin, "Shop", ApiKeyActor.Integration, Cancellation)).Value.ShouldNotBeNull();
        var first = await UseAsync();

        _time.Advance(TimeSpan.FromSeconds(30));
        var soon = await UseAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        var later = await UseAsync();

        soon.ShouldBe(first);
        later.ShouldBe(first.ShouldNotBeNull().AddMinutes(1));

        async Task<DateTime?> UseAsync()
        {
            (await keys.FindAsync(created.Key)).ShouldNotBeNull();
            await keys.WriteUsesAsync(Cancellation);
            await using var context = (await databases.OnAsync(engine)).Database.Open(company.Id);
            return (await context.ApiKeys.SingleAsync(key => key.Id == created.View.Id, Cancellation)).LastUsedAt;
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Only_admins_manage_keys_and_only_their_own_companys(DatabaseEngine engine)
    {
        var (service, _, company) = await ArrangeAsync(engine);
        var other = await TestCompany.AddAsync(await databases.OnAsync(engine), "Other");
        var foreign = (await service.CreateAsync(other.Admin, "Theirs", ApiKeyActor.Integration, Cancellation)).Value.ShouldNotBeNull();

        (await service.CreateAsync(company.Manager, "Mine", ApiKeyActor.Integration, Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await service.RevokeAsync(company.Admin, foreign.View.Id, Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await service.ListAsync(company.Admin, Cancellation)).Value.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_with_a_key_that_was_just_revoked_gets_401()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var before = await app.Program.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), Cancellation);
        before.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var service = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ApiKeyService>(app.Services);
        var admin = await app.AdminAsync();

        await service.RevokeAsync(admin, (await service.ListAsync(admin, Cancellation)).Value!.Single().Id, Cancellation);

        using var after = await app.Program.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), Cancellation);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<(ApiKeyService Service, ApiKeyDirectory Keys, TestCompany Company)> ArrangeAsync(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        var keys = new ApiKeyDirectory(database.Database, _time);
        var service = new ApiKeyService(database.Database, keys, new UserDirectory(database.Database, _time), _time);
        return (service, keys, await TestCompany.AddAsync(database));
    }
}
