using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

public sealed class FormSettingsTests(ChromiumBrowser browser, SettingsTests.RunningApp running) : BrowserTest(browser), IClassFixture<SettingsTests.RunningApp>
{
    public static TheoryData<Screen> AllScreens => Screens.EachOnce;

    [Theory]
    [MemberData(nameof(AllScreens))]
    public async Task A_form_is_made_sent_and_its_fields_put_right(Screen screen)
    {
        var page = await OpenAsync(running.App.Address, screen);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/forms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add form" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add form" });
        await dialog.GetByLabel("Name").FillAsync($"Contact {screen}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make address" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing came in yet")).ToBeVisibleAsync();
        await CheckAsync(page);

        var address = await page.GetByTestId("form-url").TextContentAsync();
        using var visitor = running.App.CreateClient();
        using var sent = new FormUrlEncodedContent(new Dictionary<string, string> { ["your-name"] = "Ada Lovelace", ["your-email"] = "ada@example.com", ["menu-3"] = "Pumps" });
        (await visitor.PostAsync(new Uri(address!), sent, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await page.GetByRole(AriaRole.Button, new() { Name = "Look for a newer submission" }).ClickAsync();
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "The lead that comes of it" });
        await Assertions.Expect(preview).ToContainTextAsync("Ada Lovelace");
        await page.GetByLabel("What “menu-3” is").SelectOptionAsync(new SelectOptionValue { Label = "Interest" });
        await Assertions.Expect(preview.GetByText("Interest", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel("Campaign of every lead").FillAsync("Spring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save fields" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The fields are saved.")).ToBeVisibleAsync();
        await CheckAsync(page);

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("What “menu-3” is")).ToHaveValueAsync("interest");
        await Assertions.Expect(page.GetByLabel("Campaign of every lead")).ToHaveValueAsync("Spring");
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_goes_into_a_field_of_the_companys_own_and_the_lead_that_comes_of_it_shows_it()
    {
        var page = await OpenAsync(running.App.Address);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/fields");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add field" }).First.ClickAsync();
        var field = page.GetByRole(AriaRole.Dialog, new() { Name = "Add field" });
        await field.GetByLabel("Name").FillAsync("Rooms");
        await field.GetByLabel("Type").SelectOptionAsync("Number");
        await field.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rooms", Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync("/settings/forms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add form" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add form" });
        await dialog.GetByLabel("Name").FillAsync("Rooms wanted");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make address" }).ClickAsync();
        var address = await page.GetByTestId("form-url").TextContentAsync();
        using var visitor = running.App.CreateClient();
        using var sent = new FormUrlEncodedContent(new Dictionary<string, string> { ["your-name"] = "Ada Lovelace", ["your-email"] = "ada@example.com", ["question_7"] = "04.0" });
        (await visitor.PostAsync(new Uri(address!), sent, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await page.GetByRole(AriaRole.Button, new() { Name = "Look for a newer submission" }).ClickAsync();

        await page.GetByLabel("What “question_7” is").SelectOptionAsync(new SelectOptionValue { Label = "Rooms" });

        var preview = page.GetByRole(AriaRole.Region, new() { Name = "The lead that comes of it" });
        await Assertions.Expect(preview.GetByText("Rooms", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(preview.GetByText("4", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save fields" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The fields are saved.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("What “question_7” is")).ToHaveValueAsync("custom.rooms");
    }

    [Theory]
    [MemberData(nameof(AllScreens))]
    public async Task The_hosted_form_is_accessible_fits_the_screen_and_works_without_script(Screen screen)
    {
        var admin = await OpenAsync(running.App.Address);
        await Acme.SignInAsync(admin);
        await admin.GotoAsync("/settings/forms");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add form" }).First.ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Ask us");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make address" }).ClickAsync();
        var hosted = (await admin.GetByTestId("form-url").TextContentAsync())!.Replace("/webhooks/", "/", StringComparison.Ordinal);

        var page = await OpenAsync(running.App.Address, screen);
        await page.GotoAsync(hosted);
        await CheckAsync(page);
        await page.GetByLabel("Name").FillAsync("Grace Hopper");
        await page.GetByLabel("Email").FillAsync("grace@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        await CheckAsync(page);
        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task CheckAsync(IPage page)
    {
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
    }
}
