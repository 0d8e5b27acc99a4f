using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LeadDesk.Tests.Support;

public sealed class BrowserTestTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    [Theory]
    [MemberData(nameof(Screens.All), MemberType = typeof(Screens))]
    public async Task A_page_has_the_width_and_the_theme_that_was_asked_for(Screen screen)
    {
        await using var server = await ServerAsync("<p>Hello</p>");
        var page = await OpenAsync(server.Address, screen);
        await page.GotoAsync("/");

        var width = await page.EvaluateAsync<int>("innerWidth");
        var dark = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches");

        (width, dark).ShouldBe(screen switch
        {
            Screen.Desk => (1440, false),
            Screen.DeskDark => (1440, true),
            Screen.Phone => (390, false),
            _ => (390, true),
        });
    }

    [Fact]
    public async Task Axe_names_the_violation_and_the_element_also_under_a_strict_content_policy()
    {
        await using var server = await ServerAsync("<main><h1>Leads</h1><input id='search'></main>");
        var page = await OpenAsync(server.Address);
        await page.GotoAsync("/");

        var violations = await Axe.CheckAsync(page);

        violations.ShouldContain("critical: Form elements must have labels (label)");
        violations.ShouldContain("<input id=\"search\">");
    }

    [Fact]
    public async Task Axe_says_nothing_about_a_page_without_violations()
    {
        await using var server = await ServerAsync("<main><h1>Leads</h1><label>Search <input></label></main>");
        var page = await OpenAsync(server.Address);
        await page.GotoAsync("/");

        (await Axe.CheckAsync(page)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_that_the_content_policy_stops_shows_among_the_console_errors()
    {
        await using var server = await ServerAsync("<script>document.title = 'ran'</script>");
        var page = await OpenAsync(server.Address);
        await page.GotoAsync("/");

        (await page.TitleAsync()).ShouldBe("Page");
        ConsoleErrors.ShouldContain(error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_pages_share_no_cookies()
    {
        await using var server = await ServerAsync("<p>Hello</p>");
        var first = await OpenAsync(server.Address);
        var second = await OpenAsync(server.Address);
        await first.GotoAsync("/");
        await second.GotoAsync("/");

        await first.EvaluateAsync("document.cookie = 'seen=1'");

        (await second.EvaluateAsync<string>("document.cookie")).ShouldBeEmpty();
    }

    private static Task<SmallServer> ServerAsync(string body) => SmallServer.StartAsync(app => app.MapGet("/", (HttpContext context) =>
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'";
        return Results.Content($"<!doctype html><html lang='en'><head><title>Page</title></head><body>{body}</body></html>", "text/html");
    }));
}
