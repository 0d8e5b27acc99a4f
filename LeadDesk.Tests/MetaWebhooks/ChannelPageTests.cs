using System.Net;
using System.Security.Cryptography;
using System.Text;
using LeadDesk.Tests.Intake.Conversations;
using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.MetaWebhooks;

/// <summary>Setting up WhatsApp in the browser, until its first message.</summary>
public sealed class ChannelPageTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.PhoneDark)]
    public async Task An_admin_sets_up_WhatsApp_and_sees_the_first_message_arrive(Screen screen)
    {
        await using var app = await LeadDeskProcess.StartAsync(Acme.Settings);
        using var meta = app.CreateClient();
        var page = await OpenAsync(app.Address, screen);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/settings/channels");
        await page.GetByRole(AriaRole.Link, new() { Name = "WhatsApp" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up WhatsApp" }).ClickAsync();
        await Expect(page.GetByText("/webhooks/whatsapp")).ToBeVisibleAsync();
        (await Axe.CheckAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);

        var token = await page.Locator("code").Nth(1).InnerTextAsync();
        (await meta.GetStringAsync(new Uri($"/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=42", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("42");
        await Expect(page.GetByText("Address confirmed")).ToBeVisibleAsync();
        await page.GetByLabel("App secret").FillAsync("secret-of-the-shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("One is stored. Leave it empty to keep it.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Waiting for the first event")).ToBeVisibleAsync();

        var body = Encoding.UTF8.GetBytes(Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.1","timestamp":"1697043666","type":"text","text":{"body":"How much is it?"}}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret-of-the-shop"), body)));
        using var answer = await meta.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        await Expect(page.GetByText("Events come in")).ToBeVisibleAsync();
        ConsoleErrors.ShouldBeEmpty();
    }
}
