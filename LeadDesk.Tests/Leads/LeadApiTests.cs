using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads;

/// <summary><c>/api/v1/leads</c> of the running app.</summary>
public sealed class LeadApiTests(ApiApps apps)
{
    private const string Leads = "/api/v1/leads";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_new_lead_is_201_with_its_address_and_the_same_person_again_200(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var created = await caller.PostAsync(Leads, new { name = "ann lee", phone = "07400 123456", organisation = "Lee Ltd", city = "Leeds", message = "How much is it?", colour = "red" });
        var joined = await caller.PostAsync(Leads, new { phone = "+447400123456", email = "ann@example.org" });

        created.Status.ShouldBe(201);
        created.Location.ShouldBe($"/api/v1/leads/{created["id"]}");
        created.ETag.ShouldBe($"\"{created["version"]}\"");
        created["phone"].GetString().ShouldBe("+447400123456");
        created["organisation"].GetString().ShouldBe("Lee Ltd");
        created["city"].GetString().ShouldBe("Leeds");
        created["status"].GetString().ShouldBe("New");
        created["metadata"].GetRawText().ShouldBe("""{"colour":"red"}""");
        created["created_at"].GetString()!.ShouldEndWith("Z");
        created["score_reasons"].GetArrayLength().ShouldBeGreaterThan(0);
        created["reading"].GetProperty("answered_by").GetString().ShouldBe("built-in");
        joined.Status.ShouldBe(200);
        joined["id"].GetInt64().ShouldBe(created["id"].GetInt64());
        joined["submission_count"].GetInt32().ShouldBe(2);
        joined["email"].GetString().ShouldBe("ann@example.org");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_not_the_callers_to_see_looks_missing_in_one_and_the_same_way(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var admin = await app.AsAsync(company.Admin);
        var stranger = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var id = await admin.NewLeadAsync();
        var owner = (await admin.GetAsync($"{Leads}/{id}"))["owner"].GetProperty("id").GetInt64();
        var colleague = await app.AsAsync(owner == company.Salesperson.UserId ? company.OtherSalesperson : company.Salesperson);
        var missing = Without(await admin.GetAsync($"{Leads}/999999999"));

        foreach (var caller in (ApiCaller[])[stranger, colleague])
        {
            Without(await caller.GetAsync($"{Leads}/{id}")).ShouldBe(missing);
            (await caller.GetAsync($"{Leads}/{id}/timeline")).Status.ShouldBe(404);
            (await caller.PatchAsync($"{Leads}/{id}", new { city = "York" })).Status.ShouldBe(404);
            (await caller.PostAsync($"{Leads}/{id}/status", new { status = "Won" })).Status.ShouldBe(404);
            (await caller.PostAsync($"{Leads}/{id}/notes", new { text = "mine" })).Status.ShouldBe(404);
            (await caller.GetAsync(Leads))["leads"].GetArrayLength().ShouldBe(0);
        }

        (await admin.GetAsync($"{Leads}/abc")).Status.ShouldBe(404);
        (await admin.GetAsync($"{Leads}/99999999999999999999")).Status.ShouldBe(404);
        (await admin.GetAsync($"{Leads}/-1")).Status.ShouldBe(404);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_change_needs_the_version_that_was_read(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var address = $"{Leads}/{await caller.NewLeadAsync()}";
        var read = await caller.GetAsync(address);

        var changed = await caller.PatchAsync(address, new { city = "York", job_title = "Buyer" }, ("If-Match", read.ETag!));
        var stale = await caller.PatchAsync(address, new { city = "Hull" }, ("If-Match", read.ETag!));
        var weak = await caller.PatchAsync(address, new { city = "Bath" }, ("If-Match", "W/" + changed.ETag));
        var bare = await caller.PatchAsync(address, new { city = (string?)null }, ("If-Match", weak["version"].ToString()));

        changed.Status.ShouldBe(200);
        changed["city"].GetString().ShouldBe("York");
        changed["job_title"].GetString().ShouldBe("Buyer");
        changed.ETag.ShouldNotBe(read.ETag);
        stale.Status.ShouldBe(412);
        stale.MediaType.ShouldBe("application/problem+json");
        weak.Status.ShouldBe(200);
        bare["city"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await caller.PatchAsync(address, new { city = "Hull" }, ("If-Match", "*"))).Status.ShouldBe(200);
        (await caller.PatchAsync(address, new { city = "Hull" }, ("If-Match", "\"soon\""))).Status.ShouldBe(412);
        (await caller.PostAsync($"{address}/notes", new { text = "hello" }, ("If-Match", read.ETag!))).Status.ShouldBe(412);
        (await caller.DeleteAsync(address, ("If-Match", read.ETag!))).Status.ShouldBe(412);
    }

    [Theory]
    [InlineData("""{"score":100}""", 422, "score")]
    [InlineData("""{"phone":"12"}""", 422, "phone")]
    [InlineData("""{"email":"nobody"}""", 422, "email")]
    [InlineData("""{"city":"\ud800"}""", 422, "$")]
    [InlineData("""{"city":17}""", 400, "$.city")]
    [InlineData("[]", 400, "$")]
    [InlineData("", 400, "$")]
    [InlineData("""{"city":""", 400, "$")]
    public async Task A_change_that_cannot_be_is_refused_with_its_field(string body, int status, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var address = $"{Leads}/{await caller.NewLeadAsync()}";

        var answer = await caller.SendAsync(HttpMethod.Patch, address, body);

        answer.Status.ShouldBe(status);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    /// <summary>The answer but for what differs each time.</summary>
    private static string Without(ApiAnswer answer)
    {
        answer.Status.ShouldBe(404);
        return answer.Text.Replace(answer["trace_id"].GetString()!, "", StringComparison.Ordinal);
    }
}
