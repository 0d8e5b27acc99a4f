using System.Text;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

[assembly: AssemblyFixture(typeof(ApiApps))]

namespace LeadDesk.Tests.Support;

/// <summary>One running app on each engine for all tests that speak HTTP; each test brings a company of its own.</summary>
public sealed class ApiApps : IAsyncDisposable
{
    private readonly Lazy<Task<ApiApp>> sqlite = new(() => ApiApp.StartAsync(DatabaseEngine.Sqlite));
    private readonly Lazy<Task<ApiApp>> postgres = new(() => ApiApp.StartAsync(DatabaseEngine.Postgres));

    public Task<ApiApp> OnAsync(DatabaseEngine engine) => (engine is DatabaseEngine.Sqlite ? sqlite : postgres).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in (Lazy<Task<ApiApp>>[])[sqlite, postgres])
        {
            if (app is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
                await (await app.Value).DisposeAsync();
        }
    }
}

/// <summary>The real app in its own process, and a second door to its database for arranging and for looking at the result.</summary>
public sealed class ApiApp : IAsyncDisposable
{
    private readonly LeadDeskProcess process;

    private ApiApp(LeadDeskProcess process, TestDatabase database) => (this.process, Database) = (process, database);

    public TestDatabase Database { get; }

    /// <param name="settings">Configuration besides the database and generous limits.</param>
    public static async Task<ApiApp> StartAsync(DatabaseEngine engine, IReadOnlyDictionary<string, string>? settings = null)
    {
        var database = await TestDatabase.CreateAsync(engine);
        await TestCompany.AddAsync(database, "First");
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:LeadDesk"] = database.ConnectionString,
            ["LeadDesk:Limits:ApiPerHour"] = "1000000",
            ["LeadDesk:Limits:BulkPerHour"] = "1000000",
            ["LeadDesk:Limits:WebhookPerMinute"] = "1000000",
            ["LeadDesk:Jobs:Enabled"] = "false",
        };
        foreach (var (key, value) in settings ?? all)
            all[key] = value;
        return new ApiApp(await LeadDeskProcess.StartAsync(all), database);
    }

    public Task<TestCompany> AddCompanyAsync() => TestCompany.AddAsync(Database);

    /// <summary>A caller with a key that acts as <paramref name="user"/>.</summary>
    public async Task<ApiCaller> AsAsync(CurrentUser user)
    {
        var secret = Tokens.NewApiKey();
        await Database.Database.WriteAsync(user.CompanyId, context =>
        {
            context.ApiKeys.Add(new ApiKey { UserId = user.UserId, Name = "test", Hash = Tokens.Hash(secret), LastFour = secret[^4..], CreatedAt = DateTime.UtcNow });
            return Task.FromResult(true);
        }, CancellationToken.None);
        return new ApiCaller(process.CreateClient(), secret);
    }

    public ApiCaller WithKey(string? key) => new(process.CreateClient(), key);

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>A program that calls the API with its key.</summary>
public sealed class ApiCaller
{
    private readonly HttpClient client;

    public ApiCaller(HttpClient client, string? key)
    {
        this.client = client;
        if (key is not null)
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<ApiAnswer> PostAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body), headers);

    public Task<ApiAnswer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, JsonSerializer.Serialize(body), headers);

    public Task<ApiAnswer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Sends in a person who is not here yet.</summary>
    /// <returns>The lead's id.</returns>
    public async Task<long> NewLeadAsync()
    {
        var answer = await PostAsync("/api/v1/leads", new { name = $"Person {Guid.NewGuid():N}", email = $"{Guid.NewGuid():N}@example.org", message = "How much is it?" });
        answer.Status.ShouldBe(201, answer.Text);
        return answer["id"].GetInt64();
    }

    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers) =>
        SendContentAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async Task<ApiAnswer> SendContentAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return new ApiAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ETag?.Tag,
            response.Headers.Location?.ToString(),
            response.Headers.RetryAfter?.Delta);
    }
}

public sealed record ApiAnswer(int Status, string Text, string? MediaType, string? ETag, string? Location, TimeSpan? RetryAfter)
{
    public JsonElement Json { get; } = MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? JsonElement.Parse(Text) : default;

    public JsonElement this[string field] => Json.GetProperty(field);

    /// <summary>The sentence on a field.</summary>
    public string Error(string field) => Json.GetProperty("errors").GetProperty(field)[0].GetString()!;
}
