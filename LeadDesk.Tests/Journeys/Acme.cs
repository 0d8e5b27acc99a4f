using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Tests.Support;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Journeys;

/// <summary>The company that journeys through the running product begin with, made by configuration.</summary>
internal static class Acme
{
    public const string AdminEmail = "admin@acme.example";
    public const string Password = "a-long-password-1";
    public const string ApiKey = "acme-integration-key-1";

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LeadDesk:Bootstrap:Company"] = "Acme",
        ["LeadDesk:Bootstrap:AdminEmail"] = AdminEmail,
        ["LeadDesk:Bootstrap:AdminPassword"] = Password,
        ["LeadDesk:Bootstrap:ApiKey"] = ApiKey,
        ["LeadDesk:Bootstrap:Region"] = "PK",
        ["LeadDesk:Limits:ApiPerHour"] = "1000000",
        ["LeadDesk:Limits:BulkPerHour"] = "1000000",
        ["LeadDesk:Limits:WebhookPerMinute"] = "1000000",
    };

    /// <summary>A client that sends the company's key.</summary>
    public static HttpClient Program(LeadDeskProcess app)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        return client;
    }

    /// <summary>Posts to the webhook; the answer is checked to be 200.</summary>
    public static async Task<JsonElement> SendAsync(HttpClient program, object message)
    {
        using var response = await program.PostAsJsonAsync("/api/webhook", message, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/login");
        await page.GetByLabel("Email").FillAsync(AdminEmail);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard", Level = 1 })).ToBeVisibleAsync();
    }
}
