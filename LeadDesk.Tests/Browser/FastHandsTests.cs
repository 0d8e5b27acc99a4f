using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Browser;

/// <summary>People who type faster than the line to the server is. What the browser sends is held back here until the test lets it go.</summary>
public sealed class FastHandsTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    /// <summary>Keeps the messages that <c>hold</c> names until <c>release()</c> sends them, in their order.</summary>
    private const string Line = """
        const send = WebSocket.prototype.send;
        const kept = [];
        window.hold = null;
        window.release = () => { window.hold = null; kept.splice(0).forEach(([socket, message]) => send.call(socket, message)); };
        WebSocket.prototype.send = function (message) { if (window.hold?.(typeof message === "string" ? message : new TextDecoder().decode(message))) kept.push([this, message]); else send.call(this, message); };
        """;

    /// <summary>The server does not hear that its answers are shown, so it cannot call for anything after them.</summary>
    private const string WhatIsShown = "() => { window.hold = message => message.includes('OnRenderCompleted'); }";

    private const string Everything = "{ window.hold = () => true; }";

    [Fact]
    public async Task What_is_typed_after_the_key_of_a_dialog_stands_in_its_field()
    {
        var page = await OpenAsync("/leads");
        await ListensAsync(page);

        await page.EvaluateAsync(Everything);
        await page.Keyboard.TypeAsync("nAda f. Snow");
        await page.EvaluateAsync("release()");

        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "New lead" }).GetByLabel("Name")).ToHaveValueAsync("Ada f. Snow");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_is_pressed_before_the_page_listens_is_not_lost()
    {
        var page = await OpenAsync("/leads", Everything);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "New lead" })).ToBeDisabledAsync();

        await page.Keyboard.TypeAsync("nAda");
        await page.EvaluateAsync("release()");

        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "New lead" }).GetByLabel("Name")).ToHaveValueAsync("Ada");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_palette_follows_what_was_typed_and_not_what_stood_there_before()
    {
        var page = await OpenAsync("/leads");
        await ListensAsync(page);
        await page.GetByLabel("Search leads").FocusAsync();

        await page.EvaluateAsync(Everything);
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("Dark th");
        await page.Keyboard.PressAsync("Enter");
        await page.EvaluateAsync("release()");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.GetByLabel("Search leads")).ToHaveValueAsync("");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_is_logged_without_looking_at_the_screen()
    {
        var id = await app.PostAsync($"Called {Guid.NewGuid():N}", "I want to buy", phone: $"+4479{Random.Shared.Next(10_000_000, 99_999_999)}");
        var page = await OpenAsync($"/leads/{id}");
        await Expect(page.GetByLabel("Stage", new() { Exact = true })).ToBeVisibleAsync();

        await page.EvaluateAsync(Everything);
        await page.Keyboard.TypeAsync("cBusy");
        await page.EvaluateAsync("release()");

        await Expect(page.GetByLabel("Outcome").Locator("option:checked")).ToHaveTextAsync("Busy");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dialog_comes_and_goes_with_the_answer_and_not_a_round_trip_later()
    {
        var page = await OpenAsync("/leads");
        await ListensAsync(page);
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.EvaluateAsync(WhatIsShown);
        await page.GetByRole(AriaRole.Button, new() { Name = "New lead" }).ClickAsync();
        await Expect(dialog.GetByLabel("Phone")).ToBeVisibleAsync();
        await page.EvaluateAsync("release()");
        await dialog.GetByLabel("Phone").FillAsync($"+4479{Random.Shared.Next(10_000_000, 99_999_999)}");
        await page.EvaluateAsync(WhatIsShown);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add lead" }).ClickAsync();

        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        ConsoleErrors.ShouldBeEmpty();
    }

    private static Task ListensAsync(IPage page) => Expect(page.GetByRole(AriaRole.Button, new() { Name = "New lead" })).ToBeEnabledAsync();

    /// <summary>A page of somebody who is signed in.</summary>
    /// <param name="held">What is held back from the first message on.</param>
    private async Task<IPage> OpenAsync(string path, string held = "")
    {
        var session = await app.SessionAsync(await OpenAsync(app.Address));
        var page = await OpenAsync(app.Address, Screen.Desk, session);
        await page.AddInitScriptAsync(Line + held);
        await page.GotoAsync(path);
        return page;
    }
}
