using LeadDesk.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ChromiumBrowser))]

namespace LeadDesk.Tests.Support;

/// <summary>One headless Chromium for the whole run. It starts with the first test that asks for it; every test opens its own contexts.</summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    private const string DebianPath = "/usr/bin/chromium";

    /// <summary>In milliseconds. A page that is shown waits no longer for it; a busy machine may.</summary>
    private const float LongestWait = 30_000;

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A fresh context: no cookies, no storage, nothing shared with another test.</summary>
    /// <exception cref="PlaywrightException">Chromium is missing or did not start.</exception>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        var browser = await StartedAsync();
        return await browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(LongestWait);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ExecutablePath(),
                Args =
                [
                    "--no-sandbox", // Chromium refuses its sandbox to root, which a container usually is.
                    "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", // 64 MB of shared memory in a container is not enough for it.
                ],
            });
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The browser test.sh found, else the system's; null leaves the choice to Playwright's own download.</summary>
    private static string? ExecutablePath() =>
        Environment.GetEnvironmentVariable("LEADDESK_CHROMIUM") is { Length: > 0 } chosen ? chosen
        : File.Exists(DebianPath) ? DebianPath
        : null;
}
