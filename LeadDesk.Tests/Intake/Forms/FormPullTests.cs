using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Forms;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Intake.Forms;

/// <summary>Fetching from a site that lists its submissions, over real HTTP.</summary>
public sealed class FormPullTests
{
    private readonly List<JsonObject> entries = [];
    private int refuseWith;
    private int calls;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_entry_of_a_site_becomes_a_lead_once_and_later_ones_follow(DatabaseEngine engine)
    {
        await using var site = await SmallServer.StartAsync(Map);
        await using var app = await StartAsync(engine);
        var (admin, form) = await NewPullAsync(app, site.Address.ToString());
        for (var number = 1; number <= 250; number++)
            Add(number);

        await RunAsync(app, admin);
        (await LeadsAsync(app, admin)).Count.ShouldBe(250);
        var callsOfFirst = calls;
        Add(251);
        await RunAsync(app, admin);

        var leads = await LeadsAsync(app, admin);
        leads.Count.ShouldBe(251);
        leads.ShouldContain("person251@example.com");
        (calls - callsOfFirst).ShouldBeLessThanOrEqualTo(callsOfFirst);
        var pull = (await app.Services.GetRequiredService<FormPullService>().GetAsync(admin, form.Id, Stop)).Value!;
        (pull.LastError, pull.LastRunAt is null).ShouldBe((null, false));
        pull.NextRunAt.ShouldBe(pull.LastRunAt!.Value.AddSeconds(300), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_refused_key_is_told_in_words_and_goes_when_it_works_again()
    {
        await using var site = await SmallServer.StartAsync(Map);
        await using var app = await StartAsync(DatabaseEngine.Sqlite);
        var (admin, form) = await NewPullAsync(app, site.Address.ToString());
        Add(1);
        refuseWith = 401;

        await RunAsync(app, admin);
        var service = app.Services.GetRequiredService<FormPullService>();
        (await service.GetAsync(admin, form.Id, Stop)).Value!.LastError!.ShouldContain("does not take the key");
        await using (var context = app.Database.Database.Open(admin.CompanyId))
            (await context.Notices.SingleAsync(Stop)).ClosedAt.ShouldBeNull();
        refuseWith = 0;
        await RunAsync(app, admin);

        (await service.GetAsync(admin, form.Id, Stop)).Value!.LastError.ShouldBeNull();
        (await LeadsAsync(app, admin)).ShouldBe(["person1@example.com"]);
        await using var after = app.Database.Database.Open(admin.CompanyId);
        (await after.Notices.SingleAsync(Stop)).ClosedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_plain_list_of_another_plug_in_is_turned_page_by_page()
    {
        await using var site = await SmallServer.StartAsync(Map);
        await using var app = await StartAsync(DatabaseEngine.Sqlite);
        var (admin, _) = await NewPullAsync(app, $"{site.Address}list?form_id={{form_id}}&page={{page}}");
        for (var number = 1; number <= 25; number++)
            Add(number);

        await RunAsync(app, admin);
        await RunAsync(app, admin);

        (await LeadsAsync(app, admin)).Count.ShouldBe(25);
    }

    [Fact]
    public async Task An_entry_that_was_pushed_and_is_pulled_is_one_lead()
    {
        await using var site = await SmallServer.StartAsync(Map);
        await using var app = await StartAsync(DatabaseEngine.Sqlite);
        var (admin, form) = await NewPullAsync(app, site.Address.ToString());
        Add(1);
        using var client = app.CreateClient();
        using var pushed = new StringContent(entries[0].ToJsonString(), Encoding.UTF8, "application/json");
        (await client.PostAsync(new Uri($"/webhooks/forms/{form.Key}", UriKind.Relative), pushed, Stop)).EnsureSuccessStatusCode();

        await RunAsync(app, admin);

        await using var context = app.Database.Database.Open(admin.CompanyId);
        (await context.InboundEvents.CountAsync(Stop)).ShouldBe(1);
        (await context.Leads.SingleAsync(Stop)).SubmissionCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_site_in_the_inner_network_is_not_asked()
    {
        await using var site = await SmallServer.StartAsync(Map);
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        var (admin, form) = await NewPullAsync(app, site.Address.ToString());

        await RunAsync(app, admin);

        calls.ShouldBe(0);
        (await app.Services.GetRequiredService<FormPullService>().GetAsync(admin, form.Id, Stop)).Value!.LastError!.ShouldContain("not on the public internet");
    }

    [Fact]
    public async Task What_is_due_gets_one_job_each()
    {
        await using var app = await StartAsync(DatabaseEngine.Sqlite);
        var (admin, form) = await NewPullAsync(app, "https://example.com");
        await using var scope = app.Services.CreateAsyncScope();
        var due = scope.ServiceProvider.GetRequiredService<FormPullsDue>();

        await due.RunAsync(new JobRun(1, null, null, 1), Stop);
        await due.RunAsync(new JobRun(2, null, null, 1), Stop);
        await app.Services.GetRequiredService<FormPullService>().FetchNowAsync(admin, form.Id, Stop);

        await using var context = app.Database.Database.Open(admin.CompanyId);
        (await context.Jobs.CountAsync(job => job.Kind == "forms.pull", Stop)).ShouldBe(1);
    }

    [Theory]
    [InlineData("", "5", 300, "url")]
    [InlineData("ftp://example.com", "5", 300, "url")]
    [InlineData("https://user:word@example.com", "5", 300, "url")]
    [InlineData("https://example.com", "", 300, "form_ids")]
    [InlineData("https://example.com", "5/../6", 300, "form_ids")]
    [InlineData("https://example.com", "5", 10, "interval_seconds")]
    public async Task What_cannot_be_fetched_is_named_by_field(string url, string formId, int seconds, string field)
    {
        await using var app = await StartAsync(DatabaseEngine.Sqlite);
        var admin = await app.AdminAsync();
        var form = (await app.Services.GetRequiredService<FormSourceService>().CreateAsync(admin, new FormSourceChange { Name = "Site" }, Stop)).Value!;

        var saved = await app.Services.GetRequiredService<FormPullService>().SaveAsync(admin, form.Id, new FormPullSettings(url, null, [formId], seconds), Stop);

        saved.Refusal!.Errors!.Keys.ShouldBe([field]);
    }

    private static Task<TestApp> StartAsync(DatabaseEngine engine) =>
        TestApp.StartAsync(engine, new Dictionary<string, string> { ["LeadDesk:Outbound:AllowInnerNetwork"] = "true" });

    private static async Task<(CurrentUser Admin, FormSourceView Form)> NewPullAsync(TestApp app, string url)
    {
        var admin = await app.AdminAsync();
        var form = (await app.Services.GetRequiredService<FormSourceService>().CreateAsync(admin, new FormSourceChange { Name = "Site" }, Stop)).Value!;
        (await app.Services.GetRequiredService<FormPullService>().SaveAsync(admin, form.Id, new FormPullSettings(url, "ck:cs", ["7"], 300), Stop)).Succeeded.ShouldBeTrue();
        return (admin, form);
    }

    /// <summary>One run, and what it stored worked on, as the processor would.</summary>
    private static async Task RunAsync(TestApp app, CurrentUser admin)
    {
        await using var scope = app.Services.CreateAsyncScope();
        List<long> waiting;
        await using (var context = app.Database.Database.Open(admin.CompanyId))
        {
            var pull = await context.FormPulls.SingleAsync(Stop);
            await scope.ServiceProvider.GetRequiredService<FormPullRun>().RunAsync(new JobRun(1, admin.CompanyId, $"{pull.Id}", 1), Stop);
            waiting = await context.InboundEvents.Where(row => row.State == InboundState.Received).Select(row => row.Id).ToListAsync(Stop);
        }

        await app.Services.GetRequiredService<InboundRunner>().RunAsync(admin.CompanyId, InboundSources.Form, waiting, Stop);
    }

    private static async Task<List<string?>> LeadsAsync(TestApp app, CurrentUser admin)
    {
        await using var context = app.Database.Database.Open(admin.CompanyId);
        return await context.Leads.Select(lead => lead.Email).ToListAsync(Stop);
    }

    private void Add(int number) => entries.Add(new JsonObject
    {
        ["id"] = $"{number}",
        ["form_id"] = "7",
        ["date_created"] = new DateTime(2026, 5, 4).AddMinutes(number).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ["1.3"] = "Person",
        ["1.6"] = $"Number {number}",
        ["2"] = $"person{number}@example.com",
        ["is_read"] = 0,
    });

    private void Map(WebApplication site)
    {
        site.MapGet("/wp-json/gf/v2/forms/7", () => Results.Text("""{"id":7,"title":"Contact","fields":[{"id":1,"label":"Name","type":"name"},{"id":2,"label":"E-mail","type":"email"}]}""", "application/json"));
        site.MapGet("/wp-json/gf/v2/forms/7/entries", (HttpRequest request) =>
        {
            calls++;
            if (refuseWith > 0 || request.Headers.Authorization != "Basic " + Convert.ToBase64String("ck:cs"u8))
                return Results.Text("""{"code":"rest_forbidden"}""", "application/json", statusCode: refuseWith > 0 ? refuseWith : 401);
            var since = request.Query["search"] is [{ } search] ? JsonNode.Parse(search)!["start_date"]!.ToString() : "";
            var found = entries.Where(entry => string.CompareOrdinal(entry["date_created"]!.ToString(), since) >= 0).ToList();
            return Results.Text(new JsonObject { ["total_count"] = found.Count, ["entries"] = Page(found, int.Parse(request.Query["paging[current_page]"]!, CultureInfo.InvariantCulture), int.Parse(request.Query["paging[page_size]"]!, CultureInfo.InvariantCulture)) }.ToJsonString(), "application/json");
        });
        site.MapGet("/list", (HttpRequest request) => Results.Text(Page(Enumerable.Reverse(entries), int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture), 10).ToJsonString(), "application/json"));
    }

    private static JsonArray Page(IEnumerable<JsonObject> list, int page, int size) => [.. list.Skip((page - 1) * size).Take(size).Select(entry => entry.DeepClone())];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
