using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Hosting;

public sealed class HttpSurfaceTests
{
    [Fact]
    public async Task Missing_unknown_and_malformed_keys_get_the_same_401()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var client = app.CreateClient();
        var details = new HashSet<string?>();

        foreach (var key in new string?[] { null, "ldk_unknown", new string('x', 500), "%00 \t" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhook");
            if (key is not null)
                request.Headers.TryAddWithoutValidation("X-Api-Key", key);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            problem.GetProperty("status_text").GetString().ShouldBe("error");
            problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
            details.Add(problem.GetProperty("detail").GetString());
        }

        details.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("X-Api-Key", TestApp.ApiKey)]
    [InlineData("Authorization", "Bearer " + TestApp.ApiKey)]
    public async Task A_good_key_gets_in_and_an_unknown_address_is_a_404_problem(string header, string value)
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add(header, value);

        using var answer = await client.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("status").GetInt32().ShouldBe(404);
        problem.TryGetProperty("status_text", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Beyond_its_limit_a_caller_gets_429_and_learns_when_to_come_back()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string>(StringComparer.Ordinal) { ["LeadDesk:Limits:ApiPerHour"] = "2" });

        (await StatusOfAsync(app.Program, "/api/v1/nothing")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusOfAsync(app.Program, "/api/v1/nothing")).ShouldBe(HttpStatusCode.NotFound);
        using var third = await app.Program.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), TestContext.Current.CancellationToken);

        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        third.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Every_page_carries_the_strict_headers_and_unknown_visitors_are_led_to_sign_in()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var browser = app.CreateClient();

        using var answer = await browser.GetAsync(new Uri("/leads?stage=1", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe("/login?returnUrl=%2Fleads%3Fstage%3D1");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self';");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Health_metrics_and_the_description_are_open(DatabaseEngine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var client = app.CreateClient();

        (await StatusOfAsync(client, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusOfAsync(client, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken))
            .ShouldContain("http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=\"/health/live\",http_response_status_code=\"200\"} ");
        var description = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);
        description.GetProperty("components").GetProperty("securitySchemes").GetProperty("api_key").GetProperty("name").GetString().ShouldBe("X-Api-Key");
    }

    [Fact]
    public async Task Ready_says_503_when_the_tables_are_gone()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var client = app.CreateClient();
        (await StatusOfAsync(client, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        await using (var context = app.Database.OpenAll())
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(context.Database, "DELETE FROM \"__EFMigrationsHistory\"", TestContext.Current.CancellationToken);

        (await StatusOfAsync(client, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusOfAsync(client, "/health/live")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
