using System.Net;
using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

public sealed class SettingsTests(ChromiumBrowser browser, SettingsTests.RunningApp running) : BrowserTest(browser), IClassFixture<SettingsTests.RunningApp>
{
    [Fact]
    public async Task A_new_key_is_shown_once_and_works_until_it_is_revoked()
    {
        var page = await OpenAsync(running.App.Address);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/api-keys");
        await page.GetByLabel("Name of the new key").FillAsync("Shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        var key = await page.GetByTestId("api-key").TextContentAsync();

        using var shop = running.App.CreateClient();
        shop.DefaultRequestHeaders.Add("X-Api-Key", key);
        (await StatsAsync(shop)).ShouldBe(HttpStatusCode.OK);

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Shop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(page.GetByText("“Shop” is revoked.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("api-key")).ToHaveCountAsync(0);
        (await StatsAsync(shop)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_last_admin_stays_one_and_an_invited_person_gets_a_link()
    {
        var page = await OpenAsync(running.App.Address);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/users");
        await page.GetByLabel("Role of Admin").SelectOptionAsync("Manager");
        await Assertions.Expect(page.GetByText("This is the last active admin.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Role of Admin")).ToHaveValueAsync("Admin");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add user" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add user" });
        await dialog.GetByLabel("Name").FillAsync("Zeynep Kaya");
        await dialog.GetByLabel("E-mail").FillAsync("zeynep@acme.example");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add and make link" }).ClickAsync();

        await Assertions.Expect(page.GetByText($"{running.App.Address}invite/")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Role of Zeynep Kaya")).ToHaveValueAsync("Salesperson");
    }

    private static async Task<HttpStatusCode> StatsAsync(HttpClient program)
    {
        using var response = await program.GetAsync("/api/webhook/stats", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>One app for all tests of the class.</summary>
    public sealed class RunningApp : IAsyncLifetime
    {
        internal LeadDeskProcess App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await LeadDeskProcess.StartAsync(Acme.Settings);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
