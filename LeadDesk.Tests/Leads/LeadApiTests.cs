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
        var id = await NewLeadAsync(admin);
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
    public async Task A_salesperson_sees_own_leads_only_and_counts_only_those(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var admin = await app.AsAsync(company.Admin);
        var sales = await app.AsAsync(company.Salesperson);
        for (var i = 0; i < 4; i++)
            await NewLeadAsync(admin);

        var list = await sales.GetAsync(Leads);
        var stats = await sales.GetAsync("/api/v1/stats");

        // The round-robin gave every second one to each of the two.
        list["leads"].EnumerateArray().Select(lead => lead.GetProperty("owner").GetProperty("id").GetInt64()).ShouldBe([company.Salesperson.UserId, company.Salesperson.UserId]);
        stats["total_leads"].GetInt64().ShouldBe(2);
        (await sales.PostAsync($"{Leads}/{list["leads"][0].GetProperty("id")}/assign", new { owner_id = company.OtherSalesperson.UserId })).Status.ShouldBe(403);
        (await sales.DeleteAsync($"{Leads}/{list["leads"][0].GetProperty("id")}")).Status.ShouldBe(403);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_change_needs_the_version_that_was_read(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var address = $"{Leads}/{await NewLeadAsync(caller)}";
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
        var address = $"{Leads}/{await NewLeadAsync(caller)}";

        var answer = await caller.SendAsync(HttpMethod.Patch, address, body);

        answer.Status.ShouldBe(status);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Paging_shows_each_lead_once_while_new_ones_come_in(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var before = new List<long>();
        for (var i = 0; i < 25; i++)
            before.Add(await NewLeadAsync(caller));

        foreach (var sort in (string[])["created", "score", "name", "activity", "response"])
        {
            var seen = new List<long>();
            string? cursor = null;
            do
            {
                var page = await caller.GetAsync($"{Leads}?limit=4&sort={sort}{(cursor is null ? "" : "&cursor=" + cursor)}");
                seen.AddRange(page["leads"].EnumerateArray().Select(lead => lead.GetProperty("id").GetInt64()));
                cursor = page["next_cursor"].GetString();
                await NewLeadAsync(caller);
            }
            while (cursor is not null && seen.Count < 200);

            seen.ShouldBeUnique();
            before.Except(seen).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_goes_through_its_stages_owners_and_notes(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Manager);
        var address = $"{Leads}/{await NewLeadAsync(caller)}";

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
        var address = $"{Leads}/{await NewLeadAsync(caller)}/{action}";

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
        (await caller.GetAsync($"{Leads}/{gone["id"]}")).Status.ShouldBe(404);
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

    [Fact]
    public async Task Filters_narrow_the_list_and_wrong_words_are_all_named_at_once()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var id = await NewLeadAsync(caller);
        await caller.PostAsync($"{Leads}/{id}/assign", new { owner_id = "me" });
        await NewLeadAsync(caller);

        (await IdsAsync(caller, "owner=me")).ShouldBe([id]);
        (await IdsAsync(caller, "owner=none")).ShouldBeEmpty();
        var intent = (await caller.GetAsync($"{Leads}/{id}"))["intent"].GetString();
        (await IdsAsync(caller, $"intent={intent}&waiting=false&created_from=2026-01-01")).Count.ShouldBe(2);
        (await IdsAsync(caller, "intent=spam")).ShouldBeEmpty();
        (await IdsAsync(caller, "created_before=2020-01-01T00:00:00Z")).ShouldBeEmpty();
        (await IdsAsync(caller, "overdue=true")).ShouldBeEmpty();
        var wrong = await caller.GetAsync($"{Leads}?quality=FOO&owner=you&intent=1&waiting=maybe&created_from=yesterday&sort=luck&order=up&limit=0");

        wrong.Status.ShouldBe(422);
        wrong["errors"].EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["created_from", "intent", "limit", "order", "owner", "quality", "sort", "waiting"]);
    }

    private static async Task<List<long>> IdsAsync(ApiCaller caller, string query)
    {
        var answer = await caller.GetAsync($"{Leads}?{query}");
        answer.Status.ShouldBe(200, answer.Text);
        return [.. answer["leads"].EnumerateArray().Select(lead => lead.GetProperty("id").GetInt64())];
    }

    /// <summary>The answer but for what differs each time.</summary>
    private static string Without(ApiAnswer answer)
    {
        answer.Status.ShouldBe(404);
        return answer.Text.Replace(answer["trace_id"].GetString()!, "", StringComparison.Ordinal);
    }

    private static async Task<long> NewLeadAsync(ApiCaller caller)
    {
        var answer = await caller.PostAsync(Leads, new { name = $"Person {Guid.NewGuid():N}", email = $"{Guid.NewGuid():N}@example.org", message = "How much is it?" });
        answer.Status.ShouldBe(201, answer.Text);
        return answer["id"].GetInt64();
    }
}
