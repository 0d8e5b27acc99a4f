using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake;

/// <summary><c>GET /api/webhook/leads</c> and <c>/stats</c> of the running app.</summary>
public sealed class WebhookReadTests(ApiApps apps)
{
    private const string Webhook = "/api/webhook";

    [Fact]
    public async Task Lists_and_totals_show_what_came_in_newest_first()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        await caller.PostAsync(Webhook, new { phone = "+447400123456", message = "I want to buy 50 units today, please call me", channel = "whatsapp", sender_name = "Ann" });
        await caller.PostAsync(Webhook, new { phone = "+447400123457", message = "stop messaging me", channel = "whatsapp", sender_name = "Bob" });

        var first = await caller.GetAsync("/api/webhook/leads?limit=1");
        var second = await caller.GetAsync($"/api/webhook/leads?limit=1&cursor={first["next_cursor"].GetString()}");
        var hot = await caller.GetAsync("/api/webhook/leads?quality=hot&channel=WhatsApp&status=new");
        var stats = await caller.GetAsync("/api/webhook/stats");

        first["status"].GetString().ShouldBe("success");
        first["leads"][0].GetProperty("name").GetString().ShouldBe("Bob");
        second["leads"][0].GetProperty("name").GetString().ShouldBe("Ann");
        second["next_cursor"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        hot["leads"].GetArrayLength().ShouldBe(1);
        stats.Text.ShouldBe("""{"status":"success","total_leads":2,"hot_leads":1,"warm_leads":0,"cold_leads":1}""");
    }

    [Theory]
    [InlineData("quality=FOO", "quality")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("status=Sleeping", "status")]
    public async Task Words_that_mean_nothing_are_refused_with_what_is_allowed(string query, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.GetAsync($"/api/webhook/leads?{query}");

        answer.Status.ShouldBe(422);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }
}
