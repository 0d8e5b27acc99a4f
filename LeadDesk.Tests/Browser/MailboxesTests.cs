using System.Net;
using System.Text;
using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Browser;

public sealed class MailboxesTests(ChromiumBrowser browser, SettingsTests.RunningApp running) : BrowserTest(browser), IClassFixture<SettingsTests.RunningApp>
{
    public static TheoryData<Screen> AllScreens => Screens.EachOnce;

    [Theory]
    [MemberData(nameof(AllScreens))]
    public async Task A_new_mailbox_waits_until_its_first_mail_comes_and_its_file_stands_on_the_lead(Screen screen)
    {
        var page = await OpenAsync(running.App.Address, screen);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/mailboxes");
        var name = $"Enquiries {Guid.NewGuid():N}";
        await page.GetByLabel("Name of the new mailbox").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add mailbox" }).ClickAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = name });
        await Expect(card.GetByText("Waiting for the first mail")).ToBeVisibleAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);

        var address = await card.GetByTestId("mailbox-url").TextContentAsync();
        using var relay = running.App.CreateClient();
        using var mail = new StringContent(
            $"From: Ann <{name.Replace(' ', '.')}@example.com>\nSubject: Prices\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHow much is it?\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=plan.txt\n\nA plan\n--b--",
            Encoding.UTF8, "message/rfc822");
        using var answer = await relay.PostAsync(new Uri(new Uri(address!).AbsolutePath, UriKind.Relative), mail, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        await Expect(card.GetByText("Last mail")).ToBeVisibleAsync();
        await page.GotoAsync("/leads");
        await InteractiveAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Ann", Exact = true }).First.ClickAsync();
        await page.WaitForURLAsync("**/leads/*");
        await page.GotoAsync($"{new Uri(page.Url).AbsolutePath}?tab=score");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "plan.txt" })).ToBeVisibleAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "plan.txt" }).ClickAsync());
        saved.SuggestedFilename.ShouldBe("plan.txt");
        ConsoleErrors.ShouldBeEmpty();
    }
}
