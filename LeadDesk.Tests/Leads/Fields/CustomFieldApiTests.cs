using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Fields;

/// <summary>Custom fields, tags and values of leads, and the set-up behind them, as programs see it.</summary>
public sealed class CustomFieldApiTests(ApiApps apps)
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_takes_and_shows_custom_fields_tags_and_its_value(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        (await caller.PostAsync("/api/v1/fields", new { name = "Budget", type = "money" }))["key"].GetString().ShouldBe("budget");
        await caller.PostAsync("/api/v1/fields", new { name = "Colours", type = "multi_choice", options = new[] { new { name = "Red" }, new { name = "Blue" } } });
        await caller.PostAsync("/api/v1/fields", new { name = "Newsletter", type = "check" });
        await caller.PostAsync("/api/v1/fields", new { name = "Move-in date", type = "date" });

        var made = await caller.PostAsync("/api/v1/leads", new { name = "Ada", phone = "+447400123456", value = 2500.5, tags = new[] { "VIP" }, custom = new { budget = 900, colours = new[] { "blue" }, newsletter = true } });

        made.Status.ShouldBe(201, made.Text);
        Custom(made.Text).ShouldBe("""{"budget":900,"colours":["Blue"],"newsletter":true,"move_in_date":null}""");
        made["value"].GetDecimal().ShouldBe(2500.5m);
        made["metadata"].ValueKind.ShouldBe(JsonValueKind.Null);
        var address = $"/api/v1/leads/{made["id"].GetInt64()}";
        var changed = await caller.SendAsync(HttpMethod.Patch, address, """{"custom":{"budget":null,"colours":"red, blue","newsletter":false,"move_in_date":"2026-04-01"},"tags":["vip","Fair"],"value":null,"status":"Demo"}""");
        changed.Status.ShouldBe(200, changed.Text);
        Custom(changed.Text).ShouldBe("""{"budget":null,"colours":["Red","Blue"],"newsletter":false,"move_in_date":"2026-04-01"}""");
        changed["tags"].EnumerateArray().Select(tag => tag.GetString()).ShouldBe(["Fair", "VIP"]);
        changed["status"].GetString().ShouldBe("Demo");
        (await caller.GetAsync("/api/v1/leads"))["leads"][0].GetProperty("custom").GetProperty("move_in_date").GetString().ShouldBe("2026-04-01");
    }

    [Theory]
    [InlineData("POST", "/api/v1/leads", """{"phone":"+447400123456","custom":{"budget":"x"}}""", 422, "custom.budget")]
    [InlineData("POST", "/api/v1/leads", """{"phone":"+447400123456","custom":{"nothing":1}}""", 422, "custom.nothing")]
    [InlineData("POST", "/api/v1/leads", """{"phone":"+447400123456","custom":[]}""", 400, "$.custom")]
    [InlineData("POST", "/api/v1/leads", """{"phone":"+447400123456","tags":"vip"}""", 400, "$.tags")]
    [InlineData("PATCH", null, """{"custom":{"budget":{"a":1}}}""", 400, "$.custom.budget")]
    [InlineData("PATCH", null, """{"value":-1}""", 422, "value")]
    [InlineData("PATCH", null, """{"status":"Lost","lost_reason":"Weather"}""", 422, "lost_reason")]
    [InlineData("PATCH", null, """{"lost_reason":"Price"}""", 422, "status")]
    [InlineData("PATCH", null, """{"status":"Nowhere"}""", 422, "status")]
    [InlineData("POST", "/api/v1/fields", """{"name":"Budget","type":"text"}""", 422, "name")]
    [InlineData("POST", "/api/v1/fields", """{"name":"Other","type":"7"}""", 422, "type")]
    [InlineData("POST", "/api/v1/stages", """{"name":"won"}""", 422, "name")]
    [InlineData("POST", "/api/v1/stages", """{"name":"Fresh","category":"asleep"}""", 422, "category")]
    [InlineData("POST", "/api/v1/tags", """{"name":" "}""", 422, "name")]
    [InlineData("POST", "/api/v1/services", """{"name":"Bath","value":2}""", 422, "services[0].value")]
    public async Task What_cannot_be_is_refused_at_its_place(string method, string? address, string body, int status, string place)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        await caller.PostAsync("/api/v1/fields", new { name = "Budget", type = "number" });

        var answer = await caller.SendAsync(new HttpMethod(method), address ?? $"/api/v1/leads/{await caller.NewLeadAsync()}", body);

        answer.Status.ShouldBe(status, answer.Text);
        answer["errors"].TryGetProperty(place, out _).ShouldBeTrue(answer.Text);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Everybody_reads_the_set_up_and_only_those_who_may_change_it(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var (admin, seller) = (await app.AsAsync(company.Admin), await app.AsAsync(company.Salesperson));
        var stage = (await admin.GetAsync("/api/v1/stages"))["stages"][4].GetProperty("id").GetInt64();
        (await admin.PostAsync("/api/v1/lost-reasons", new { name = "Price" })).Status.ShouldBe(201);
        (await admin.PostAsync("/api/v1/tags", new { name = "VIP", colour = "amber" })).Status.ShouldBe(201);

        foreach (var part in (string[])["pipelines", "stages", "fields", "tags", "lost-reasons", "services"])
        {
            (await seller.GetAsync($"/api/v1/{part}")).Status.ShouldBe(200, part);
            (await seller.PostAsync($"/api/v1/{part}", new { name = "Mine" })).Status.ShouldBe(403, part);
        }

        (await seller.GetAsync("/api/v1/stages"))["stages"][0].GetProperty("leads").ValueKind.ShouldBe(JsonValueKind.Null);
        (await seller.SendAsync(HttpMethod.Delete, $"/api/v1/stages/{stage}", "")).Status.ShouldBe(403);
        (await admin.SendAsync(HttpMethod.Patch, $"/api/v1/stages/{stage}", """{"name":"Show","required_fields":["value","custom.none"]}""")).Status.ShouldBe(422);
        var version = (await admin.SendAsync(HttpMethod.Patch, $"/api/v1/stages/{stage}", """{"name":"Show","required_fields":["value"]}"""))["version"].GetString();
        (await admin.SendAsync(HttpMethod.Patch, $"/api/v1/stages/{stage}", """{"name":"Other","version":"old"}""")).Status.ShouldBe(412);
        var lead = $"/api/v1/leads/{await admin.NewLeadAsync()}/status";
        (await admin.PostAsync(lead, new { status = "Show" }))["errors"].TryGetProperty("value", out _).ShouldBeTrue();
        (await admin.PostAsync(lead, new { status = "Show", fields = new { value = 10 }, comment = "Shown" }))["value"].GetDecimal().ShouldBe(10);
        version.ShouldNotBeNull();
        (await admin.SendAsync(HttpMethod.Delete, $"/api/v1/stages/{stage}?target_stage_id={company.Stages[0].Id}", "")).Status.ShouldBe(204);
    }

    private static string Custom(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("custom").GetRawText();
    }
}
