using System.Text;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Forms;
using LeadDesk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Intake.Forms;

/// <summary>LinkedIn only names a lead: it is fetched, and goes when the person takes it back.</summary>
public sealed class LinkedInTests
{
    private const string Created = """{"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1b-7","leadGenForm":"urn:li:leadGenForm:4","leadType":"SPONSORED","leadAction":"CREATED","occurredAt":1777901400000}""";
    private int status = 200;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_named_lead_is_fetched_and_erased_when_it_is_taken_back(DatabaseEngine engine)
    {
        await using var api = await SmallServer.StartAsync(Map);
        await using var app = await StartAsync(engine, api);

        await PostAsync(app, Created);
        await PostAsync(app, Created);
        await PostAsync(app, Created.Replace("CREATED", "DELETED", StringComparison.Ordinal));

        await using var context = app.Database.Database.Open((await app.AdminAsync()).CompanyId);
        var lead = await context.Leads.SingleAsync(Stop);
        (lead.Name, lead.Email, lead.Channel, lead.Source).ShouldBe(("Ada Lovelace", "ada@example.com", "linkedin", "LinkedIn"));
        var events = await context.InboundEvents.OrderBy(row => row.Id).ToListAsync(Stop);
        events.Select(row => (row.State, row.LeadId)).ShouldBe([(InboundState.Processed, lead.Id), (InboundState.Processed, lead.Id)]);
        (events[0].Raw.Length, events[0].Fetched).ShouldBe((0, null));
        (await context.TimelineEntries.Select(entry => entry.Text).ToListAsync(Stop)).ShouldContain(text => text != null && text.Contains("took the submission back"));
    }

    [Theory]
    [InlineData(401, InboundState.Failed)]
    [InlineData(404, InboundState.Failed)]
    [InlineData(429, InboundState.Received)]
    [InlineData(503, InboundState.Received)]
    public async Task What_LinkedIn_refuses_waits_or_fails_with_the_reason(int answer, InboundState expected)
    {
        status = answer;
        await using var api = await SmallServer.StartAsync(Map);
        await using var app = await StartAsync(DatabaseEngine.Sqlite, api);

        await PostAsync(app, Created);

        await using var context = app.Database.Database.Open((await app.AdminAsync()).CompanyId);
        var stored = await context.InboundEvents.SingleAsync(Stop);
        (stored.State, string.IsNullOrEmpty(stored.Error)).ShouldBe((expected, false));
        if (expected is InboundState.Received)
            stored.DueAt!.Value.ShouldBeGreaterThan(DateTime.UtcNow.AddSeconds(20));
    }

    private static Task<TestApp> StartAsync(DatabaseEngine engine, SmallServer api) =>
        TestApp.StartAsync(engine, new Dictionary<string, string> { ["LeadDesk:LinkedIn:ApiUrl"] = api.Address.ToString() });

    private static async Task PostAsync(TestApp app, string body)
    {
        var admin = await app.AdminAsync();
        var forms = (await app.Services.GetRequiredService<FormSourceQueries>().ListAsync(admin, null, 10, Stop)).Value!.Items;
        var form = forms.Count > 0 ? forms[0] : (await app.Services.GetRequiredService<FormSourceService>().CreateAsync(admin, new FormSourceChange { Name = "Ads", AccessToken = "token" }, Stop)).Value!;
        using var client = app.CreateClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await client.PostAsync(new Uri($"/webhooks/forms/{form.Key}", UriKind.Relative), content, Stop)).EnsureSuccessStatusCode();
    }

    private void Map(WebApplication api)
    {
        api.MapGet("/rest/leadFormResponses/9a1b-7", (HttpRequest request) => status is not 200
            ? Results.StatusCode(status)
            : request.Headers.Authorization == "Bearer token" && request.Headers["X-Restli-Protocol-Version"] == "2.0.0" && request.Headers["LinkedIn-Version"].Count is 1
                ? Results.Text("""{"id":"9a1b-7","submittedAt":1777901399000,"formResponse":{"answers":[{"questionId":1,"answerDetails":{"textQuestionAnswer":{"answer":"Ada Lovelace"}}},{"questionId":2,"answerDetails":{"textQuestionAnswer":{"answer":"ada@example.com"}}}]}}""", "application/json")
                : Results.StatusCode(400));
        api.MapGet("/rest/leadForms/4", () => Results.Text("""{"content":{"questions":[{"questionId":1,"name":"Full name"},{"questionId":2,"predefinedField":"EMAIL"}]}}""", "application/json"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
