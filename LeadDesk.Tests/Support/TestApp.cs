using System.Net;
using AngleSharp.Html.Parser;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Web.Shell;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Tests.Support;

/// <summary>
/// The whole app in this process, without a socket, on a fresh database. Unless told otherwise it is set up: the company Acme
/// with an admin and an API key. Background jobs are off, so that nothing happens that the test did not cause.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string AdminEmail = "admin@acme.test";
    public const string Password = "correct horse battery";
    public const string ApiKey = "key-of-acme-for-tests";

    private readonly TestDatabase _database;
    private readonly TemporaryFolder _data;
    private readonly WebApplicationFactory<App> _factory;

    private TestApp(TestDatabase database, TemporaryFolder data, WebApplicationFactory<App> factory)
    {
        (_database, _data, _factory) = (database, data, factory);
        Program = CreateClient();
        Program.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
    }

    /// <summary>Sends the API key.</summary>
    public HttpClient Program { get; }

    public TestDatabase Database => _database;

    public IServiceProvider Services => _factory.Services;

    /// <param name="settings">Configuration by key, over the defaults of this class.</param>
    /// <param name="configure">Replaces services, such as the clock.</param>
    /// <param name="setUp">False leaves the installation without any user.</param>
    public static async Task<TestApp> StartAsync(
        DatabaseEngine engine, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? configure = null, bool setUp = true)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var data = new TemporaryFolder();
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:LeadDesk"] = database.ConnectionString,
            ["LeadDesk:DataFolder"] = data.Path,
            ["LeadDesk:Jobs:Enabled"] = "false",
        };
        if (setUp)
        {
            all["LeadDesk:Bootstrap:Company"] = "Acme";
            all["LeadDesk:Bootstrap:Region"] = "GB";
            all["LeadDesk:Bootstrap:AdminEmail"] = AdminEmail;
            all["LeadDesk:Bootstrap:AdminPassword"] = Password;
            all["LeadDesk:Bootstrap:ApiKey"] = ApiKey;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            all[key] = value;
        var factory = new WebApplicationFactory<App>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Production");
            host.ConfigureLogging(logging => logging.ClearProviders());
            foreach (var (key, value) in all)
                host.UseSetting(key, value);
            if (configure is not null)
                host.ConfigureServices(configure);
        });
        return new TestApp(database, data, factory);
    }

    /// <summary>Sends neither key nor session, keeps cookies, and shows redirects instead of following them.</summary>
    public HttpClient CreateClient() => _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>The admin of the company that the app was set up with.</summary>
    public async Task<CurrentUser> AdminAsync()
    {
        var user = (await Services.GetRequiredService<SignInAccounts>().FindByEmailAsync(AdminEmail, CancellationToken.None)).ShouldNotBeNull();
        return new CurrentUser(user.CompanyId, user.Id, user.Name, user.Role);
    }

    /// <summary>A browser with the session of this person.</summary>
    public async Task<HttpClient> SignInAsync(string email = AdminEmail, string password = Password)
    {
        var browser = CreateClient();
        using var answer = await SubmitAsync(browser, "/login", new() { ["Email"] = email, ["Password"] = password });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return browser;
    }

    /// <summary>Opens a page and submits its form with these fields beside the hidden ones.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, Dictionary<string, string> fields)
    {
        var document = new HtmlParser().ParseDocument(await browser.GetStringAsync(new Uri(page, UriKind.Relative)));
        foreach (var hidden in document.QuerySelectorAll("form input[type=hidden]"))
            fields[hidden.GetAttribute("name")!] = hidden.GetAttribute("value") ?? "";
        using var form = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(new Uri(page, UriKind.Relative), form);
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
        _data.Dispose();
    }
}
