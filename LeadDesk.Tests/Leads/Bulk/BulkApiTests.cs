using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Leads.Bulk;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Bulk;

/// <summary><c>/api/v1/leads/bulk</c>, <c>/api/v1/bulk/{id}</c> and <c>/api/v1/undo/{token}</c> of the running app.</summary>
public sealed class BulkApiTests(ApiApps apps)
{
    private const string Bulk = "/api/v1/leads/bulk";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Programs_change_many_leads_and_take_it_back(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Manager);
        long[] ids = [await caller.NewLeadAsync(), await caller.NewLeadAsync(), await caller.NewLeadAsync()];

        var done = await caller.PostAsync(Bulk, new { action = "status", ids = (long[])[.. ids, 987_654_321], value = "contacted" });

        done.Status.ShouldBe(200, done.Text);
        done["changed"].GetInt32().ShouldBe(3);
        done["skipped"][0].GetProperty("id").GetInt64().ShouldBe(987_654_321);
        done["skipped"][0].GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        (await caller.GetAsync($"/api/v1/leads/{ids[1]}"))["status"].GetString().ShouldBe("Contacted");

        var undone = await caller.PostAsync($"/api/v1/undo/{done["undo_token"].GetString()}", new { });
        undone.Status.ShouldBe(200, undone.Text);
        undone["restored"].GetInt32().ShouldBe(3);
        undone["not_restored"].GetArrayLength().ShouldBe(0);
        (await caller.GetAsync($"/api/v1/leads/{ids[1]}"))["status"].GetString().ShouldBe("New");
        (await caller.PostAsync($"/api/v1/undo/{done["undo_token"].GetString()}", new { })).Status.ShouldBe(409);
        (await caller.PostAsync("/api/v1/undo/unknown", new { })).Status.ShouldBe(404);
        var stranger = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        (await stranger.GetAsync($"/api/v1/bulk/{done["id"]}")).Status.ShouldBe(404);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leads_are_chosen_by_the_words_of_the_list(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        long[] ids = [await caller.NewLeadAsync(), await caller.NewLeadAsync(), await caller.NewLeadAsync()];
        await caller.PostAsync(Bulk, new { action = "assign", ids = ids[..2], value = "me" });

        var tagged = await caller.PostAsync(Bulk, new { action = "tag", filter = new { owner = "me" }, except = ids[..1], value = "Fair 2026" });
        var city = await caller.PostAsync(Bulk, new { action = "field", filter = new { }, field = "city", value = "Izmir" });
        var nobody = await caller.PostAsync(Bulk, new { action = "assign", filter = new { owner = company.Admin.UserId }, value = (long?)null });
        var deleted = await caller.PostAsync(Bulk, new { action = "delete", ids, reason = "Spam" });
        var restored = await caller.PostAsync(Bulk, new { action = "restore", ids = ids[..1] });

        tagged["changed"].GetInt32().ShouldBe(1);
        city["changed"].GetInt32().ShouldBe(3);
        nobody["changed"].GetInt32().ShouldBe(2);
        deleted["changed"].GetInt32().ShouldBe(3);
        restored["changed"].GetInt32().ShouldBe(1);
        (await caller.GetAsync("/api/v1/leads"))["leads"].GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"ids":[1],"value":"New"}""", "action")]
    [InlineData("""{"action":"explode","ids":[1]}""", "action")]
    [InlineData("""{"action":"0","ids":[1],"value":"New"}""", "action")]
    [InlineData("""{"action":"status","value":"New"}""", "ids")]
    [InlineData("""{"action":"status","ids":[],"value":"New"}""", "ids")]
    [InlineData("""{"action":"status","ids":[1],"filter":{},"value":"New"}""", "filter")]
    [InlineData("""{"action":"status","ids":["one"],"value":"New"}""", "ids")]
    [InlineData("""{"action":"status","ids":[1.5],"value":"New"}""", "ids")]
    [InlineData("""{"action":"status","ids":17,"value":"New"}""", "ids")]
    [InlineData("""{"action":"status","ids":[1],"value":"Asleep"}""", "value")]
    [InlineData("""{"action":"status","ids":[1]}""", "value")]
    [InlineData("""{"action":"status","ids":[1],"value":"Lost","lost_reason":"Bored"}""", "lost_reason")]
    [InlineData("""{"action":"assign","ids":[1]}""", "value")]
    [InlineData("""{"action":"assign","ids":[1],"value":987654321}""", "value")]
    [InlineData("""{"action":"assign","ids":[1],"value":"you"}""", "value")]
    [InlineData("""{"action":"tag","ids":[1]}""", "value")]
    [InlineData("""{"action":"untag","ids":[1],"value":"Never used"}""", "value")]
    [InlineData("""{"action":"field","ids":[1],"field":"email","value":"a@example.org"}""", "field")]
    [InlineData("""{"action":"field","ids":[1],"field":"city"}""", "value")]
    [InlineData("""{"action":"follow_up","ids":[1]}""", "due_at")]
    [InlineData("""{"action":"follow_up","ids":[1],"due_at":"soon"}""", "due_at")]
    [InlineData("""{"action":"follow_up","ids":[1],"due_at":"2026-11-23T09:00:00Z","kind":"visit"}""", "kind")]
    [InlineData("""{"action":"delete","filter":{"colour":"red"}}""", "filter.colour")]
    [InlineData("""{"action":"delete","filter":{"quality":"LUKEWARM"}}""", "filter.quality")]
    [InlineData("""{"action":"restore","filter":{}}""", "filter")]
    public async Task A_request_that_cannot_be_is_refused_with_its_field(string body, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var answer = await caller.SendAsync(HttpMethod.Post, Bulk, body);
        answer.Status.ShouldBe(422, answer.Text);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task More_than_a_million_ids_are_refused_and_a_body_that_is_no_json_too()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var many = JsonSerializer.Serialize(new { action = "delete", ids = Enumerable.Range(1, BulkRequest.Most + 1) });
        var answer = await caller.SendAsync(HttpMethod.Post, Bulk, many);
        answer.Status.ShouldBe(422, answer.Text);
        answer.Error("ids").ShouldContain("1,000,000");
        (await caller.SendAsync(HttpMethod.Post, Bulk, "[1]")).Status.ShouldBe(400);
        (await caller.SendAsync(HttpMethod.Post, Bulk, """{"action":""")).Status.ShouldBe(400);
        (await caller.SendAsync(HttpMethod.Post, Bulk, """{"action":"delete","ids":[1],"reason":"\ud800"}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task More_than_ten_thousand_leads_become_a_job_that_can_be_followed_and_cancelled()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Manager);
        await app.Database.Database.WriteAsync(company.Id, context =>
        {
            context.Leads.AddRange(Enumerable.Range(0, BulkRequest.AtOnce + 1).Select(number => company.NewLead($"Lead {number}")));
            return Task.FromResult(true);
        }, default);

