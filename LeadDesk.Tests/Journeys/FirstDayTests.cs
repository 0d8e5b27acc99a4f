using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Journeys;

/// <summary>What a newcomer does: start, set up, make a key, post a lead, and watch it arrive.</summary>
public sealed class FirstDayTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task From_the_printed_code_to_a_lead_that_two_people_work_on()
    {
        await using var app = await LeadDeskProcess.StartAsync();
        var page = await OpenAsync(app.Address);

        await SetUpAsync(page, await SetupCodeAsync(app));
        using var program = app.CreateClient();
        program.DefaultRequestHeaders.Add("X-Api-Key", await MakeKeyAsync(page));

        // The second person looks at the list, the first at the dashboard; neither reloads.
        var second = await OpenAsync(app.Address, storageState: await page.Context.StorageStateAsync());
        await second.GotoAsync("/leads");
        await page.GotoAsync("/");
        await Expect(page.GetByText("Post your first lead")).ToBeVisibleAsync();
        await Acme.SendAsync(program, new { phone = "+923001234567", message = "I want to buy 50 units today, please call me", channel = "whatsapp", sender_name = "Ahmed" });
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ahmed" }).First).ToBeVisibleAsync();
        var row = second.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ahmed" });
        await Expect(row).ToContainTextAsync("HOT");

        await row.GetByRole(AriaRole.Link, new() { Name = "Ahmed" }).ClickAsync();
        await Expect(second.GetByText("Wants to buy, very sure")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(second.Url).PathAndQuery);
        await Expect(page.GetByLabel("Stage", new() { Exact = true })).ToBeEnabledAsync();
        await second.GetByLabel("Stage", new() { Exact = true }).SelectOptionAsync("Contacted");
        await Expect(page.GetByLabel("Stage", new() { Exact = true }).Locator("option:checked")).ToHaveTextAsync("Contacted");

        await second.GetByLabel("Note", new() { Exact = true }).FillAsync("Called, wants a quote by Friday.");
        await second.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.GetByText("Called, wants a quote by Friday.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_lost_server_shows_itself_comes_back_and_keeps_what_was_typed()
    {
        await using var app = await LeadDeskProcess.StartAsync(Acme.Settings);
        using var program = Acme.Program(app);
        var lead = (await Acme.SendAsync(program, new { phone = "+923001234567", message = "hello", sender_name = "Ahmed" })).GetProperty("lead_id").GetInt64();
        var page = await OpenAsync(app.Address);
        await Acme.SignInAsync(page);
        await page.GotoAsync($"/leads/{lead}");
        var note = page.GetByLabel("Note", new() { Exact = true });
        await Expect(note).ToBeEnabledAsync();
        await note.FillAsync("Half a thought");

        await app.Kill9Async();
        await Expect(page.GetByText("Connection lost")).ToBeVisibleAsync();
        await app.RestartAsync();

        await Expect(page.GetByText("Connection lost")).ToBeHiddenAsync();
        await Expect(note).ToHaveValueAsync("Half a thought");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Half a thought" })).ToBeVisibleAsync();
    }

    private static async Task SetUpAsync(IPage page, string code)
    {
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new Uri(new Uri(page.Url), "/setup").ToString());
        await page.GetByLabel("Set-up code").FillAsync(code);
        await page.GetByLabel("Company").FillAsync("Newcomers Ltd");
        await page.GetByLabel("Region").SelectOptionAsync("PK");
        await page.GetByLabel("Your name").FillAsync("Nina Newcomer");
        await page.GetByLabel("Email").FillAsync("nina@newcomers.example");
        await page.GetByLabel("Password").FillAsync(Acme.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard", Level = 1 })).ToBeVisibleAsync();
    }

    private static async Task<string> MakeKeyAsync(IPage page)
    {
        await page.GotoAsync("/settings/api-keys");
        await page.GetByLabel("Name of the new key").FillAsync("Website");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        return await page.GetByTestId("api-key").InnerTextAsync();
    }

    /// <summary>As the log says: <c>Open http://localhost:5080/setup and enter the code 7F3K-9QPD.</c></summary>
    private static async Task<string> SetupCodeAsync(LeadDeskProcess app)
    {
        const string Before = "enter the code ";
        await Eventually.BecomesTrueAsync(() => app.Output.Contains(Before, StringComparison.Ordinal));
        var output = app.Output;
        var start = output.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return output[start..output.IndexOf('.', start)];
    }
}
