using System.Text;
using System.Text.RegularExpressions;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Notifications;
using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Intake.Monitor;

/// <summary><c>/settings/intake</c> in a browser.</summary>
public sealed partial class IntakePageTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    private static readonly object Ahmed = new { phone = "+923001234567", message = "I want to buy 50 units today", channel = "whatsapp", sender_name = "Ahmed" };

    [Fact]
    public async Task What_comes_in_appears_by_itself_and_a_failed_event_says_why_and_is_processed_again()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await using var app = await StartAsync(database);
        using var program = Acme.Program(app);
        var failed = await AddFailedAsync(database);
        var page = await OpenAsync(app.Address);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/intake");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Event {failed}" })).ToBeVisibleAsync();

        await Acme.SendAsync(program, Ahmed);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ahmed" })).ToContainTextAsync("Done");

        await page.GetByRole(AriaRole.Link, new() { Name = "Failed 1" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(FailedTab());
        await page.GetByRole(AriaRole.Link, new() { Name = $"Event {failed}" }).ClickAsync();
        var details = page.GetByRole(AriaRole.Region, new() { Name = $"Event {failed}" });
        await Expect(details).ToContainTextAsync("The access token has expired.");
        await Expect(details.GetByLabel("As it came")).ToContainTextAsync("\"sender\": \"Ann\"");
        await details.GetByRole(AriaRole.Button, new() { Name = "Process again" }).ClickAsync();
        await Expect(page.GetByText($"Event {failed} is processed again.")).ToBeVisibleAsync();
        ConsoleErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_notice_stands_on_the_dashboard_until_it_is_put_aside()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await using var app = await StartAsync(database);
        await new NoticeService(database.Database, TimeProvider.System).OpenAsync(await CompanyAsync(database), "test", "1", "The page has stopped. Leads are safe.", "/settings/intake", TestContext.Current.CancellationToken);
        var page = await OpenAsync(app.Address);
        await Acme.SignInAsync(page);
        var notice = page.GetByRole(AriaRole.List, new() { Name = "Notices" }).GetByText("The page has stopped. Leads are safe.").First;
        await Expect(notice).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Put it right" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Intake", Level = 1 })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put aside" }).ClickAsync();
        await Expect(notice).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByText("Nothing has come in yet")).ToBeVisibleAsync();
        await Expect(notice).ToHaveCountAsync(0);
    }

    private static Task<LeadDeskProcess> StartAsync(TestDatabase database) =>
        LeadDeskProcess.StartAsync(new Dictionary<string, string>(Acme.Settings, StringComparer.Ordinal) { ["ConnectionStrings:LeadDesk"] = database.ConnectionString });

    private static async Task<long> CompanyAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.Companies.Select(company => company.Id).SingleAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<long> AddFailedAsync(TestDatabase database)
    {
        var row = new InboundEvent
        {
            Source = InboundSources.Meta,
            RepeatKey = "failed",
            Raw = Encoding.UTF8.GetBytes("""{"sender":"Ann"}"""),
            State = InboundState.Failed,
            ReceivedAt = DateTime.UtcNow.AddMinutes(-1),
            ProcessedAt = DateTime.UtcNow,
            Error = "The access token has expired.",
        };
        await database.Database.WriteAsync(await CompanyAsync(database), context =>
        {
            context.InboundEvents.Add(row);
            return Task.FromResult(true);
        }, TestContext.Current.CancellationToken);
        return row.Id;
    }

    [GeneratedRegex("state=failed", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FailedTab();
}
