using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;
using LeadDesk.Simulators;
using LeadDesk.Simulators.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Analysis.Models;

/// <summary>The simulated providers on a free loopback port, and analysts that talk to them.</summary>
public sealed class SimulatedModels : IAsyncLifetime
{
    /// <summary>Long enough that only a test about waiting ever meets it.</summary>
    public static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app = SimulatorApp.Build("--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning");
    private readonly HttpClient _control = new();

    private string Address => _app.Urls.Single();

    public async ValueTask InitializeAsync() => await _app.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
    }

    public async Task SetAsync(string provider, string mode, int? delayMs = null, string? answer = null, double? retryAfter = null, int? times = null)
    {
        var wanted = new { mode, delay_ms = delayMs, answer, retry_after = retryAfter, times };
        using var response = await _control.PostAsJsonAsync($"{Address}/_control/{provider}", wanted, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<ModelCall>> CallsAsync(string provider)
    {
        using var document = JsonDocument.Parse(await _control.GetStringAsync($"{Address}/_control/{provider}", TestContext.Current.CancellationToken));
        return [.. document.RootElement.GetProperty("calls").EnumerateArray().Select(call => new ModelCall(
            call.GetProperty("path").GetString()!, call.GetProperty("query").GetString()!, call.GetProperty("key_in").GetString(), call.GetProperty("body").GetString()!))];
    }

    public ModelProviderOptions Options(string provider) => new()
    {
        Kind = provider,
        Url = Address + provider switch
        {
            SimulatedProviders.Gemini => "/gemini/v1beta",
            SimulatedProviders.Ollama => "/ollama",
            _ => $"/{provider}/v1",
        },
        ApiKey = provider == SimulatedProviders.Ollama ? null : "test-key",
    };

    internal IModelClient Client(string provider) => AnalysisServices.Client(Options(provider));

    internal ModelProvider Provider(string provider, TimeSpan? timeout = null, TimeProvider? time = null) =>
        new(Client(provider), timeout ?? Patient, time ?? TimeProvider.System);

    internal static LeadAnalyst Analyst(
        IReadOnlyList<ModelProvider> providers, RemoveInstructions? removeInstructions = null, TimeSpan? deadline = null, TimeProvider? time = null,
        ILogger<LeadAnalyst>? log = null) =>
        new(providers, removeInstructions ?? KeepAll, deadline ?? Patient, time ?? TimeProvider.System, log ?? NullLogger<LeadAnalyst>.Instance);

    internal static string KeepAll(string text, out bool found)
    {
        found = false;
        return text;
    }
}

/// <summary>A clock that stands still until it is moved; its timers are the system's.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>The classifier's answers that the tests start from.</summary>
internal static class Answers
{
    public static MessageAnalysis BuiltIn { get; } =
        new(Intent.Question, Urgency.Low, MessageCategory.General, Sentiment.Neutral, 55, ExtractedData.None, "en");

    public static string Json(string intent = "buy", string extra = "", string extracted = "{}", string confidence = "88") =>
        $$"""{"intent":"{{intent}}","urgency":"high","category":"sales","sentiment":"positive","confidence":{{confidence}},"language":"en",{{extra}}"extracted":{{extracted}}}""";
}