        var started = await caller.PostAsync(Bulk, new { action = "status", filter = new { status = "New" }, value = "Contacted" }, ("Idempotency-Key", "bulk-1"));
        var again = await caller.PostAsync(Bulk, new { action = "status", filter = new { status = "New" }, value = "Contacted" }, ("Idempotency-Key", "bulk-1"));

        started.Status.ShouldBe(202, started.Text);
        again.Text.ShouldBe(started.Text);
        started["total"].GetInt32().ShouldBe(BulkRequest.AtOnce + 1);
        var state = await caller.GetAsync(started["url"].GetString()!);
        (state["state"].GetString(), state["action"].GetString(), state["changed"].GetInt32()).ShouldBe(("waiting", "status", 0));
        (await caller.PostAsync($"{started["url"].GetString()}/cancel", new { })).Status.ShouldBe(202);
        await using var context = app.Database.OpenAll();
        var id = started["id"].GetInt64();
        (await context.BulkChanges.IgnoreQueryFilters().SingleAsync(row => row.Id == id)).CancelAsked.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_asks_for_too_many_changes_is_told_when_to_come_back()
    {
        await using var app = await ApiApp.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string>(StringComparer.Ordinal) { ["LeadDesk:Limits:BulkPerHour"] = "1" });
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var lead = await caller.NewLeadAsync();
        (await caller.PostAsync(Bulk, new { action = "status", ids = new[] { lead }, value = "Contacted" })).Status.ShouldBe(200);

        var limited = await caller.PostAsync(Bulk, new { action = "status", ids = new[] { lead }, value = "New" });

        limited.Status.ShouldBe(429);
        limited.RetryAfter.ShouldNotBeNull();
        (await caller.GetAsync("/api/v1/leads")).Status.ShouldBe(200);
    }
}
