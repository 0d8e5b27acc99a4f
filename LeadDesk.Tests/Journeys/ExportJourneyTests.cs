using System.Text.Json;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Journeys;

/// <summary>Leads into a file in a real browser: which of them, as what, with which columns; at a desk and on a phone.</summary>
public sealed class ExportJourneyTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    public static TheoryData<Screen> BothSizes => [Screen.Desk, Screen.Phone];

    [Theory]
    [MemberData(nameof(BothSizes))]
    public async Task Two_selected_leads_become_a_table_of_the_columns_that_are_chosen(Screen screen)
    {
        await using var app = await StartAsync(4);
        var page = await OpenListAsync(app, screen);
        await Box(page, "Person 1").CheckAsync();
        await Box(page, "Person 3").CheckAsync();

        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Export 2 leads" });
        await dialog.GetByLabel("Kind of file").SelectOptionAsync("CSV");
        await dialog.GetByLabel("Between columns").SelectOptionAsync("Semicolon");
        await dialog.GetByLabel("Choose").CheckAsync();
        await dialog.GetByLabel("City", new() { Exact = true }).CheckAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0);
        var file = await page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());

        file.SuggestedFilename.ShouldEndWith(".csv");
        var lines = await File.ReadAllLinesAsync((await file.PathAsync())!, TestContext.Current.CancellationToken);
        lines[0].ShouldStartWith("Name;");
        lines[0].Split(';').ShouldContain("City");
        lines.Skip(1).Select(line => line.Split(';')[0]).ShouldBe(["Person 3", "Person 1"]);
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(Bar(page)).ToBeVisibleAsync();
        ConsoleErrors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BothSizes))]
    public async Task All_but_one_come_in_the_lists_order_with_the_lists_columns(Screen screen)
    {
        await using var app = await StartAsync(4);
        var page = await OpenListAsync(app, screen, "/leads?sort=name");
        await Box(page, "Person 2").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all" }).ClickAsync();
        await Box(page, "Person 2").UncheckAsync();

        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Export 3 leads" });
        await dialog.GetByLabel("Kind of file").SelectOptionAsync("JSON");
        var file = await page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());

        using var leads = JsonDocument.Parse(await File.ReadAllTextAsync((await file.PathAsync())!, TestContext.Current.CancellationToken));
        leads.RootElement.EnumerateArray().Select(lead => lead.GetProperty("name").GetString()).ShouldBe(["Person 1", "Person 3", "Person 4"]);
        leads.RootElement[0].EnumerateObject().Select(value => value.Name)
            .ShouldBe(["name", "score", "channel", "stage", "owner", "response_due", "last_activity", "follow_up", "created", "last_message"]);
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_palette_exports_from_the_list_and_from_elsewhere_and_leads_to_the_imports()
    {
        await using var app = await StartAsync(2);
        var page = await OpenListAsync(app, Screen.Desk);

        await ChooseAsync(page, "Export leads");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Export these leads" });
        var file = await page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());
        file.SuggestedFilename.ShouldEndWith(".xlsx");

        await ChooseAsync(page, "Import leads");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Imports");

        await ChooseAsync(page, "Export leads");
        await Expect(dialog.GetByLabel("Kind of file")).ToBeVisibleAsync();
        await page.GotoAsync("/leads?do=export");
        await Expect(dialog.GetByLabel("Kind of file")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Uri(app.Address, "/leads").ToString());
        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task ChooseAsync(IPage page, string action)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a page or find a lead" }).FillAsync(action);
        await page.GetByRole(AriaRole.Option, new() { Name = action }).ClickAsync();
    }

    private static async Task<LeadDeskProcess> StartAsync(int leads)
    {
        var app = await LeadDeskProcess.StartAsync(Acme.Settings);
        using var program = Acme.Program(app);
        for (var number = 1; number <= leads; number++)
            await Acme.SendAsync(program, new { email = $"person{number}@example.com", message = "How much is it?", channel = "website", sender_name = $"Person {number}" });
        return app;
    }

    private async Task<IPage> OpenListAsync(LeadDeskProcess app, Screen screen, string list = "/leads")
    {
        var page = await OpenAsync(app.Address, screen);
        await Acme.SignInAsync(page);
        await page.GotoAsync(list);
        await Expect(Box(page, "Person 1")).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Bar(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Change the selected leads" });

    private static ILocator Box(IPage page, string name) => page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {name}" });
}
