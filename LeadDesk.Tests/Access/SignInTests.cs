using System.Net;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Access;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Until_there_is_a_user_every_page_leads_to_the_set_up_which_asks_for_the_code_and_signs_in()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite, setUp: false);
        using var browser = app.CreateClient();
        (await LocationAsync(browser, "/leads")).ShouldBe("/setup");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Code"] = "WRONG",
            ["Company"] = "Acme",
            ["Region"] = "GB",
            ["TimeZone"] = "Europe/London",
            ["Name"] = "Ann",
            ["Email"] = "ann@acme.test",
            ["Password"] = TestApp.Password,
        };

        using var refused = await TestApp.SubmitAsync(browser, "/setup", fields);
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("This is not the code of this start.");
        fields["Code"] = app.Services.GetRequiredService<SetupCode>().ToString().ToLowerInvariant();
        using var done = await TestApp.SubmitAsync(browser, "/setup", fields);

        done.Headers.Location!.AbsolutePath.ShouldBe("/");
        (await StatusAsync(browser, "/api/v1/nothing")).ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetStringAsync(new Uri("/setup", UriKind.Relative), Cancellation)).ShouldContain("LeadDesk is set up already.");
    }

    [Theory]
    [InlineData("/leads?stage=2", "/leads")]
    [InlineData("//evil.example/leads", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task After_sign_in_one_lands_where_one_wanted_to_go_but_never_on_another_site(string returnUrl, string expected)
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var browser = app.CreateClient();

        using var answer = await TestApp.SubmitAsync(
            browser, $"/login?returnUrl={Uri.EscapeDataString(returnUrl)}", new() { ["Email"] = TestApp.AdminEmail.ToUpperInvariant(), ["Password"] = TestApp.Password });

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (answer.Headers.Location!.Host, answer.Headers.Location.AbsolutePath).ShouldBe((browser.BaseAddress!.Host, expected));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Five_wrong_passwords_lock_the_account_and_nothing_tells_whether_it_exists(DatabaseEngine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var browser = app.CreateClient();
        var answers = new HashSet<string>(StringComparer.Ordinal);

        foreach (var (email, password) in new[] { (TestApp.AdminEmail, "wrong") }.SelectMany(tried => Enumerable.Repeat(tried, 5)).Append(("nobody@acme.test", "wrong")).Append((TestApp.AdminEmail, TestApp.Password)))
        {
            using var answer = await TestApp.SubmitAsync(browser, "/login", new() { ["Email"] = email, ["Password"] = password });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));
            answers.Add(page.QuerySelector("[role=alert]").ShouldNotBeNull().TextContent.Trim());
        }

        answers.Count.ShouldBe(1);
        await using var context = app.Database.OpenAll();
        var admin = await context.Users.IgnoreQueryFilters().SingleAsync(user => user.Email == TestApp.AdminEmail, Cancellation);
        admin.LockedUntil.ShouldNotBeNull().ShouldBeGreaterThan(DateTime.UtcNow.AddMinutes(14));
    }

    [Fact]
    public async Task A_deactivated_person_is_signed_out_at_the_next_request()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        var users = app.Services.GetRequiredService<UserService>();
        var admin = await app.AdminAsync();
        var person = (await users.CreateAsync(admin, new NewUser("Sam", "sam@acme.test", Role.Manager, TestApp.Password), Cancellation)).Value!.User;
        using var browser = await app.SignInAsync("sam@acme.test");
        (await StatusAsync(browser, "/api/v1/nothing")).ShouldBe(HttpStatusCode.NotFound);

        (await users.ChangeAsync(admin, person.Id, new UserChange(Active: false), Cancellation)).Succeeded.ShouldBeTrue();

        (await StatusAsync(browser, "/api/v1/nothing")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Origin", "http://localhost", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    public async Task A_session_may_change_things_through_the_API_only_from_our_own_pages(string header, string value, bool allowed)
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var browser = await app.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/nothing");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await browser.SendAsync(request, Cancellation);

        // Nothing is at this address: getting as far as hearing so is what counts.
        (answer.StatusCode is HttpStatusCode.Forbidden).ShouldBe(!allowed);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing_and_answers_with_a_page()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var browser = app.CreateClient();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var form = new FormUrlEncodedContent([new("_handler", "login"), new("Email", TestApp.AdminEmail), new("Password", TestApp.Password)]);

        using var answer = await browser.PostAsync(new Uri("/login", UriKind.Relative), form, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("<h1");
    }

    private static async Task<string?> LocationAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.Headers.Location?.OriginalString;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }
}
