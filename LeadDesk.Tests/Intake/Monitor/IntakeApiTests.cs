using System.Text;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake.Monitor;

/// <summary><c>/api/v1/intake</c> of the running app.</summary>
public sealed class IntakeApiTests(ApiApps apps)
{
    private const string Intake = "/api/v1/intake";

    public static TheoryData<DatabaseEngine> Both => Engines.All;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_was_posted_is_listed_with_its_lead_and_its_body(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var lead = await caller.PostAsync("/api/webhook", new { phone = "+442079460000", message = "How much?", channel = "whatsapp", sender_name = "Ann" });
        await caller.PostAsync("/api/webhook", new { phone = "+442079460001", message = "Hello", channel = "whatsapp" });

        var first = await caller.GetAsync($"{Intake}?limit=1&state=processed&source=webhook");
        var second = await caller.GetAsync($"{Intake}?limit=1&cursor={first["next_cursor"].GetString()}");
        var listed = second["events"][0];
        var details = await caller.GetAsync($"{Intake}/{listed.GetProperty("id")}");

        first.Status.ShouldBe(200, first.Text);
        second["next_cursor"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        listed.GetProperty("lead_id").GetInt64().ShouldBe(lead["lead_id"].GetInt64());
        (listed.GetProperty("state").GetString(), listed.GetProperty("source").GetString()).ShouldBe(("processed", "webhook"));
        listed.GetProperty("total_ms").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        details["raw"].GetProperty("text").GetString()!.ShouldContain("\"sender_name\": \"Ann\"");
        details["raw"].GetProperty("masked").GetBoolean().ShouldBeFalse();
        details["steps"].GetProperty("read_ms").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Roles_and_companies_see_what_is_theirs(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var id = await AddAsync(app, company, InboundState.Failed);
        var manager = await app.AsAsync(company.Manager);
        var salesperson = await app.AsAsync(company.Salesperson);
        var stranger = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var masked = await manager.GetAsync($"{Intake}/{id}");
        (masked.Status, masked["raw"].GetProperty("masked").GetBoolean()).ShouldBe((200, true));
        masked.Text.ShouldNotContain("Secret");
        foreach (var path in (string[])[Intake, $"{Intake}/{id}"])
            (await salesperson.GetAsync(path)).Status.ShouldBe(403);
        (await salesperson.PostAsync($"{Intake}/{id}/process", new { })).Status.ShouldBe(403);
        (await stranger.GetAsync(Intake))["events"].GetArrayLength().ShouldBe(0);
        (await stranger.GetAsync($"{Intake}/{id}")).Status.ShouldBe(404);
        (await stranger.PostAsync($"{Intake}/{id}/process", new { })).Status.ShouldBe(404);
        (await app.WithKey(null).GetAsync(Intake)).Status.ShouldBe(401);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_failed_event_is_taken_back_once_and_a_done_one_never(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var failed = await AddAsync(app, company, InboundState.Failed);
        var done = await AddAsync(app, company, InboundState.Processed);

        var again = await caller.SendAsync(HttpMethod.Post, $"{Intake}/{failed}/process", null);

        (again.Status, again["event"].GetProperty("state").GetString()).ShouldBe((200, "received"), again.Text);
        (await caller.SendAsync(HttpMethod.Post, $"{Intake}/{failed}/process", null)).Status.ShouldBe(409);
        (await caller.SendAsync(HttpMethod.Post, $"{Intake}/{done}/process", null)).Status.ShouldBe(409);
        (await caller.GetAsync($"{Intake}?state=received"))["events"].GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("state=lost", "state")]
    [InlineData("source=pigeon", "source")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("received_from=yesterday", "received_from")]
    public async Task What_is_wrong_is_named(string query, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.GetAsync($"{Intake}?{query}");

        answer.Status.ShouldBe(422);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    private static async Task<long> AddAsync(ApiApp app, TestCompany company, InboundState state)
    {
        var row = new InboundEvent
        {
            Source = InboundSources.Form,
            Raw = Encoding.UTF8.GetBytes("""{"name":"Secret"}"""),
            State = state,
            ReceivedAt = DateTime.UtcNow,
            ProcessedAt = DateTime.UtcNow,
            Error = state is InboundState.Failed ? "It failed." : null,
        };
        await app.Database.Database.WriteAsync(company.Id, context =>
        {
            context.InboundEvents.Add(row);
            return Task.FromResult(true);
        }, TestContext.Current.CancellationToken);
        return row.Id;
    }
}
