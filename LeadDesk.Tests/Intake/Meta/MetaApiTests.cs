using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using LeadDesk.Jobs;
using LeadDesk.Simulators.Graph;
using LeadDesk.Tests.Simulators;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Tests.Intake.Meta;

/// <summary>Connections over HTTP, through the whole app, against a Graph API on a socket.</summary>
public sealed class MetaApiTests : IAsyncDisposable
{
    private const string Path = "/api/v1/meta-connections";
    private const string Token = GraphSimulator.DefaultToken;

    private readonly SimulatorHost host = new();
    private readonly LogLines log = new();
    private TestApp app = null!;
    private HttpClient admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_page_is_connected_synced_checked_and_its_token_never_shown(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        host.Graph.AddLeads(SampleForms.QuoteFormId, 120, host.Time.UtcNow.AddDays(-3), host.Time.UtcNow);

        var created = await SendAsync(HttpMethod.Post, Path, new { page_id = SampleForms.PageId, form_ids = (string[]?)null, access_token = Token, interval_seconds = 60, region = "tr", active = true });
        created.Status.ShouldBe(HttpStatusCode.Created);
        var id = created.Body.GetProperty("id").GetInt64();
        (created.Body.GetProperty("access_token_end").GetString(), created.Body.GetProperty("region").GetString(), created.Body.GetProperty("state").GetString()).ShouldBe((Token[^4..], "TR", "active"));
        created.Body.GetProperty("form_ids").ValueKind.ShouldBe(JsonValueKind.Null);

        var sync = await SendAsync(HttpMethod.Post, $"{Path}/{id}/sync");
        (sync.Status, sync.Body.GetProperty("queued").GetBoolean()).ShouldBe((HttpStatusCode.Accepted, false));
        await RunJobsAsync();

        var run = (await SendAsync(HttpMethod.Get, $"{Path}/{id}/runs")).Body.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        (run.GetProperty("trigger").GetString(), run.GetProperty("state").GetString(), run.GetProperty("found").GetInt32(), run.GetProperty("bad").GetInt32()).ShouldBe(("backfill", "done", 120, 0));
        (await SendAsync(HttpMethod.Post, $"{Path}/{id}/gaps")).Status.ShouldBe(HttpStatusCode.Accepted);
        await RunJobsAsync();
        var gaps = (await SendAsync(HttpMethod.Get, $"{Path}/{id}/gaps?limit=2")).Body;
        gaps.GetProperty("gaps").GetArrayLength().ShouldBe(2);
        var rest = (await SendAsync(HttpMethod.Get, $"{Path}/{id}/gaps?limit=2&cursor={gaps.GetProperty("next_cursor").GetString()}")).Body;
        gaps.GetProperty("gaps").EnumerateArray().Concat(rest.GetProperty("gaps").EnumerateArray()).Sum(day => day.GetProperty("at_meta").GetInt32()).ShouldBe(120);
        gaps.GetProperty("gaps").EnumerateArray().ShouldAllBe(day => day.GetProperty("missing").GetInt32() == 0 && day.GetProperty("here").GetInt32() > 0);
        (await SendAsync(HttpMethod.Get, $"{Path}/{id}/forms")).Body.GetProperty("forms").GetArrayLength().ShouldBe(2);
        var test = (await SendAsync(HttpMethod.Post, $"{Path}/{id}/test", new { test_lead = true, subscribe = true })).Body;
        (test.GetProperty("ok").GetBoolean(), test.GetProperty("subscribed").GetBoolean(), test.GetProperty("page_name").GetString()).ShouldBe((true, true, SampleForms.PageName));
        await RunJobsAsync();
        (await ReadAsync(context => context.InboundEvents.CountAsync(row => row.RepeatKey == test.GetProperty("test_lead_id").GetString(), Stop))).ShouldBe(1);

        var shown = await SendAsync(HttpMethod.Get, $"{Path}/{id}");
        shown.Body.GetProperty("page_name").GetString().ShouldBe(SampleForms.PageName);
        foreach (var text in (string[])[created.Body.GetRawText(), shown.Body.GetRawText(), (await SendAsync(HttpMethod.Get, Path)).Body.GetRawText(), .. log.Lines])
            text.ShouldNotContain(Token);
        log.Lines.ShouldNotBeEmpty();
        (await ReadAsync(context => context.MetaConnections.Select(row => row.AccessToken).SingleAsync(Stop))).ShouldNotContain(Token);
        host.Graph.Calls.ShouldAllBe(call => call.HadBearer);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_cannot_be_taken_is_named_by_field(DatabaseEngine engine)
    {
        await OpenAsync(engine);

        var wrong = await SendAsync(HttpMethod.Post, Path, new { page_id = "my page", form_ids = new object[] { 12, "x" }, interval_seconds = 4, region = "Turkey", owners = new[] { 987_654 } });
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["page_id", "form_ids", "access_token", "interval_seconds", "region", "owners"], ignoreOrder: true);
        (await SendAsync(HttpMethod.Post, Path, new { page_id = new { a = 1 } })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, Path, new { active = "yes" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, Path, new[] { 1 })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, Path, new { page_id = "1", access_token = Token, mapping = new { fields = new { a = "nonsense" } } })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(HttpMethod.Get, $"{Path}?limit=0")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(HttpMethod.Get, $"{Path}?cursor=nonsense")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var path in (string[])["", "/runs", "/gaps", "/forms"])
            (await SendAsync(HttpMethod.Get, $"{Path}/404{path}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(context => context.MetaConnections.CountAsync(Stop))).ShouldBe(0);

        // An integration sets up its own sources.
        using var integration = await app.Program.GetAsync(new Uri(Path, UriKind.Relative), Stop);
        integration.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_connection_is_changed_under_its_version_and_a_new_token_sets_it_going_again(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        host.Graph.FailNext("password_changed");
        var id = (await SendAsync(HttpMethod.Post, Path, new { page_id = 104857600012345, access_token = Token, owners = new[] { (await app.AdminAsync()).UserId } })).Body.GetProperty("id").GetInt64();
        await RunJobsAsync();
        var stopped = (await SendAsync(HttpMethod.Get, $"{Path}/{id}")).Body;
        stopped.GetProperty("state").GetString().ShouldBe("needs_reconnect");
        stopped.GetProperty("last_error").GetString().ShouldNotBeNull().ShouldContain("password");
        stopped.GetProperty("interval_seconds").GetInt32().ShouldBe(300);
        (await SendAsync(HttpMethod.Post, $"{Path}/{id}/sync")).Status.ShouldBe(HttpStatusCode.Conflict);

        (await SendAsync(HttpMethod.Patch, $"{Path}/{id}", new { access_token = Token }, ifMatch: "\"9\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        var changed = await SendAsync(HttpMethod.Patch, $"{Path}/{id}", new { access_token = Token, owners = (long[]?)null, mapping = new { constants = new { campaign = "Ours" } } }, ifMatch: "\"1\"");
        changed.Status.ShouldBe(HttpStatusCode.OK);
        (changed.Body.GetProperty("state").GetString(), changed.Body.GetProperty("version").GetInt32(), changed.Body.GetProperty("owners").GetArrayLength()).ShouldBe(("active", 2, 0));
        (await ReadAsync(context => context.Notices.SingleAsync(Stop))).ClosedAt.ShouldNotBeNull();
        host.Graph.AddLead();
        await RunJobsAsync();
        (await ReadAsync(context => context.Leads.SingleAsync(Stop))).Campaign.ShouldBe("Ours");

        var paused = await SendAsync(HttpMethod.Patch, $"{Path}/{id}", new { active = false });
        (paused.Body.GetProperty("active").GetBoolean(), paused.Body.GetProperty("state").GetString()).ShouldBe((false, "paused"));
        (await SendAsync(HttpMethod.Post, $"{Path}/{id}/sync")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await SendAsync(HttpMethod.Delete, $"{Path}/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Get, $"{Path}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(context => context.MetaForms.CountAsync(Stop))).ShouldBe(0);
        (await ReadAsync(context => context.Leads.CountAsync(Stop))).ShouldBe(1);
        (await ReadAsync(context => context.AuditEntries.Where(entry => entry.Action.StartsWith("meta_connection.")).Select(entry => entry.Action).ToListAsync(Stop)))
            .ShouldBe(["meta_connection.created", "meta_connection.changed", "meta_connection.changed", "meta_connection.deleted"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Another_companys_connection_looks_missing(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var other = await TestCompany.AddAsync(app.Database, "Other");
        var service = app.Services.GetRequiredService<MetaConnectionService>();
        var theirs = (await service.CreateAsync(other.Admin, new MetaConnectionChange { PageId = "42", AccessToken = "EAASOMETHINGELSE" }, Stop)).Value.ShouldNotBeNull();

        (await SendAsync(HttpMethod.Get, Path)).Body.GetProperty("connections").GetArrayLength().ShouldBe(0);
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Get, "/runs"), (HttpMethod.Get, "/gaps"), (HttpMethod.Delete, ""), (HttpMethod.Post, "/sync"), (HttpMethod.Post, "/gaps"), (HttpMethod.Post, "/test")])
            (await SendAsync(method, $"{Path}/{theirs.Id}{path}")).Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
        (await SendAsync(HttpMethod.Patch, $"{Path}/{theirs.Id}", new { active = false })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await service.CreateAsync(other.Manager, new MetaConnectionChange(), Stop)).Refusal.ShouldNotBeNull().Kind.ShouldBe(LeadDesk.Common.RefusalKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Connections_and_runs_come_in_pages(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        for (var i = 1; i <= 5; i++)
            (await SendAsync(HttpMethod.Post, Path, new { page_id = $"{i}", access_token = Token, active = false })).Status.ShouldBe(HttpStatusCode.Created);

        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await SendAsync(HttpMethod.Get, cursor is null ? $"{Path}?limit=2" : $"{Path}?limit=2&cursor={cursor}")).Body;
            pages.AddRange(page.GetProperty("connections").EnumerateArray().Select(connection => connection.GetProperty("page_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        pages.ShouldBe(["1", "2", "3", "4", "5"]);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await app.DisposeAsync();
        await host.DisposeAsync();
    }

    private async Task OpenAsync(DatabaseEngine engine)
    {
        await host.InitializeAsync();
        app = await TestApp.StartAsync(
            engine,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LeadDesk:Meta:GraphUrl"] = host.Address },
            services =>
            {
                services.AddSingleton<TimeProvider>(host.Time);
                services.AddSingleton<ILoggerProvider>(log);
                services.Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace);
            });
        var key = (await app.Services.GetRequiredService<ApiKeyService>().CreateAsync(await app.AdminAsync(), "tests", ApiKeyActor.Self, Stop)).Value.ShouldNotBeNull().Key;
        admin = app.CreateClient();
        admin.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await admin.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, text.Length is 0 ? default : JsonElement.Parse(text));
    }

    /// <summary>Does what is queued, as the runner would.</summary>
    private async Task RunJobsAsync()
    {
        List<Job> jobs;
        await using (var context = app.Database.OpenAll())
            jobs = await context.Jobs.Where(job => job.Kind.StartsWith("meta.")).OrderBy(job => job.Id).ToListAsync(Stop);
        foreach (var job in jobs)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var run = new JobRun(job.Id, job.CompanyId, job.Payload, 1);
            await (job.Kind == MetaSync.Kind ? scope.ServiceProvider.GetRequiredService<MetaSync>().RunAsync(run, Stop) : scope.ServiceProvider.GetRequiredService<MetaGapCheck>().RunAsync(run, Stop));
            await using var context = app.Database.OpenAll();
            await context.Jobs.Where(row => row.Id == job.Id).ExecuteDeleteAsync(Stop);
        }
    }

    private async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var context = app.Database.Database.Open((await app.AdminAsync()).CompanyId);
        return await read(context);
    }

    /// <summary>Everything that is logged, at every level.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyList<string> Lines => [.. lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
