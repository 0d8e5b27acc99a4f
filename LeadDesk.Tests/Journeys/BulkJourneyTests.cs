using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Journeys;

/// <summary>Many leads in a real browser: selected, changed, taken back, deleted, restored; at a desk and on a phone.</summary>
public sealed class BulkJourneyTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    public static TheoryData<Screen> BothSizes => [Screen.Desk, Screen.Phone];

    [Theory]
    [MemberData(nameof(BothSizes))]
    public async Task Three_leads_go_to_another_stage_and_back(Screen screen)
    {
        await using var app = await StartAsync(5);
        var page = await OpenListAsync(app, screen);
        for (var number = 1; number <= 3; number++)
            await Box(page, $"Person {number}").CheckAsync();

        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Stage" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Move 3 leads" });
        await dialog.GetByLabel("Stage").SelectOptionAsync("Qualified");
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();

        await Expect(page.GetByText("3 leads were changed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).FocusAsync(); // which keeps it there
        await Expect(Stage(page, "Person 2")).ToHaveTextAsync("Qualified");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("3 leads are as they were.")).ToBeVisibleAsync();
        await Expect(Stage(page, "Person 2")).ToHaveTextAsync("New");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BothSizes))]
    public async Task All_that_match_are_assigned_and_those_left_out_are_shown_with_their_reason(Screen screen)
    {
        await using var app = await StartAsync(4);
        var page = await OpenListAsync(app, screen);
        await Box(page, "Person 1").CheckAsync();
        await AssignAsync(page, 1);
        await Expect(page.GetByText("1 lead was changed.")).ToBeVisibleAsync();

        await Box(page, "Person 2").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all" }).ClickAsync();
        await AssignAsync(page, 4);
        await page.GetByRole(AriaRole.Link, new() { Name = "See which and why" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Assignment", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Person 1" })).ToContainTextAsync("It belongs to");
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        await Expect(page.GetByText("3 leads are as they were.")).ToBeVisibleAsync();
        ConsoleErrors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BothSizes))]
    public async Task A_deleted_lead_is_found_in_the_trash_and_comes_back(Screen screen)
    {
        await using var app = await StartAsync(3);
        var page = await OpenListAsync(app, screen);
        await Box(page, "Person 2").CheckAsync();
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Delete this lead?" });
        await dialog.GetByLabel("Reason").FillAsync("Asked to be forgotten");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("1 lead was deleted.")).ToBeVisibleAsync();

        await page.GotoAsync("/leads/trash");
        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Person 2" });
        await Expect(row).ToContainTextAsync("Asked to be forgotten");
        await Expect(row).ToContainTextAsync("30 days left");
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0);
        await row.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();

        await Expect(page.GetByText("The trash is empty")).ToBeVisibleAsync();
        await page.GotoAsync("/leads");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Person 2" }).First).ToBeVisibleAsync();
        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task<LeadDeskProcess> StartAsync(int leads)
    {
        var app = await LeadDeskProcess.StartAsync(Acme.Settings);
        using var program = Acme.Program(app);
        for (var number = 1; number <= leads; number++)
            await Acme.SendAsync(program, new { email = $"person{number}@example.com", message = "How much is it?", channel = "website", sender_name = $"Person {number}" });
        // Nobody owns them yet, so that giving them to the only person there is changes something.
        using var nobody = await program.PostAsync(new Uri("/api/v1/leads/bulk", UriKind.Relative), new StringContent("""{"action":"assign","filter":{},"value":null}""", System.Text.Encoding.UTF8, "application/json"));
        nobody.EnsureSuccessStatusCode();
        return app;
    }

    private async Task<IPage> OpenListAsync(LeadDeskProcess app, Screen screen)
    {
        var page = await OpenAsync(app.Address, screen);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/leads");
        await Expect(Box(page, "Person 1")).ToBeVisibleAsync();
        return page;
    }

    private static async Task AssignAsync(IPage page, int count)
    {
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        var dialog = page.Locator("dialog[open]");
        await Expect(dialog).ToContainTextAsync(count is 1 ? "1 lead" : $"{count} leads");
        await dialog.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Assign", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    private static ILocator Bar(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Change the selected leads" });

    private static ILocator Box(IPage page, string name) => page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {name}" });

    private static ILocator Stage(IPage page, string name) => page.Locator("[data-row]").Filter(new() { HasText = name }).Locator("select option:checked");
}
