using LeadDesk.Tests.Browser;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Duplicates;

/// <summary>Duplicates from the scan to the lead page, in a real browser, on a desk and on a phone.</summary>
public sealed class DuplicatesJourneyTests(ChromiumBrowser browser, LeadsApp app) : BrowserTest(browser), IClassFixture<LeadsApp>
{
    [Theory]
    [MemberData(nameof(Screens.EachOnce), MemberType = typeof(Screens))]
    public async Task Duplicates_are_scanned_for_dismissed_merged_and_taken_apart_again(Screen screen)
    {
        var (first, second) = (Unique("Jonathan"), Unique("Margaret"));
        await AddAsync(first, "1971-02-03");
        await AddAsync(first.Replace("Jonathan", "Jonatan", StringComparison.Ordinal), "1971-02-03");
        var stays = await AddAsync(second, "1980-12-01");
        await AddAsync(second.Replace("Margaret", "Margret", StringComparison.Ordinal), "1980-12-01");
        var page = await OpenAsync("/leads/duplicates", screen);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Scan (?:all leads|again)$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.ClickAsync();
        var group = page.Locator(".groups > li").Filter(new() { HasText = first });
        await ShownAsync(group);
        await ShownAsync(group.GetByText("Same date of birth"));
        await FitsAsync(page);
        await group.GetByRole(AriaRole.Button, new() { NameRegex = new("^Not a duplicate", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Assertions.Expect(group).ToHaveCountAsync(0);

        await page.Locator(".groups > li").Filter(new() { HasText = second }).GetByRole(AriaRole.Link, new() { NameRegex = new("^Compare and merge", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await ShownAsync(page.GetByRole(AriaRole.Heading, new() { Name = "The merged lead" }));
        await page.GetByLabel($"Name: {second.Replace("Margaret", "Margret", StringComparison.Ordinal)}", new() { Exact = true }).CheckAsync();
        await FitsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge 2 leads" }).ClickAsync();
        await page.WaitForURLAsync($"**/leads/{stays}");
        await ShownAsync(page.GetByText("2 leads are one now."));

        await page.GotoAsync($"/leads/{stays}?tab=score");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo merge" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Undo merge" }).ClickAsync();
        await ShownAsync(page.GetByText("The merge was undone."));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(second);
        ConsoleErrors.ShouldBeEmpty();
    }

    private static async Task FitsAsync(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} scrolls sideways");
        (await Axe.CheckAsync(page)).ShouldBeEmpty(page.Url);
    }

    private static Task ShownAsync(ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync();

    /// <summary>A name with a surname that no other test uses.</summary>
    private static string Unique(string given) => $"{given} {string.Concat(Guid.NewGuid().ToString("N")[..8].Select(letter => char.IsAsciiDigit(letter) ? (char)('g' + letter - '0') : letter))}";

    private Task<long> AddAsync(string name, string birthDate) => app.PostAsync(name, "Please call me", phone: $"+4479{Random.Shared.Next(10_000_000, 99_999_999)}", metadata: new { date_of_birth = birthDate, postcode = "10115" });

    private async Task<IPage> OpenAsync(string path, Screen screen)
    {
        var session = await app.SessionAsync(await OpenAsync(app.Address));
        var page = await OpenAsync(app.Address, screen, session);
        await page.GotoAsync(path);
        return page;
    }
}
