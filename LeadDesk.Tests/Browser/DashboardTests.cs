using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

public sealed class DashboardTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    private static object Lead(string name, string phone) => new { phone, message = "I want to buy 50 units today, please call me", channel = "whatsapp", sender_name = name };

    [Fact]
    public async Task The_first_lead_takes_the_place_of_the_start_panel_and_what_comes_later_waits_while_the_pointer_is_on_the_list()
    {
        await using var app = await LeadDeskProcess.StartAsync(Acme.Settings);
        using var program = Acme.Program(app);
        var page = await OpenAsync(app.Address);
        await Acme.SignInAsync(page);
        await Assertions.Expect(page.GetByText($"curl -X POST {app.Address}api/webhook")).ToBeVisibleAsync();

        await Acme.SendAsync(program, Lead("Ahmed Khan", "+923001234567"));
        var arrivals = page.GetByRole(AriaRole.Region, new() { Name = "Latest arrivals" });
        await Assertions.Expect(arrivals.GetByRole(AriaRole.Link, new() { Name = "Ahmed Khan" })).ToBeVisibleAsync();
        await Assertions.Expect(arrivals.GetByText("HOT")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Leads today" }).Locator(".value")).ToHaveTextAsync("1");

        await arrivals.GetByRole(AriaRole.Listitem).First.HoverAsync();
        await LeadsApp.HeardAsync(page);
        await Acme.SendAsync(program, Lead("Maria Silva", "+923001234568"));
        var waiting = arrivals.GetByRole(AriaRole.Button, new() { Name = "1 new" });
        await Assertions.Expect(waiting).ToBeVisibleAsync();
        await Assertions.Expect(arrivals.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        await waiting.ClickAsync();
        await Assertions.Expect(arrivals.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Maria Silva");
        ConsoleErrors.ShouldBeEmpty();
    }
}
