using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>Pages as they are between their HTML and their circuit: the framework's script is held back meanwhile.</summary>
public sealed class FirstPaintJourneyTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    private const string CountsLostRows = """
        window.lost = 0;
        new MutationObserver(() => { if (!document.querySelector("[data-row]")) window.lost++; }).observe(document, { subtree: true, childList: true });
        """;

    private readonly TaskCompletionSource script = new();

    [Fact]
    public async Task What_changes_between_the_html_and_the_circuit_is_shown_and_no_row_goes_in_between()
    {
        var (early, late, phone) = ($"Early {Guid.NewGuid():N}"[..14], $"Late {Guid.NewGuid():N}"[..14], Phone());
        await app.PostAsync(early, "Stop messaging me", phone: phone);
        var page = await OpenHeldAsync("/leads", early);
        var row = page.Locator("[data-row]").Filter(new() { HasText = early });
        await Assertions.Expect(row).ToContainTextAsync("COLD");
        await Assertions.Expect(row.Locator("[data-pick]")).ToBeDisabledAsync();
        await Assertions.Expect(row.Locator("select")).ToBeDisabledAsync();
        await Assertions.Expect(row.Locator("option:checked")).ToHaveTextAsync("New");
        await page.EvaluateAsync(CountsLostRows);

        await app.PostAsync(late, "I want to buy 50 units today, please call me", phone: Phone());
        await app.PostAsync(early, "I want to buy 50 units today, please call me", phone: phone);
        script.SetResult();

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = late })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(row).ToContainTextAsync("HOT");
        await row.Locator("[data-pick]").CheckAsync();
        await Assertions.Expect(page.Locator(".selected")).ToContainTextAsync("1 selected");
        (await page.EvaluateAsync<int>("window.lost")).ShouldBe(0);
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_was_scrolled_and_a_menu_that_was_opened_before_the_circuit_stay_so_and_new_leads_are_offered()
    {
        for (var count = 0; count < 30; count++)
            await app.PostAsync($"Filler {count}", "Hello", phone: Phone());
        var page = await OpenHeldAsync("/leads", "Filler 29");
        await page.Locator("summary", new() { HasText = "Grade" }).ClickAsync();
        await page.Locator("[data-window]").EvaluateAsync("frame => frame.scrollTop = 300");

        await app.PostAsync("Offered", "Hello", phone: Phone());
        script.SetResult();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "1 new lead" })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        (await page.Locator("[data-window]").EvaluateAsync<int>("frame => frame.scrollTop")).ShouldBe(300);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "WARM", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_another_page_handed_over_is_not_taken()
    {
        var name = $"Cold {Guid.NewGuid():N}"[..14];
        await app.PostAsync(name, "Stop messaging me", phone: Phone());
        var session = await app.SessionAsync(await OpenAsync(app.Address));
        var other = await OpenAsync(app.Address, storageState: session);
        await other.GotoAsync("/leads?grade=HOT");
        var page = await OpenAsync(app.Address, storageState: session);
        await page.RouteAsync("**/leads", async route =>
        {
            var (answer, foreign) = (await route.FetchAsync(), await other.APIRequest.GetAsync("/leads?grade=HOT", new() { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept"] = "text/html" } }));
            await route.FulfillAsync(new() { Response = answer, Body = WithState(await answer.TextAsync(), await foreign.TextAsync()) });
        });

        await page.GotoAsync("/leads");
        await InteractiveAsync(page);

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(page).ToHaveTitleAsync("Leads – LeadDesk");
    }

    private static string WithState(string html, string other)
    {
        const string Begins = "<!--Blazor-Server-Component-State:";
        var (at, from) = (html.IndexOf(Begins, StringComparison.Ordinal), other.IndexOf(Begins, StringComparison.Ordinal));
        at.ShouldBePositive();
        from.ShouldBePositive();
        return string.Concat(html.AsSpan(0, at), other.AsSpan(from, other.IndexOf("-->", from, StringComparison.Ordinal) - from), html.AsSpan(html.IndexOf("-->", at, StringComparison.Ordinal)));
    }

    private static string Phone() => $"+4479{Random.Shared.Next(10_000_000, 99_999_999)}";

    /// <summary>A page whose HTML has come and shows this; a server with much else to do may need another try to read in time.</summary>
    private async Task<IPage> OpenHeldAsync(string path, string shown)
    {
        var session = await app.SessionAsync(await OpenAsync(app.Address));
        var page = await OpenAsync(app.Address, storageState: session);
        await page.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        do
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
            await page.Locator("[data-row], [data-card], .skeleton-row").First.WaitForAsync();
        }
        while (await page.Locator("[data-row], [data-card]").CountAsync() is 0);
        await Assertions.Expect(page.GetByText(shown, new() { Exact = true }).First).ToBeVisibleAsync();
        return page;
    }
}
