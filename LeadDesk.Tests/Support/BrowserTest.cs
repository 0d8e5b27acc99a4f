using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Support;

/// <summary>
/// What tests in a real browser derive from: opens pages, listens to their consoles, closes them at the end, and leaves a
/// screenshot of each under TestResults/ when the test failed.
/// </summary>
public abstract class BrowserTest(ChromiumBrowser browser) : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _consoleErrors = new();

    /// <summary>What the pages wrote to their consoles as an error, uncaught exceptions and broken content policies among it.</summary>
    protected IReadOnlyCollection<string> ConsoleErrors => _consoleErrors;

    /// <summary>A page in a context of its own, as another person at another machine would have it.</summary>
    /// <param name="address">What relative addresses start with.</param>
    /// <param name="storageState">Cookies of an earlier sign-in, as <see cref="IBrowserContext.StorageStateAsync"/> gives them.</param>
    protected async Task<IPage> OpenAsync(Uri address, Screen screen = Screen.Desk, string? storageState = null)
    {
        var options = screen.Options();
        options.BaseURL = address.ToString();
        options.StorageState = storageState;
        var context = await browser.NewContextAsync(options);
        _contexts.Add(context);

        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _consoleErrors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _consoleErrors.Enqueue(error);
        return page;
    }

    /// <summary>Returns once the page hears what is done to it: its HTML is there before, for reading and following links.</summary>
    protected static Task InteractiveAsync(IPage page) => Assertions.Expect(page.Locator("fieldset.page-body:disabled")).ToHaveCountAsync(0, new() { Timeout = 15_000 });

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var context in _contexts)
        {
            if (failed)
                await ScreenshotsAsync(context);
            await context.DisposeAsync();
        }
    }

    private async Task ScreenshotsAsync(IBrowserContext context)
    {
        var name = FileName(TestContext.Current.Test?.TestDisplayName ?? GetType().Name);
        foreach (var (tab, page) in context.Pages.Index())
        {
            var path = Repository.PathTo("TestResults", $"{name}-{_contexts.IndexOf(context) + 1}-{tab + 1}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
            TestContext.Current.TestOutputHelper?.WriteLine($"Screenshot of {page.Url}: {path}");
        }

        foreach (var error in _consoleErrors)
            TestContext.Current.TestOutputHelper?.WriteLine($"Console: {error}");
    }

    /// <summary>At most 120 letters and digits of a test's name: file systems end names at 255 bytes.</summary>
    private static string FileName(string testName)
    {
        var safe = string.Concat(testName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-'));
        return safe.Length <= 120 ? safe : safe[^120..];
    }
}
