using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

public sealed class LeadsJourneyTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    private const string WantsToBuy = "I want to buy 50 units today, please call me";
    private const string WantsPeace = "Stop messaging me";

    [Fact]
    public async Task A_view_of_the_list_is_in_its_address_and_comes_back_with_it()
    {
        var (hot, cold) = (Unique("Hot"), Unique("Cold"));
        await app.PostAsync(hot, WantsToBuy, phone: Phone());
        await app.PostAsync(cold, WantsPeace, phone: Phone());
        var page = await OpenAsync("/leads");
        await ShownAsync(LeadLink(page, cold));

        await page.Locator("summary", new() { HasText = "Grade" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "HOT", Exact = true }).ClickAsync();
        // The next link carries the filter from then on.
        await ShownAsync(page.GetByText("Grade is HOT"));
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Score" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(app.Address, "/leads?grade=HOT&sort=score").ToString());
        await ShownAsync(LeadLink(page, hot));
        await Assertions.Expect(LeadLink(page, cold)).ToHaveCountAsync(0);
        await page.ReloadAsync();

        await ShownAsync(page.GetByText("Grade is HOT"));
        await ShownAsync(LeadLink(page, hot));
        await Assertions.Expect(LeadLink(page, cold)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Score" })).ToHaveAttributeAsync("aria-sort", "descending");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_finds_a_lead_by_name_and_by_a_phone_number_in_another_spelling()
    {
        var name = Unique("Sought");
        await app.PostAsync(name, WantsToBuy, phone: "+447911987654");
        await app.PostAsync(Unique("Other"), WantsToBuy, phone: Phone());
        var page = await OpenAsync("/leads");
        await ShownAsync(LeadLink(page, name));

        foreach (var typed in (string[])[name, "07911 987654"])
        {
            await page.GetByLabel("Search leads").FillAsync(typed);
            await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
            await ShownAsync(LeadLink(page, name));
        }
    }

    [Fact]
    public async Task A_message_that_comes_in_appears_in_the_open_list_and_in_no_view_it_does_not_belong_to()
    {
        var name = Unique("Arrival");
        await app.PostAsync(Unique("Earlier"), "Hello", phone: Phone());
        var all = await OpenAsync("/leads");
        var cold = await OpenAsync("/leads?grade=COLD&sort=name");
        await ShownAsync(all.Locator("[data-row]").First);
        await ShownAsync(cold.GetByText("Grade is COLD"));

        await app.PostAsync(name, WantsToBuy, phone: Phone());

        var row = all.Locator("[data-row]").Filter(new() { HasText = name });
        await ShownAsync(row);
        await Assertions.Expect(row).ToContainTextAsync("HOT");
        await Assertions.Expect(LeadLink(cold, name)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_that_is_scrolled_down_offers_new_leads_instead_of_moving()
    {
        for (var count = 0; count < 30; count++)
            await app.PostAsync(Unique("Filler"), "Hello", phone: Phone());
        var name = Unique("Offered");
        var page = await OpenAsync("/leads");
        await ShownAsync(page.Locator("[data-row]").Nth(29));
        await page.Locator("[data-window]").EvaluateAsync("frame => frame.scrollTop = 400");

        await app.PostAsync(name, WantsToBuy, phone: Phone());
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new lead" }).ClickAsync();

        await ShownAsync(LeadLink(page, name));
    }

    [Fact]
    public async Task A_stage_changed_in_one_browser_shows_in_the_list_and_on_the_lead_of_others()
    {
        var name = Unique("Moved");
        var id = await app.PostAsync(name, WantsToBuy, phone: Phone());
        var one = await OpenAsync($"/leads/{id}");
        var other = await OpenAsync($"/leads/{id}");
        var list = await OpenAsync("/leads");
        await ShownAsync(other.GetByLabel("Stage", new() { Exact = true }));
        await ShownAsync(list.GetByLabel($"Move {name}"));

        await one.GetByLabel("Stage", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Qualified" });

        await ShownAsync(other.GetByText("moved it from New to Qualified"));
        await Assertions.Expect(Selected(other.GetByLabel("Stage", new() { Exact = true }))).ToHaveTextAsync("Qualified");
        await Assertions.Expect(Selected(list.GetByLabel($"Move {name}"))).ToHaveTextAsync("Qualified");
    }

    [Fact]
    public async Task A_note_survives_a_reload_while_it_is_typed_and_stands_on_the_timeline_once_added()
    {
        var id = await app.PostAsync(Unique("Noted"), WantsToBuy, phone: Phone());
        var page = await OpenAsync($"/leads/{id}");
        var note = page.GetByLabel("Note", new() { Exact = true });
        await note.FillAsync("Wants a call\nafter five");

        await page.ReloadAsync();
        await Assertions.Expect(note).ToHaveValueAsync("Wants a call\nafter five");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();

        await ShownAsync(page.Locator(".timeline .quote").GetByText("Wants a call"));
        await Assertions.Expect(note).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_fact_is_checked_where_it_is_typed_and_two_people_who_change_it_are_asked()
    {
        var id = await app.PostAsync(Unique("Edited"), WantsToBuy, phone: Phone());
        var one = await OpenAsync($"/leads/{id}");
        var other = await OpenAsync($"/leads/{id}");

        await one.GetByLabel("E-mail", new() { Exact = true }).FillAsync("nobody");
        await one.GetByLabel("E-mail", new() { Exact = true }).PressAsync("Tab");
        await ShownAsync(one.GetByText("This is not an e-mail address."));
        await Assertions.Expect(one.GetByLabel("E-mail", new() { Exact = true })).ToHaveValueAsync("nobody");

        await one.GetByLabel("City").FocusAsync();
        await one.Keyboard.TypeAsync("Leeds");
        await LeadsApp.HeardAsync(one);
        await other.GetByLabel("City").FillAsync("York");
        await other.GetByLabel("City").PressAsync("Enter");
        await ShownAsync(one.GetByText("set City to York"));
        await one.Keyboard.PressAsync("Enter");
        await ShownAsync(one.GetByText("Somebody else changed this"));
        await one.GetByRole(AriaRole.Button, new() { Name = "Use mine" }).ClickAsync();

        await Assertions.Expect(other.GetByLabel("City")).ToHaveValueAsync("Leeds");
    }

    [Fact]
    public async Task A_deleted_lead_comes_back_by_undo()
    {
        var name = Unique("Deleted");
        var id = await app.PostAsync(name, WantsToBuy, phone: Phone());
        var page = await OpenAsync($"/leads/{id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete lead" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).FocusAsync(); // which keeps it there
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(app.Address, "/leads").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await ShownAsync(page.GetByRole(AriaRole.Heading, new() { Name = name }));
    }

    [Fact]
    public async Task A_lead_entered_by_hand_needs_an_address_and_then_stands_in_the_list()
    {
        var name = Unique("By hand");
        var page = await OpenAsync("/leads");
        await page.GetByRole(AriaRole.Button, new() { Name = "New lead" }).ClickAsync();

        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add lead" }).ClickAsync();
        await ShownAsync(page.GetByText("Give a phone number or an e-mail address"));
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Phone").FillAsync(Phone());
        await page.GetByRole(AriaRole.Button, new() { Name = "Add lead" }).ClickAsync();

        await ShownAsync(LeadLink(page, name));
    }

    [Fact]
    public async Task The_companys_services_are_offered_as_an_interest_and_the_lead_tells_which_it_is_and_its_price()
    {
        var (name, service) = (Unique("Asks"), Unique("Garden plan"));
        await app.AddServiceAsync(service, 1500);
        var page = await OpenAsync("/leads");
        await page.GetByRole(AriaRole.Button, new() { Name = "New lead" }).ClickAsync();

        await Assertions.Expect(page.Locator($"#new-lead-services option[value='{service}']")).ToHaveCountAsync(1);
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Phone").FillAsync(Phone());
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Interest").FillAsync(service);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add lead" }).ClickAsync();
        await LeadLink(page, name).ClickAsync();

        await ShownAsync(page.GetByText($"One of your services: {service}, usually"));
        await Assertions.Expect(page.GetByLabel("Interest")).ToHaveAttributeAsync("list", "fact-services");
    }

    [Fact]
    public async Task A_lead_that_does_not_exist_is_a_page_of_status_404()
    {
        var page = await OpenAsync("/my-leads");

        var answer = await page.GotoAsync("/leads/999999999");

        answer.ShouldNotBeNull().Status.ShouldBe(404);
        await ShownAsync(page.GetByRole(AriaRole.Heading, new() { Name = "We cannot find this page" }));
    }

    [Theory]
    [MemberData(nameof(Screens.EachOnce), MemberType = typeof(Screens))]
    public async Task Every_page_of_leads_fits_the_screen_and_has_no_serious_accessibility_fault(Screen screen)
    {
        const string name = "محمد عبد الله";
        var id = await app.PostAsync(name, "أريد شراء ٢٠ جهاز اليوم", phone: Phone(), metadata: new { company = "شركة النور", plan = "gold" });
        var page = await OpenAsync("/leads", screen);
        await FitsAsync(page, LeadLink(page, name).First);

        foreach (var tab in (string[])["timeline", "facts", "score"])
        {
            await page.GotoAsync($"/leads/{id}?tab={tab}");
            await FitsAsync(page, page.GetByLabel("Stage", new() { Exact = true }));
        }

        await page.GotoAsync("/my-leads");
        await FitsAsync(page, page.Locator("[data-row]").First);
    }

    private static async Task FitsAsync(IPage page, ILocator loaded)
    {
        await ShownAsync(loaded);
        // While the circuit takes over, the title goes and comes.
        await InteractiveAsync(page);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} scrolls sideways");
        (await Axe.CheckAsync(page)).ShouldBeEmpty(page.Url);
    }

    private static Task ShownAsync(ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync();

    private static ILocator LeadLink(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static ILocator Selected(ILocator select) => select.Locator("option:checked");

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
