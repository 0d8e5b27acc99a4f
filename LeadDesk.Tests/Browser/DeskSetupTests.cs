using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Browser;

/// <summary>A desk set up in the browser and used on a lead: pipeline, required field, lost reason, every type of custom field, tags, services.</summary>
public sealed class DeskSetupTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    private static readonly string[] Pages = ["/settings/stages", "/settings/fields", "/settings/tags", "/settings/lost-reasons", "/settings/services", "/settings/company", "/settings/scoring"];

    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.PhoneDark)]
    public async Task A_desk_is_set_up_and_used_on_a_lead(Screen screen)
    {
        var mark = screen.ToString();
        var start = await OpenAsync(app.Address);
        var page = await OpenAsync(app.Address, screen, await app.SessionAsync(start));
        var lead = await app.PostAsync($"Ada {mark}", "I want to buy", phone: screen is Screen.Desk ? "+447400123451" : "+447400123452");

        await AddFieldsAsync(page, mark);
        await AddReasonAsync(page, $"Too dear {mark}");
        await BuildPipelineAsync(page, mark);
        await UseAsync(page, lead, mark, screen);

        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            (await Axe.CheckAsync(page)).ShouldBeEmpty(address);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, address);
        }

        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task AddFieldsAsync(IPage page, string mark)
    {
        await page.GotoAsync("/settings/fields");
        foreach (var type in (string[])["Text", "Number", "Money", "Date", "Choice", "MultiChoice", "Check", "Phone", "Email", "Link"])
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add field" }).First.ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add field" });
            await dialog.GetByLabel("Name").FillAsync($"{type} {mark}");
            await dialog.GetByLabel("Type").SelectOptionAsync(type);
            if (type is "Choice" or "MultiChoice")
            {
                foreach (var (at, option) in ((string[])["Small", "Large"]).Index())
                {
                    await dialog.GetByRole(AriaRole.Button, new() { Name = "Add option" }).ClickAsync();
                    await dialog.GetByLabel($"Option {at + 1}").FillAsync(option);
                }
            }

            await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"{type} {mark}", Exact = true })).ToBeVisibleAsync();
        }

        // What was typed is not lost by closing the dialog.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Text {mark}", Exact = true }).ClickAsync();
        var edited = page.GetByRole(AriaRole.Dialog, new() { Name = $"Edit Text {mark}" });
        await edited.GetByLabel("Name").FillAsync("Something else");
        await edited.GetByLabel("Name").PressAsync("Tab");
        await page.Keyboard.PressAsync("Escape");
        await Expect(edited.GetByText("Your changes are not saved yet.")).ToBeVisibleAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty("field editor");
        await edited.GetByRole(AriaRole.Button, new() { Name = "Discard them" }).ClickAsync();
        await Expect(edited).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move Number {mark} up" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Custom fields" }).GetByRole(AriaRole.Button, new() { Name = mark }).First).ToBeVisibleAsync();
    }

    private static async Task AddReasonAsync(IPage page, string name)
    {
        await page.GotoAsync("/settings/lost-reasons");
        await page.GetByLabel("New reason").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add reason" }).ClickAsync();
        await Expect(page.GetByLabel($"Reason {name}")).ToBeVisibleAsync();
        await page.GetByLabel("New reason").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add reason" }).ClickAsync();
        await Expect(page.GetByText("This reason is there already, perhaps archived.")).ToBeVisibleAsync();
    }

    private static async Task BuildPipelineAsync(IPage page, string mark)
    {
        await page.GotoAsync("/settings/stages");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add pipeline" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add pipeline" });
        await dialog.GetByLabel("Name").FillAsync($"Partners {mark}");
        await dialog.GetByLabel("Begin with the usual stages").UncheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await AddStageAsync(page, mark, $"Talk {mark}", "Open", $"Money {mark}", "Teal");
        await AddStageAsync(page, mark, $"No deal {mark}", "Lost", "Lost reason", "Pink");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = $"Preview of Partners {mark}" }).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["New", $"Talk {mark}", $"No deal {mark}"]);
    }

    private static async Task AddStageAsync(IPage page, string mark, string name, string category, string required, string colour)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Add stage – Partners {mark}" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add stage" });
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(name);
        await dialog.GetByLabel("Category").SelectOptionAsync(category);
        await dialog.GetByLabel(colour).CheckAsync(new() { Force = true });
        await dialog.GetByLabel(required, new() { Exact = true }).CheckAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty("stage editor");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task UseAsync(IPage page, long lead, string mark, Screen screen)
    {
        await page.GotoAsync(screen is Screen.Desk ? $"/leads/{lead}" : $"/leads/{lead}?tab=facts");
        await SetAsync(page, $"Text {mark}", "Hello", "Hello");
        await SetAsync(page, $"Number {mark}", "1,234.5", "1234.5");
        await SetAsync(page, $"Date {mark}", "2026-04-01", "2026-04-01");
        await SetAsync(page, $"Phone {mark}", "020 7946 0958", "+442079460958");
        await SetAsync(page, $"Email {mark}", "ADA@Example.com", "ada@example.com");
        await SetAsync(page, $"Link {mark}", "example.com", "https://example.com");
        await page.GetByLabel($"Choice {mark}", new() { Exact = true }).SelectOptionAsync("Large");
        await page.GetByRole(AriaRole.Group, new() { Name = $"MultiChoice {mark}" }).GetByLabel("Small").CheckAsync();
        await page.GetByLabel($"Check {mark}").CheckAsync();
        await page.GetByLabel($"Number {mark}").FillAsync("many");
        await page.GetByLabel($"Number {mark}").PressAsync("Tab");
        await Expect(page.GetByText("This is not a number.")).ToBeVisibleAsync();
        await SetAsync(page, $"Number {mark}", "7", "7");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Add a tag" }).FillAsync($"Big {mark}");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Add a tag" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Remove the tag Big {mark}" })).ToBeVisibleAsync();

        var stage = page.GetByLabel("Stage", new() { Exact = true });
        await stage.SelectOptionAsync(new SelectOptionValue { Label = $"Talk {mark}" });
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = $"Move to Talk {mark}" });
        await Expect(dialog).ToBeVisibleAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty("stage dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
        await Expect(dialog.GetByText($"Fill in Money {mark} before")).ToBeVisibleAsync();
        await dialog.GetByLabel($"Money {mark}").FillAsync("1500");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByLabel($"Money {mark}")).ToHaveValueAsync("1500");
        await stage.SelectOptionAsync(new SelectOptionValue { Label = $"No deal {mark}" });
        var lost = page.GetByRole(AriaRole.Dialog, new() { Name = $"Move to No deal {mark}" });
        await lost.GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
        await Expect(lost.GetByText("choose a reason")).ToBeVisibleAsync();
        await lost.GetByLabel("Reason").SelectOptionAsync(new SelectOptionValue { Label = $"Too dear {mark}" });
        await lost.GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
        await Expect(lost).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = $"MultiChoice {mark}" }).GetByLabel("Small")).ToBeCheckedAsync();
        await Expect(page.GetByLabel($"Check {mark}")).ToBeCheckedAsync();
        await Expect(page.GetByLabel($"Choice {mark}", new() { Exact = true })).ToHaveValueAsync("Large");
    }

    private static async Task SetAsync(IPage page, string field, string typed, string shown)
    {
        var control = page.GetByLabel(field, new() { Exact = true });
        await control.FillAsync(typed);
        await control.PressAsync("Tab");
        await Expect(control).ToHaveValueAsync(shown);
    }
}
