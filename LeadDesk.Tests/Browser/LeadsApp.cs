using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>The app as a process of its own, set up with one company, for the journeys through the pages of leads.</summary>
public sealed class LeadsApp : IAsyncLifetime
{
    private const string AdminEmail = "admin@acme.test";
    private const string Password = "correct horse battery";
    private const string ApiKey = "key-of-acme-for-tests";

    private LeadDeskProcess? process;
    private HttpClient? program;
    private string? session;

    public Uri Address => Process.Address;

    private LeadDeskProcess Process => process ?? throw new InvalidOperationException("The app has not started.");

    public async ValueTask InitializeAsync()
    {
        process = await LeadDeskProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LeadDesk:Bootstrap:Company"] = "Acme",
            ["LeadDesk:Bootstrap:Region"] = "GB",
            ["LeadDesk:Bootstrap:AdminEmail"] = AdminEmail,
            ["LeadDesk:Bootstrap:AdminPassword"] = Password,
            ["LeadDesk:Bootstrap:ApiKey"] = ApiKey,
        });
        program = process.CreateClient();
        program.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
    }

    /// <summary>The admin's session; signs in on the first call.</summary>
    /// <param name="page">Any page; it shows the dashboard afterwards when it had to sign in.</param>
    public async Task<string> SessionAsync(IPage page)
    {
        if (session is not null)
            return session;
        await page.GotoAsync("/login");
        await page.GetByLabel("Email").FillAsync(AdminEmail);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("/login", StringComparison.Ordinal));
        return session = await page.Context.StorageStateAsync();
    }

    /// <summary>Returns once the server knows where the focus and the pointer of a page are, which nothing shows: it hears in order, and answers what is asked last.</summary>
    /// <param name="page">One whose bell was not opened yet; focus and pointer stay where they are.</param>
    public static async Task HeardAsync(IPage page)
    {
        var bell = page.Locator("details.bell");
        await Assertions.Expect(bell.GetByText("Loading…")).ToHaveCountAsync(1);
        await bell.EvaluateAsync("bell => { bell.open = true; }");
        await Assertions.Expect(bell.GetByText("Loading…")).ToHaveCountAsync(0);
        await bell.EvaluateAsync("bell => { bell.open = false; }");
    }

    /// <summary>Sends one message to the webhook.</summary>
    /// <returns>The lead's id.</returns>
    public async Task<long> PostAsync(string name, string? message = null, string channel = "whatsapp", string? phone = null, object? metadata = null)
    {
        using var answer = await program!.PostAsJsonAsync(
            new Uri("/api/webhook", UriKind.Relative),
            new { sender_name = name, message, channel, phone, external_id = phone is null ? Guid.NewGuid().ToString("N") : null, metadata });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lead_id").GetInt64();
    }

    /// <param name="price">In the company's currency.</param>
    public async Task AddServiceAsync(string name, decimal price)
    {
        using var answer = await program!.PostAsJsonAsync(new Uri("/api/v1/services", UriKind.Relative), new { name, value = 0.5, price });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        program?.Dispose();
        if (process is not null)
            await process.DisposeAsync();
    }
}
