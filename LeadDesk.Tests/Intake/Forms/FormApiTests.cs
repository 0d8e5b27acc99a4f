using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Forms;

/// <summary><c>/api/v1/forms</c> of the running app.</summary>
public sealed class FormApiTests(ApiApps apps)
{
    private const string Forms = "/api/v1/forms";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_form_is_made_read_changed_and_deleted_and_its_secret_never_shown(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var admin = await app.AsAsync(company.Admin);

        var made = await admin.PostAsync(Forms, new { name = " Contact ", region = "tr", mapping = new { fields = new { a = "JobTitle" } }, allowed_origins = new[] { "HTTPS://Example.com/x" }, secret = "very-secret" });
        var id = made["id"].GetInt64();
        var changed = await admin.PatchAsync($"{Forms}/{id}", new { redirect = "https://example.com/thanks", allowed_origins = Array.Empty<string>() });
        var list = await admin.GetAsync(Forms);

        made.Status.ShouldBe(201, made.Text);
        made.Location.ShouldBe($"{Forms}/{id}");
        made["name"].GetString().ShouldBe("Contact");
        made["region"].GetString().ShouldBe("TR");
        made["key"].GetString()!.Length.ShouldBeGreaterThanOrEqualTo(22);
        made["url"].GetString().ShouldEndWith($"/webhooks/forms/{made["key"].GetString()}");
        made["mapping"].GetProperty("fields").GetProperty("a").GetString().ShouldBe("job_title");
        made["allowed_origins"][0].GetString().ShouldBe("https://example.com");
        made["has_secret"].GetBoolean().ShouldBeTrue();
        (made.Text + changed.Text + list.Text).ShouldNotContain("very-secret");
        changed["redirect"].GetString().ShouldBe("https://example.com/thanks");
        changed["allowed_origins"].GetArrayLength().ShouldBe(0);
        changed["has_secret"].GetBoolean().ShouldBeTrue();
        list["forms"].GetArrayLength().ShouldBe(1);
        (await admin.DeleteAsync($"{Forms}/{id}")).Status.ShouldBe(204);
        (await admin.GetAsync($"{Forms}/{id}")).Status.ShouldBe(404);
        await using var context = app.Database.Database.Open(company.Id);
        (await context.AuditEntries.Where(entry => entry.Action.StartsWith("form.")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken))
            .ShouldBe(["form.created", "form.changed", "form.deleted"]);
        (await context.AuditEntries.Select(entry => entry.Details).ToListAsync(TestContext.Current.CancellationToken)).ShouldAllBe(details => details == null || !details.Contains("very-secret"));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_answer_goes_into_a_field_of_the_companys_own_and_only_into_one_that_is_there(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var admin = await app.AsAsync(company.Admin);
        (await admin.PostAsync("/api/v1/fields", new { name = "Rooms", type = "number" })).Status.ShouldBe(201);

        var made = await admin.PostAsync(Forms, new { name = "Contact", mapping = new { fields = new { question_7 = "custom.rooms", q = "name" } } });
        var wrong = await admin.PatchAsync($"{Forms}/{made["id"].GetInt64()}", new { mapping = new { fields = new { question_7 = "custom.floors" } } });
        using var client = new HttpClient();
        using var answers = new FormUrlEncodedContent([KeyValuePair.Create("q", "Ada"), KeyValuePair.Create("email", "ada@example.com"), KeyValuePair.Create("question_7", "4")]);
        (await client.PostAsync(made["url"].GetString(), answers, TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();

        made["mapping"].GetProperty("fields").GetProperty("question_7").GetString().ShouldBe("custom.rooms", made.Text);
        wrong.Status.ShouldBe(422);
        wrong.Error("mapping.fields.question_7").ShouldContain("rooms");
        var lead = (await admin.GetAsync("/api/v1/leads"))["leads"][0].GetProperty("id").GetInt64();
        (await admin.GetAsync($"/api/v1/leads/{lead}"))["custom"].GetProperty("rooms").GetDecimal().ShouldBe(4);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_named_by_field()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var admin = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await admin.PostAsync(Forms, new { name = "", region = "XX1", redirect = "javascript:alert(1)", allowed_origins = new[] { "nonsense" }, owner_ids = new[] { 999_999_999L } });
        var mapping = await admin.PostAsync(Forms, new { name = "x", mapping = new { fields = new { a = "wages" } } });

        answer.Status.ShouldBe(422);
        answer["errors"].EnumerateObject().Select(error => error.Name).ShouldBe(["name", "region", "redirect", "allowed_origins", "owner_ids"], ignoreOrder: true);
        (mapping.Status, mapping.Error("mapping.fields.a").Contains("job_title", StringComparison.Ordinal)).ShouldBe((422, true));
    }

    [Fact]
    public async Task Another_companys_form_is_missing_and_only_admins_come_here()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var admin = await app.AsAsync(company.Admin);
        var id = (await admin.PostAsync(Forms, new { name = "Ours" }))["id"].GetInt64();
        var stranger = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var salesperson = await app.AsAsync(company.Salesperson);

        (await stranger.GetAsync($"{Forms}/{id}")).Status.ShouldBe(404);
        (await stranger.PatchAsync($"{Forms}/{id}", new { name = "Theirs" })).Status.ShouldBe(404);
        (await stranger.DeleteAsync($"{Forms}/{id}")).Status.ShouldBe(404);
        (await stranger.GetAsync(Forms))["forms"].GetArrayLength().ShouldBe(0);
        (await salesperson.GetAsync(Forms)).Status.ShouldBe(403);
        (await salesperson.PostAsync(Forms, new { name = "x" })).Status.ShouldBe(403);
        (await app.WithKey(null).GetAsync(Forms)).Status.ShouldBe(401);
        (await admin.GetAsync($"{Forms}/{id}"))["name"].GetString().ShouldBe("Ours");
    }

    [Fact]
    public async Task A_list_goes_on_where_its_page_ended()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var admin = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        foreach (var name in (string[])["a", "b", "c"])
            await admin.PostAsync(Forms, new { name });

        var first = await admin.GetAsync(Forms + "?limit=2");
        var second = await admin.GetAsync($"{Forms}?limit=2&cursor={first["next_cursor"].GetString()}");

        first["forms"].EnumerateArray().Select(form => form.GetProperty("name").GetString()).ShouldBe(["a", "b"]);
        second["forms"].EnumerateArray().Select(form => form.GetProperty("name").GetString()).ShouldBe(["c"]);
        second["next_cursor"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
