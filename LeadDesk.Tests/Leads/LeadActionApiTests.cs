using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads;

/// <summary>What is done with a lead through <c>/api/v1/leads/{id}</c> of the running app: stages, owners, notes, merging, deletion.</summary>
public sealed class LeadActionApiTests(ApiApps apps)
{
    private const string Leads = "/api/v1/leads";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_goes_through_its_stages_owners_and_notes(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Manager);
        var address = $"{Leads}/{await caller.NewLeadAsync()}";

        var contacted = await caller.PostAsync($"{address}/status", new { status = "contacted" });
        var byId = await caller.PostAsync($"{address}/status", new { status = $"{company.Stages[4].Id}" });
        var mine = await caller.PostAsync($"{address}/assign", new { owner_id = "me" });
        var nobodys = await caller.PostAsync($"{address}/assign", new { owner_id = (long?)null });
        var note = await caller.PostAsync($"{address}/notes", new { text = "Call on Monday" });

        contacted["status"].GetString().ShouldBe("Contacted");
        contacted["first_response_at"].ValueKind.ShouldBe(JsonValueKind.String);
        byId["status"].GetString().ShouldBe("Demo");
        mine["owner"].GetProperty("id").GetInt64().ShouldBe(company.Manager.UserId);
        nobodys["owner"].ValueKind.ShouldBe(JsonValueKind.Null);
        note.Status.ShouldBe(201);
        note["text"].GetString().ShouldBe("Call on Monday");
        var timeline = await caller.GetAsync($"{address}/timeline?limit=2");
        timeline["entries"][0].GetProperty("kind").GetString().ShouldBe("note");
        timeline["entries"][0].GetProperty("actor").GetProperty("name").GetString().ShouldBe(company.Manager.Name);
        timeline["next_cursor"].GetString().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("status", """{"status":"Asleep"}""", 422, "status")]
    [InlineData("status", "{}", 422, "status")]
    [InlineData("assign", """{"owner_id":999999}""", 422, "owner_id")]
    [InlineData("assign", "{}", 422, "owner_id")]
    [InlineData("notes", """{"text":"  "}""", 422, "text")]
    [InlineData("merge", "{}", 422, "ids")]
    [InlineData("merge", """{"ids":[999999]}""", 422, "ids")]
    [InlineData("status", """{"status":17}""", 400, null)]
    [InlineData("notes", "[]", 400, null)]
    [InlineData("notes", "", 400, null)]
    [InlineData("notes", """{"text":"\ud800"}""", 400, null)]
    public async Task An_action_that_cannot_be_is_refused_with_its_field(string action, string body, int status, string? field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var address = $"{Leads}/{await caller.NewLeadAsync()}/{action}";

        var answer = await caller.SendAsync(HttpMethod.Post, address, body);

        answer.Status.ShouldBe(status, answer.Text);
        if (field is not null)
            answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_merged_lead_is_gone_and_its_address_leads_to_the_other(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var kept = await caller.PostAsync(Leads, new { phone = "+447400123456", name = "Ann", message = "hello" });
        var gone = await caller.PostAsync(Leads, new { email = "ann@example.org", organisation = "Lee Ltd", message = "I want to buy 50 units" });

        var merged = await caller.PostAsync($"{Leads}/{kept["id"]}/merge", new { ids = new[] { gone["id"].GetInt64() } });

        merged.Status.ShouldBe(200, merged.Text);
        merged["email"].GetString().ShouldBe("ann@example.org");
        merged["organisation"].GetString().ShouldBe("Lee Ltd");
        merged["message_count"].GetInt32().ShouldBe(2);
        var missing = await caller.GetAsync($"{Leads}/{gone["id"]}");
        (missing.Status, missing["merged_into"].GetInt64()).ShouldBe((404, kept["id"].GetInt64()));
        (await caller.PostAsync(Leads, new { email = "ann@example.org", message = "again" }))["id"].GetInt64().ShouldBe(kept["id"].GetInt64());
        (await caller.GetAsync("/api/v1/stats"))["total_leads"].GetInt64().ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_deleted_lead_is_gone_until_the_person_writes_again(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var created = await caller.PostAsync(Leads, new { phone = "+447400123456", message = "hello" });
        var address = $"{Leads}/{created["id"]}";

        (await caller.DeleteAsync($"{address}?reason=test")).Status.ShouldBe(204);
        (await caller.DeleteAsync(address)).Status.ShouldBe(404);
        (await caller.GetAsync(address)).Status.ShouldBe(404);
        (await caller.GetAsync("/api/v1/stats"))["total_leads"].GetInt64().ShouldBe(0);
        var back = await caller.PostAsync(Leads, new { phone = "+447400123456", message = "me again" });

        back["id"].GetInt64().ShouldBe(created["id"].GetInt64());
        (await caller.GetAsync("/api/v1/stats"))["total_leads"].GetInt64().ShouldBe(1);
    }
}
