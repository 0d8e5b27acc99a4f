using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Access;

public sealed class UserServiceTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_email_signs_in_one_person_whatever_its_capitals_and_company(DatabaseEngine engine)
    {
        var (users, _, company, other) = await ArrangeAsync(engine);
        var email = $"Ann.{company.Id}@Example.org";
        (await users.CreateAsync(company.Admin, new NewUser("Ann", email, Role.Manager, "correct horse"), Cancellation)).Succeeded.ShouldBeTrue();

        var second = await users.CreateAsync(other.Admin, new NewUser("Ann", $" {email.ToUpperInvariant()} ", Role.Manager, "correct horse"), Cancellation);

        second.Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Conflict);
        second.Refusal!.Errors.ShouldNotBeNull().Keys.ShouldBe(["email"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_admins_who_demote_each_other_at_once_leave_one_admin(DatabaseEngine engine)
    {
        var (users, directory, company, _) = await ArrangeAsync(engine);
        var created = await users.CreateAsync(company.Admin, new NewUser("Second", $"second.{company.Id}@example.org", Role.Admin, "correct horse"), Cancellation);
        var second = (await directory.FindActiveAsync(company.Id, created.Value!.User.Id)).ShouldNotBeNull();

        var outcomes = await Task.WhenAll(
            users.ChangeAsync(company.Admin, second.UserId, new UserChange(Role: Role.Manager), Cancellation),
            users.ChangeAsync(second, company.Admin.UserId, new UserChange(Active: false), Cancellation));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        outcomes.Single(outcome => !outcome.Succeeded).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await directory.OfAsync(company.Id)).All.Count(user => user is { Role: Role.Admin, Active: true }).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_invitation_sets_the_password_once_and_only_within_seven_days(DatabaseEngine engine)
    {
        var (users, _, company, _) = await ArrangeAsync(engine);
        var accounts = Accounts(await databases.OnAsync(engine));
        var invited = (await users.CreateAsync(company.Admin, new NewUser("Bo", $"bo.{company.Id}@example.org", Role.Salesperson), Cancellation)).Value.ShouldNotBeNull();
        invited.User.Invited.ShouldBeTrue();
        var token = (await users.InviteAsync(company.Admin, invited.User.Id, Cancellation)).Value.ShouldNotBeNull();

        (await accounts.AcceptInvitationAsync(invited.InvitationToken!, "correct horse", Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await accounts.AcceptInvitationAsync(token, "short", Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        (await accounts.AcceptInvitationAsync(token, "correct horse", Cancellation)).Succeeded.ShouldBeTrue();
        (await accounts.AcceptInvitationAsync(token, "another horse", Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);

        var late = (await users.InviteAsync(company.Admin, invited.User.Id, Cancellation)).Value!;
        _time.Advance(UserService.InvitationLife);
        (await accounts.FindInvitationAsync(late, Cancellation)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nobody_but_an_admin_sees_users_and_another_companys_look_missing(DatabaseEngine engine)
    {
        var (users, _, company, other) = await ArrangeAsync(engine);

        (await users.ListAsync(company.Manager, null, 10, Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await users.CreateAsync(company.Salesperson, new NewUser("X", "x@example.org", Role.Admin, "correct horse"), Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await users.ChangeAsync(company.Admin, other.Salesperson.UserId, new UserChange(Active: false), Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_list_goes_on_where_its_cursor_stands(DatabaseEngine engine)
    {
        var (users, _, company, _) = await ArrangeAsync(engine);

        var first = (await users.ListAsync(company.Admin, null, 3, Cancellation)).Value.ShouldNotBeNull();
        var second = (await users.ListAsync(company.Admin, first.NextCursor, 3, Cancellation)).Value.ShouldNotBeNull();

        first.Items.Concat(second.Items).Select(user => user.Id)
            .ShouldBe([company.Admin.UserId, company.Manager.UserId, company.Salesperson.UserId, company.OtherSalesperson.UserId]);
        second.NextCursor.ShouldBeNull();
        (await users.ListAsync(company.Admin, "nonsense", 3, Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leads_go_to_salespeople_then_managers_then_admins_and_a_demotion_on_another_node_shows_within_five_seconds(DatabaseEngine engine)
    {
        var (users, _, company, _) = await ArrangeAsync(engine);
        var otherNode = new UserDirectory((await databases.OnAsync(engine)).Database, _time);
        (await otherNode.OfAsync(company.Id)).Staff.Select(user => user.Id).ShouldBe([company.Salesperson.UserId, company.OtherSalesperson.UserId]);

        foreach (var gone in new[] { company.Salesperson, company.OtherSalesperson })
            (await users.ChangeAsync(company.Admin, gone.UserId, new UserChange(Active: false), Cancellation)).Succeeded.ShouldBeTrue();
        _time.Advance(UserDirectory.FreshFor);

        (await otherNode.OfAsync(company.Id)).Staff.ShouldHaveSingleItem().Id.ShouldBe(company.Manager.UserId);
        (await otherNode.FindActiveAsync(company.Id, company.Salesperson.UserId)).ShouldBeNull();
        (await users.ChangeAsync(company.Admin, company.Manager.UserId, new UserChange(Active: false), Cancellation)).Succeeded.ShouldBeTrue();
        _time.Advance(UserDirectory.FreshFor);
        (await otherNode.OfAsync(company.Id)).Staff.ShouldHaveSingleItem().Id.ShouldBe(company.Admin.UserId);
    }

    private SignInAccounts Accounts(TestDatabase database) => new(database.Database, new UserDirectory(database.Database, _time), new PlainPasswords(), _time);

    private async Task<(UserService Users, UserDirectory Directory, TestCompany Company, TestCompany Other)> ArrangeAsync(DatabaseEngine engine)
    {
        var database = await databases.OnAsync(engine);
        var directory = new UserDirectory(database.Database, _time);
        var users = new UserService(database.Database, directory, new PlainPasswords(), _time);
        return (users, directory, await TestCompany.AddAsync(database), await TestCompany.AddAsync(database, "Other"));
    }
}

/// <summary>Real hashing is slow on purpose and tested through the sign-in page.</summary>
internal sealed class PlainPasswords : IPasswordHashing
{
    public string Hash(string password) => "plain:" + password;

    public bool Matches(string hash, string password) => hash == Hash(password);
}
