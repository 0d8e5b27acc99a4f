using System.Text.Json;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Journeys;

/// <summary>Every page, in both themes and at both widths: nothing serious for axe, nothing wider than the screen, nothing in the console.</summary>
public sealed class EveryPageTests(ChromiumBrowser browser, EveryPageTests.FilledApp filled) : BrowserTest(browser), IClassFixture<EveryPageTests.FilledApp>
{
    private static readonly object[] Leads =
    [
        new { phone = "+923001234567", message = "I want to buy 50 units today, please call me", channel = "whatsapp", sender_name = "Ahmed" },
        new { phone = "0300 7654321", email = "ayse@example.com", message = "Fiyat alabilir miyim?", channel = "instagram", sender_name = "Ayşe Yılmaz" },
        new { email = "mohamed@example.com", message = "أريد شراء سيارة، كم السعر؟", channel = "website", sender_name = "محمد علي" },
        new { phone = "12", external_id = "x-1", message = "🙏🙏🙏", channel = "carrier pigeon", sender_name = "Anna-Sophie Friederike von der Heide-Schmidt de la Montaña y Compañía" },
        new { phone = "+923001112223", channel = "website", metadata = new { service = "Kitchen", budget = "5000 EUR" } },
    ];

    [Theory]
    [MemberData(nameof(Screens.All), MemberType = typeof(Screens))]
    public async Task Is_accessible_and_fits_the_screen(Screen screen)
    {
        var first = filled.FirstLead;
        var page = await OpenAsync(filled.App.Address, screen);
        await page.GotoAsync("/login");
        await CheckAsync(page, "/login");
        await Acme.SignInAsync(page);

        foreach (var address in (string[])
            ["/", "/leads", $"/leads/{first}", $"/leads/{first + 3}", "/leads/board", "/leads/trash", "/leads/duplicates", "/imports", "/my-leads", "/follow-ups", "/notifications", "/settings/company", "/settings/users", "/settings/channels", "/settings/channels/whatsapp", "/settings/meta", "/settings/forms",
             "/settings/mailboxes", "/settings/api-keys", "/settings/stages", "/settings/fields", "/settings/tags", "/settings/lost-reasons", "/settings/services", "/settings/scoring", "/settings/intake", "/settings/intake/1", "/settings/system", "/nowhere"])
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            await InteractiveAsync(page);
            await CheckAsync(page, address);
        }

        // The page that is not there answers 404, which the browser notes.
        ConsoleErrors.Where(error => !error.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task CheckAsync(IPage page, string address)
    {
        (await Axe.CheckAsync(page)).ShouldBeEmpty(address);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{address} is wider than the screen.");
    }

    /// <summary>One app for all screens: the pages are only looked at.</summary>
    public sealed class FilledApp : IAsyncLifetime
    {
        internal LeadDeskProcess App { get; private set; } = null!;

        internal long FirstLead { get; private set; }

        public async ValueTask InitializeAsync()
        {
            App = await LeadDeskProcess.StartAsync(Acme.Settings);
            using var program = Acme.Program(App);
            var answers = new List<JsonElement>();
            foreach (var lead in Leads)
                answers.Add(await Acme.SendAsync(program, lead));
            FirstLead = answers[0].GetProperty("lead_id").GetInt64();
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
