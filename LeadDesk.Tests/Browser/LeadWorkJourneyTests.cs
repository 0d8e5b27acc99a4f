using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Browser;

/// <summary>A working day on the lead page, alone and with others.</summary>
public sealed class LeadWorkJourneyTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    private const string WantsToBuy = "I want to buy 50 units today, please call me";

    [Fact]
    public async Task A_working_day_needs_no_mouse()
    {
        var (first, second) = (Unique("First"), Unique("Second"));
        await MineAsync(first);
        await MineAsync(second);
        var page = await OpenAsync("/my-leads");
        await Expect(page.Locator("[data-row]").Filter(new() { HasText = first })).ToBeVisibleAsync();
        var keys = page.Keyboard;

        await keys.PressAsync("j");
        await Expect(page.Locator("[data-row]:focus")).ToHaveCountAsync(1);
        // Another test's lead may stand before it.
        await page.Locator("[data-row]").Filter(new() { HasText = first }).FocusAsync();
        await keys.PressAsync("Enter");
        var stage = page.GetByLabel("Stage", new() { Exact = true });
        await Expect(stage).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        var opened = await page.Locator("h1").InnerTextAsync();

        await keys.PressAsync("c");
        await Expect(page.GetByLabel("Outcome")).ToBeFocusedAsync();
        await keys.TypeAsync("No answer");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("1:15");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Rang out");
        await keys.PressAsync("Control+Enter");
        await Expect(page.GetByText("called: no answer (1:15)")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Note", new() { Exact = true })).ToBeVisibleAsync();

        await page.Locator("h1").FocusAsync();
        await keys.PressAsync("c");
        await Expect(page.GetByLabel("Outcome")).ToBeFocusedAsync();
        await page.Locator("h1").FocusAsync();
        // The note is reached from the call that stands in its place, too.
        await keys.PressAsync("n");
        await Expect(page.GetByLabel("Note", new() { Exact = true })).ToBeFocusedAsync();
        await keys.TypeAsync("Wants a plan, after five");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator(".timeline .quote").GetByText("Wants a plan")).ToBeVisibleAsync();

        await page.Locator("h1").FocusAsync();
        await keys.PressAsync("s");
        await Expect(stage).ToBeFocusedAsync();
        await keys.TypeAsync("Qualified");
        await Expect(page.GetByText("to Qualified").First).ToBeVisibleAsync();

        await page.Locator("h1").FocusAsync();
        await keys.PressAsync("f");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New follow-up" });
        await Expect(dialog.GetByLabel("Kind")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "In 3 days" }).FocusAsync();
        await keys.PressAsync("Enter");
        await dialog.GetByLabel("What to do").FocusAsync();
        await keys.TypeAsync("Send the plan");
        await keys.PressAsync("Control+Enter");
        await Expect(page.GetByText("set a follow-up for").First).ToBeVisibleAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await page.Locator("h1").FocusAsync();
        await keys.PressAsync("j");
        await Expect(page.Locator("h1")).Not.ToHaveTextAsync(opened);
        await page.GotoAsync("/follow-ups");
        await Expect(page.GetByText("Send the plan")).ToBeVisibleAsync();
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_on_one_lead_see_each_other_and_are_asked_when_both_move_it()
    {
        var id = await app.PostAsync(Unique("Shared"), WantsToBuy, phone: Phone());
        var colleague = await ColleagueAsync();
        var one = await OpenAsync($"/leads/{id}");
        await Expect(one.GetByLabel("Stage", new() { Exact = true })).ToBeVisibleAsync();

        await colleague.GotoAsync($"/leads/{id}");
        await Expect(one.GetByText("Marta Quill is here too")).ToBeVisibleAsync();

        await one.GetByLabel("Stage", new() { Exact = true }).FocusAsync();
        await LeadsApp.HeardAsync(one);
        await colleague.GetByLabel("Stage", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Demo" });
        await Expect(one.GetByText("moved it from New to Demo")).ToBeVisibleAsync();
        await one.GetByLabel("Stage", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Trial" });
        var conflict = one.GetByRole(AriaRole.Dialog, new() { Name = "Somebody else changed this" });
        await Expect(conflict.GetByText("Demo")).ToBeVisibleAsync();
        await conflict.GetByRole(AriaRole.Button, new() { Name = "Use mine" }).ClickAsync();
        await Expect(colleague.GetByText("moved it from Demo to Trial")).ToBeVisibleAsync();

        await one.GetByLabel("Note", new() { Exact = true }).FillAsync("");
        await one.GetByLabel("Note", new() { Exact = true }).PressSequentiallyAsync("Look, @mar");
        await Expect(one.Locator("#note-people").GetByRole(AriaRole.Option, new() { Name = "Marta Quill" })).ToBeVisibleAsync();
        await one.Keyboard.PressAsync("Enter");
        await Expect(one.GetByLabel("Note", new() { Exact = true })).ToHaveValueAsync("Look, @Marta Quill ");
        await one.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(colleague.GetByLabel("Notifications: 1 new")).ToBeVisibleAsync();

        await colleague.GotoAsync("/notifications");
        await Expect(one.GetByText("Marta Quill is here too")).ToHaveCountAsync(0);
        await Expect(colleague.GetByText("named you on").First).ToBeVisibleAsync();
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).First.ClickAsync();
        await Expect(colleague.GetByLabel("Notifications", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_lead_that_is_deleted_while_it_is_open_can_be_taken_back_from_there()
    {
        var id = await app.PostAsync(Unique("Gone"), WantsToBuy, phone: Phone());
        var one = await OpenAsync($"/leads/{id}");
        var other = await OpenAsync($"/leads/{id}");
        await Expect(one.GetByLabel("Stage", new() { Exact = true })).ToBeVisibleAsync();

        await other.GetByRole(AriaRole.Button, new() { Name = "Delete lead" }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await one.GetByRole(AriaRole.Button, new() { Name = "Restore the lead" }).ClickAsync();

        await Expect(one.GetByLabel("Stage", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Screens.EachOnce), MemberType = typeof(Screens))]
    public async Task What_is_done_with_a_lead_fits_the_screen_and_has_no_serious_accessibility_fault(Screen screen)
    {
        var name = Unique("محمد 🌷 Anna-Sophie Friederike von der Heide-Schmidt de la Montaña y Compañía");
        var id = await app.PostAsync(name, WantsToBuy, phone: Phone());
        var page = await OpenAsync($"/leads/{id}?tab=score", screen);
        await page.GetByRole(AriaRole.Button, new() { Name = "New follow-up" }).ClickAsync();
        await Expect(page.GetByLabel("What to do")).ToBeVisibleAsync();
        await FitsAsync(page);
        await page.GetByLabel("What to do").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set follow-up" }).ClickAsync();
        await Expect(page.GetByLabel($"Done: {name}")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set by hand" }).ClickAsync();
        await page.GetByLabel("Score", new() { Exact = true }).FillAsync("12");
        await page.GetByLabel("Reason").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set score" }).ClickAsync();
        await Expect(page.GetByText("Give back to the rules")).ToBeVisibleAsync();
        await FitsAsync(page);

        await page.GotoAsync($"/leads/{id}?show=changes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log a call" }).ClickAsync();
        await page.GetByLabel("Set a follow-up too").CheckAsync();
        await FitsAsync(page);
        await page.GotoAsync("/follow-ups?of=all");
        await Expect(page.GetByText(name).First).ToBeVisibleAsync();
        await FitsAsync(page);
        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task FitsAsync(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} scrolls sideways");
        (await Axe.CheckAsync(page)).ShouldBeEmpty(page.Url);
    }

    private static string Unique(string name) => $"{name} {Guid.NewGuid().ToString("N")[..6]}";

    /// <summary>A mobile number of the United Kingdom that no other test uses.</summary>
    private static string Phone() => $"+4479{Random.Shared.Next(10_000_000, 99_999_999)}";

    /// <summary>A lead that the admin owns: a company without salespeople gives its leads to its managers, so it is handed over.</summary>
    private async Task MineAsync(string name)
    {
        var id = await app.PostAsync(name, WantsToBuy, phone: Phone());
        var page = await OpenAsync($"/leads/{id}");
        var owner = page.GetByLabel("Owner", new() { Exact = true });
        await Expect(owner).ToBeVisibleAsync();
        var admin = await page.Locator("#lead-owner option:nth-child(2)").InnerTextAsync();
        await owner.SelectOptionAsync(new SelectOptionValue { Label = admin });
        await Expect(page.Locator(".lead-score .strong").GetByText(admin, new() { Exact = true })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>A manager's own browser; the person is added on the first call.</summary>
    private async Task<IPage> ColleagueAsync()
    {
        const string email = "marta@acme.test";
        const string password = "another correct horse";
        var users = await OpenAsync("/settings/users");
        await users.GetByRole(AriaRole.Button, new() { Name = "Add user" }).First.ClickAsync();
        var dialog = users.GetByRole(AriaRole.Dialog, new() { Name = "Add user" });
        await dialog.GetByLabel("Name").FillAsync("Marta Quill");
        await dialog.GetByLabel("E-mail").FillAsync(email);
        await dialog.GetByLabel("Role").SelectOptionAsync(new SelectOptionValue { Label = "Manager" });
        await dialog.GetByLabel("Set a password").CheckAsync();
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add user" }).ClickAsync();
        await Expect(users.GetByText(email)).ToBeVisibleAsync();

        var page = await OpenAsync(app.Address);
        await page.GotoAsync("/login");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("/login", StringComparison.Ordinal));
        return page;
    }

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
