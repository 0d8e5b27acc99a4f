using System.Text;
using LeadDesk.Tests.Journeys;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LeadDesk.Tests.Imports;

/// <summary>A manager brings a file in, looks at what would happen, runs it, takes the bad rows home, and takes it all back.</summary>
public sealed class ImportJourneyTests(ChromiumBrowser browser) : BrowserTest(browser)
{
    private const string File = "Adı Soyadı;Cep Telefonu;E-posta;Şehir;Aşama\r\nAyşe Yılmaz;+90 532 123 45 67;ayse@example.com;İzmir;Yeni\r\nMehmet Kaya;+90 532 123 45 68;;Ankara;Arandı\r\nKimse;;;Bursa;\r\n";

    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task A_file_comes_in_and_goes_out_again(Screen screen)
    {
        await using var app = await LeadDeskProcess.StartAsync(Acme.Settings);
        var page = await OpenAsync(app.Address, screen);
        await Acme.SignInAsync(page);
        await page.GotoAsync("/imports");
        await Expect(page.GetByText("Nothing was imported yet")).ToBeVisibleAsync();
        await CheckAsync(page, "/imports");

        await page.GetByLabel("Choose a file or drop it here").SetInputFilesAsync(new FilePayload { Name = "fuar.csv", MimeType = "text/csv", Buffer = Encoding.GetEncoding("utf-8").GetBytes(File) });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "fuar.csv" })).ToBeVisibleAsync();
        await Expect(page.GetByText("What would happen")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("What “Cep Telefonu” is")).ToHaveValueAsync("phone");
        await CheckAsync(page, "/imports/1");
        await page.GetByLabel("What “Şehir” is").SelectOptionAsync("ignore");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Check again" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Run import" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Download rejected rows" })).ToBeVisibleAsync();
        await CheckAsync(page, "/imports/1");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download rejected rows" }).ClickAsync());
        var rejected = await System.IO.File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        rejected.ShouldContain("Kimse,,,Bursa,,");
        await page.GotoAsync("/leads");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ayşe Yılmaz" }).First).ToBeVisibleAsync();

        await page.GotoAsync("/imports/1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revert", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revert" }).ClickAsync();
        await Expect(page.GetByText("Reverted: 2 taken back, 0 changed since.")).ToBeVisibleAsync();
        await page.GotoAsync("/leads");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ayşe Yılmaz" })).ToHaveCountAsync(0);
        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task CheckAsync(IPage page, string address)
    {
        (await Axe.CheckAsync(page)).ShouldBeEmpty(address);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{address} is wider than the screen.");
    }
}
