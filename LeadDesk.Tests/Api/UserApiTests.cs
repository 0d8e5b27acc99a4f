using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Api;

/// <summary><c>/api/v1/users</c> of the running app.</summary>
public sealed class UserApiTests(ApiApps apps)
{
    private const string Users = "/api/v1/users";

    [Fact]
    public async Task An_admin_adds_people_by_password_or_invitation_and_changes_them()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var invited = await caller.PostAsync(Users, new { name = "Ann", email = NewEmail(), role = "salesperson" }, ("Idempotency-Key", "u1"));
        var ready = await caller.PostAsync(Users, new { name = "Bob", email = NewEmail(), role = "Manager", password = "correct horse battery" });
        var changed = await caller.PatchAsync($"{Users}/{ready["id"]}", new { role = "Salesperson", active = false });

        invited.Status.ShouldBe(201, invited.Text);
        invited["invitation_url"].GetString()!.ShouldContain("/invite/");
        invited["invited"].GetBoolean().ShouldBeTrue();
        ready["invitation_url"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        changed["role"].GetString().ShouldBe("Salesperson");
        changed["active"].GetBoolean().ShouldBeFalse();
        (await caller.GetAsync($"{Users}?limit=1"))["next_cursor"].GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_admins_get_in()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();

        foreach (var user in (LeadDesk.Access.CurrentUser[])[company.Manager, company.Salesperson])
        {
            var caller = await app.AsAsync(user);
            (await caller.GetAsync(Users)).Status.ShouldBe(403);
            (await caller.PostAsync(Users, new { name = "Ann", email = NewEmail(), role = "Admin" })).Status.ShouldBe(403);
            (await caller.PatchAsync($"{Users}/{company.Admin.UserId}", new { active = false })).Status.ShouldBe(403);
        }
    }

    [Theory]
    [InlineData("""{"name":"Ann","email":"ann@example.org","role":"King"}""", 422, "role")]
    [InlineData("""{"name":"Ann","email":"ann@example.org","role":"1"}""", 422, "role")]
    [InlineData("""{"name":"Ann","email":"nobody","role":"Admin"}""", 422, "email")]
    [InlineData("""{"email":"ann@example.org","role":"Admin"}""", 422, "name")]
    public async Task What_is_wrong_is_named(string body, int status, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.SendAsync(HttpMethod.Post, Users, body);

        answer.Status.ShouldBe(status);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_last_admin_stays_and_an_address_is_taken_once()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var email = NewEmail();
        await caller.PostAsync(Users, new { name = "Ann", email, role = "Manager" });

        (await caller.PostAsync(Users, new { name = "Ann", email, role = "Manager" })).Status.ShouldBe(409);
        (await caller.PatchAsync($"{Users}/{company.Admin.UserId}", new { active = false })).Status.ShouldBe(409);
        (await caller.PatchAsync($"{Users}/999999", new { active = false })).Status.ShouldBe(404);
    }

    private static string NewEmail() => $"{Guid.NewGuid():N}@example.org";
}
