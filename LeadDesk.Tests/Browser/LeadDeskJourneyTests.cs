using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>What people do with the list, the board and their own leads.</summary>
public sealed class LeadDeskJourneyTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    private const string WantsToBuy = "I want to buy 50 units today, please call me";

    [Fact]
    public async Task A_filter_is_put_together_saved_as_a_view_and_shared()
    {
        var (hot, cold) = (Unique("Hot"), Unique("Cold"));
        await app.PostAsync(hot, WantsToBuy, phone: Phone());
        await app.PostAsync(cold, "Stop messaging me", phone: Phone());
        var page = await OpenAsync("/leads");
        await ShownAsync(LeadLink(page, cold));

        await page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await page.GetByLabel("Field").SelectOptionAsync("score");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply filter" }).ClickAsync();
        await ShownAsync(page.GetByText("Score at least 60"));
        await Assertions.Expect(LeadLink(page, cold)).ToHaveCountAsync(0);

        var name = Unique("Good ones");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Share with everybody").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        var tab = page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { Name = name });
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-current", "page");
        await page.ReloadAsync();
        await ShownAsync(LeadLink(page, hot));
        await Assertions.Expect(LeadLink(page, cold)).ToHaveCountAsync(0);
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_before_the_chosen_field_has_come_is_kept()
    {
        await app.PostAsync(Unique("Quick"), WantsToBuy, phone: Phone());
        var page = await OpenAsync("/leads");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await ShownAsync(page.GetByLabel("Field"));
        // In one go, so that the server cannot answer in between: the input is still one for text, and becomes one for numbers with the value in it.
        await page.EvaluateAsync(
            """
            const field = document.querySelector('dialog[open] select[aria-label=Field]');
            field.value = 'score';
            field.dispatchEvent(new Event('change', { bubbles: true }));
            document.querySelector('dialog[open] input[aria-label=Value]').focus();
            document.execCommand('insertText', false, '60');
            """);
        await Assertions.Expect(page.Locator("dialog[open] input[aria-label=Value]")).ToHaveAttributeAsync("type", "number");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply filter" }).ClickAsync();

        await ShownAsync(page.GetByText("Score at least 60"));
    }

    [Fact]
    public async Task A_filter_that_names_what_is_gone_shows_it_and_lets_it_go()
    {
        var name = Unique("Kept");
        await app.PostAsync(name, WantsToBuy, phone: Phone());
        var page = await OpenAsync("/leads?filter=score%3E%3D0%20and%20cf.gone%20is%201&stage=Nowhere");

        await ShownAsync(LeadLink(page, name));
        await Assertions.Expect(page.GetByText("(missing)")).ToHaveCountAsync(2);
        await page.GetByLabel("Remove filter cf.gone is 1").ClickAsync();
        await Assertions.Expect(page.GetByText("(missing)")).ToHaveCountAsync(1);
        await page.GetByLabel("Remove filter Stage is Nowhere").ClickAsync();

        await Assertions.Expect(page.GetByText("(missing)")).ToHaveCountAsync(0);
        await ShownAsync(page.GetByText("Score at least 0"));
        await ShownAsync(LeadLink(page, name));
    }

    [Fact]
    public async Task Columns_are_chosen_ordered_and_remembered()
    {
        await app.PostAsync(Unique("Columns"), WantsToBuy, phone: Phone());
        var page = await OpenAsync("/leads");
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns", Exact = true }).ClickAsync();
        await page.GetByLabel("City", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move City up" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.Locator("th[data-column=owner]").DragToAsync(page.Locator("th[data-column=score]"));

        await Assertions.Expect(page.Locator("thead th[data-column]").Nth(1)).ToHaveTextAsync("Owner");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("thead th[data-column]").Nth(1)).ToHaveTextAsync("Owner");
        await ShownAsync(page.Locator("th[data-column=city]"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the usual columns" }).ClickAsync();
        await Assertions.Expect(page.Locator("th[data-column=city]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rows_are_selected_by_key_by_range_and_all_at_once()
    {
        for (var count = 0; count < 5; count++)
            await app.PostAsync(Unique("Selected"), "Hello", phone: Phone());
        var page = await OpenAsync("/leads");
        await ShownAsync(page.Locator("[data-row]").Nth(4));

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await ShownAsync(page.Locator(".selected").GetByText("1 selected"));
        await page.Locator("[data-row]").Nth(3).Locator("td.score").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await ShownAsync(page.Locator(".selected").GetByText("4 selected"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all" }).ClickAsync();
        await ShownAsync(page.GetByText("that match are selected"));
        await page.Locator(".selected").GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-row][aria-selected]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_card_is_dragged_and_another_moved_by_key_and_others_see_it()
    {
        var (dragged, keyed) = (Unique("Dragged"), Unique("Keyed"));
        await app.PostAsync(dragged, WantsToBuy, phone: Phone());
        await app.PostAsync(keyed, WantsToBuy, phone: Phone());
        var page = await OpenAsync("/leads/board");
        var other = await OpenAsync("/leads/board");
        await ShownAsync(Card(page, "New", dragged));
        await ShownAsync(Card(other, "New", keyed));

        await Card(page, "New", dragged).DragToAsync(Column(page, "Contacted"), new() { SourcePosition = new() { X = 100, Y = 40 } });
        await ShownAsync(Card(page, "Contacted", dragged));
        await Card(page, "New", keyed).PressAsync("]");

        await ShownAsync(Card(page, "Assigned", keyed));
        await Assertions.Expect(Card(page, "Assigned", keyed)).ToBeFocusedAsync();
        await ShownAsync(Card(other, "Contacted", dragged));
        await ShownAsync(Card(other, "Assigned", keyed));

        // The toast goes along to the next page, and so does its Undo.
        await page.GetByRole(AriaRole.Link, new() { Name = "Trash" }).ClickAsync();
        await ShownAsync(page.GetByRole(AriaRole.Heading, new() { Name = "Trash", Level = 1 }));
        await page.Locator("[data-toast]").Last.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ShownAsync(Card(other, "New", keyed));
        await page.GetByRole(AriaRole.Link, new() { Name = "Board", Exact = true }).First.ClickAsync();
        await ShownAsync(Card(page, "New", keyed));
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ones_own_leads_are_worked_through_by_thumb()
    {
        var name = Unique("Mine");
        await app.PostAsync(name, WantsToBuy, phone: Phone());
        var page = await OpenAsync("/my-leads", Screen.Phone);
        var card = page.Locator("[data-row]").Filter(new() { HasText = name });
        await ShownAsync(card);
        foreach (var button in await card.Locator(".reach > *").AllAsync())
            (await button.BoundingBoxAsync()).ShouldNotBeNull().Height.ShouldBeGreaterThanOrEqualTo(44);

        await card.GetByRole(AriaRole.Button, new() { Name = "Note" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Note", new() { Exact = true }).FillAsync("Call after five");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();

        await ShownAsync(page.Locator(".card").Filter(new() { HasText = "In progress" }).Locator("[data-row]").Filter(new() { HasText = name }));
    }

    [Fact]
    public async Task The_palette_runs_an_action_and_finds_a_lead()
    {
        var name = Unique("Sought");
        await app.PostAsync(name, WantsToBuy, phone: Phone());
        var page = await OpenAsync("/leads");
        await ShownAsync(LeadLink(page, name));

        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("[data-palette-input]").FillAsync("Dark");
        await Assertions.Expect(page.Locator(".palette-item").First).ToContainTextAsync("Dark theme");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("[data-palette-input]").FillAsync(name);
        await ShownAsync(page.Locator(".palette-item").Filter(new() { HasText = name }));
        await page.Keyboard.PressAsync("Enter");

        await ShownAsync(page.GetByRole(AriaRole.Heading, new() { Name = name }));
    }

    [Theory]
    [MemberData(nameof(Screens.EachOnce), MemberType = typeof(Screens))]
    public async Task The_board_and_the_dialogs_of_the_list_fit_the_screen_and_have_no_serious_accessibility_fault(Screen screen)
    {
        await app.PostAsync("محمد عبد الله " + new string('ي', 90), "أريد شراء ٢٠ جهاز اليوم 🚀", phone: Phone());
        var page = await OpenAsync("/leads/board", screen);
        await ShownAsync(page.Locator("[data-card]").First);
        await FitsAsync(page);

        await page.GotoAsync("/leads?grade=HOT");
        await ShownAsync(page.Locator("[data-row]").First);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await ShownAsync(page.GetByRole(AriaRole.Dialog));
        await FitsAsync(page);
    }

    private static async Task FitsAsync(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} scrolls sideways");
        (await Axe.CheckAsync(page)).ShouldBeEmpty(page.Url);
    }

    private static ILocator Column(IPage page, string stage) => page.GetByRole(AriaRole.Region, new() { Name = stage, Exact = true });

    private static ILocator Card(IPage page, string stage, string name) => Column(page, stage).GetByRole(AriaRole.Article, new() { Name = name });

    private static Task ShownAsync(ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync();

    private static ILocator LeadLink(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static string Unique(string name) => $"{name} {Guid.NewGuid().ToString("N")[..6]}";

    /// <summary>A mobile number of the United Kingdom that no other test uses.</summary>
    private static string Phone() => $"+4479{Random.Shared.Next(10_000_000, 99_999_999)}";

    /// <summary>A page of somebody who is signed in.</summary>
    private async Task<IPage> OpenAsync(string path, Screen screen = Screen.Desk)
    {
        var session = await app.SessionAsync(await OpenAsync(app.Address));
        var page = await OpenAsync(app.Address, screen, session);
        await page.GotoAsync(path);
        await InteractiveAsync(page);
        return page;
    }
}
