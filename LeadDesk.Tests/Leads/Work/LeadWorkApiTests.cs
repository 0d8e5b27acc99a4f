using System.Net;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Work;

/// <summary>What programs do with one lead: calls, follow-ups, helpers, scores, shared addresses.</summary>
public sealed class LeadWorkApiTests(ApiApps apps)
{
    private const string Leads = "/api/v1/leads";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_day_with_a_lead_goes_through_the_api(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Manager);
        var id = await caller.NewLeadAsync();
        var address = $"{Leads}/{id}";

        await caller.PostAsync($"{address}/assign", new { owner_id = "me" });
        var call = await caller.PostAsync($"{address}/calls", new { outcome = "callback_asked", seconds = 75, note = "After five", follow_up = new { kind = "call", due_at = "2030-01-02T09:00:00Z" } });
        var set = await caller.PostAsync($"{address}/follow-ups", new { kind = "meeting", due_at = "2030-01-01T09:00:00+01:00", text = "Show the plan" });
        var note = await caller.PostAsync($"{address}/notes", new { text = $"@{company.Salesperson.Name} please", mentions = new[] { company.Admin.UserId } });
        var helper = await caller.PostAsync($"{address}/helpers", new { user_id = company.Salesperson.UserId });
        var score = await caller.PostAsync($"{address}/score", new { score = 90, reason = "Knows the owner" });

        call.Status.ShouldBe(200, call.Text);
        set.Status.ShouldBe(201, set.Text);
        set["due_at"].GetDateTime().ShouldBe(new DateTime(2030, 1, 1, 8, 0, 0));
        note["mentions"].EnumerateArray().Select(person => person.GetProperty("told").GetBoolean()).ShouldBe([false, true]);
        helper.Status.ShouldBe(200, helper.Text);
        score["quality"].GetString().ShouldBe("HOT");
        var lead = await caller.GetAsync(address);
        lead["next_follow_up"].GetDateTime().ShouldBe(new DateTime(2030, 1, 1, 8, 0, 0));
        lead["helpers"][0].GetProperty("id").GetInt64().ShouldBe(company.Salesperson.UserId);
        lead["score_by_hand"].GetProperty("reason").GetString().ShouldBe("Knows the owner");
        lead["lost_reason"].ValueKind.ShouldBe(JsonValueKind.Null);

        (await caller.PatchAsync($"/api/v1/follow-ups/{set["id"]}", new { done = true })).Status.ShouldBe(200);
        (await caller.GetAsync($"/api/v1/follow-ups?user={company.Manager.UserId}"))["follow_ups"].GetArrayLength().ShouldBe(1);
        (await caller.GetAsync("/api/v1/follow-ups?state=done"))["follow_ups"][0].GetProperty("lead_id").GetInt64().ShouldBe(id);
        (await caller.DeleteAsync($"/api/v1/follow-ups/{set["id"]}")).Status.ShouldBe(204);
        (await caller.DeleteAsync($"{address}/helpers/{company.Salesperson.UserId}")).Status.ShouldBe(200);
        (await caller.PostAsync($"{address}/score", new { score = (int?)null }))["quality"].GetString().ShouldNotBeNull();
        var timeline = await caller.GetAsync($"{address}/timeline?show=calls");
        timeline["entries"][0].GetProperty("details").GetProperty("outcome").GetString().ShouldBe("callback_asked");
    }

    [Theory]
    [InlineData("calls", """{"outcome":"shouted"}""", "outcome")]
    [InlineData("calls", """{"outcome":"busy","seconds":-1}""", "seconds")]
    [InlineData("calls", """{"outcome":"busy","follow_up":{"kind":"call"}}""", "due_at")]
    [InlineData("follow-ups", """{"kind":"call","due_at":"tomorrow"}""", "due_at")]
    [InlineData("follow-ups", """{"due_at":"2030-01-01T09:00:00Z"}""", "kind")]
    [InlineData("helpers", "{}", "user_id")]
    [InlineData("helpers", """{"user_id":999999}""", "user_id")]
    [InlineData("score", "{}", "score")]
    [InlineData("score", """{"score":101,"reason":"x"}""", "score")]
    [InlineData("score", """{"score":50}""", "reason")]
    [InlineData("shares", """{"days":365}""", "days")]
    [InlineData("notes", """{"text":"x","mentions":[999999]}""", "mentions")]
    public async Task Work_that_cannot_be_is_refused_with_its_field(string action, string body, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.SendAsync(HttpMethod.Post, $"{Leads}/{await caller.NewLeadAsync()}/{action}", body);

        answer.Status.ShouldBe(422, answer.Text);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Work_on_a_lead_of_somebody_else_looks_missing()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var owner = await app.AsAsync(company.Manager);
        var id = await owner.NewLeadAsync();
        await owner.PostAsync($"{Leads}/{id}/assign", new { owner_id = company.Salesperson.UserId });
        var stranger = await app.AsAsync(company.OtherSalesperson);

        foreach (var (action, body) in new (string, object)[]
        {
            ("calls", new { outcome = "busy" }), ("follow-ups", new { kind = "call", due_at = "2030-01-01T09:00:00Z" }), ("helpers", new { user_id = company.OtherSalesperson.UserId }),
            ("score", new { score = 5, reason = "x" }), ("shares", new { days = 7 }),
        })
            (await stranger.PostAsync($"{Leads}/{id}/{action}", body)).Status.ShouldBe(404, action);
        foreach (var list in (string[])["follow-ups", "helpers", "shares", "timeline"])
            (await stranger.GetAsync($"{Leads}/{id}/{list}")).Status.ShouldBe(404, list);
    }

    [Fact]
    public async Task A_shared_lead_is_read_by_anybody_and_by_nobody_once_it_is_taken_back()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var stranger = app.CreateClient();
        var lead = await SendAsync(app.Program, HttpMethod.Post, Leads, """{"name":"Ada Lovelace","email":"ada@example.org","message":"How much is it?","organisation":"Engines"}""");
        var shares = $"{Leads}/{lead.GetProperty("id")}/shares";
        var bare = await SendAsync(app.Program, HttpMethod.Post, shares, """{"days":7}""");
        var full = await SendAsync(app.Program, HttpMethod.Post, shares, """{"days":1,"with_contact":true}""");

        var shown = await stranger.GetStringAsync(new Uri(PathOf(bare), UriKind.Relative));
        shown.ShouldContain("Ada Lovelace");
        shown.ShouldContain("noindex");
        shown.ShouldNotContain("ada@example.org");
        shown.ShouldNotContain("How much");
        (await stranger.GetStringAsync(new Uri(PathOf(full), UriKind.Relative))).ShouldContain("ada@example.org");
        using var revoked = await app.Program.DeleteAsync(new Uri($"{shares}/{full.GetProperty("id")}", UriKind.Relative));
        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using var gone = await stranger.GetAsync(new Uri(PathOf(full), UriKind.Relative));
        using var never = await stranger.GetAsync(new Uri("/share/never", UriKind.Relative));
        (gone.StatusCode, never.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        gone.Headers.GetValues("X-Robots-Tag").ShouldBe(never.Headers.GetValues("X-Robots-Tag"));
        (await gone.Content.ReadAsStringAsync()).ShouldBe(await never.Content.ReadAsStringAsync());
    }

    private static string PathOf(JsonElement share) => new Uri(share.GetProperty("url").GetString()!).AbsolutePath;

    private static async Task<JsonElement> SendAsync(HttpClient program, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        using var answer = await program.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonElement.Parse(text);
    }
}
