using System.Net;
using System.Text.Json.Nodes;
using LeadDesk.Simulators;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;
using LeadDesk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Simulators;

/// <summary>The simulators on a free loopback port, with a clock of their own.</summary>
public sealed class SimulatorHost : IAsyncLifetime
{
    private readonly WebApplication _app;

    public SimulatorHost()
    {
        Time = new ManualTime(new DateTime(2026, 10, 1, 10, 0, 0));
        _app = SimulatorApp.Build(Time, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning");
    }

    public ManualTime Time { get; }

    public GraphSimulator Graph => _app.Services.GetRequiredService<GraphSimulator>();

    internal CallSender Sender => _app.Services.GetRequiredService<CallSender>();

    public HttpClient Http { get; } = new();

    public string Address => _app.Urls.Single();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _app.StartAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Asks Graph with the sample page's token.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path, string token = GraphSimulator.DefaultToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : $"{Address}/v25.0/{path}");
        request.Headers.Authorization = new("Bearer", token);
        return await SendAsync(request);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/v25.0/{path}") { Content = body is null ? null : Json(body) };
        request.Headers.Authorization = new("Bearer", GraphSimulator.DefaultToken);
        return await SendAsync(request);
    }

    public async Task<JsonNode> ControlAsync(string path, JsonNode body)
    {
        using var response = await Http.PostAsync($"{Address}/_control/{path}", Json(body), Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, Ct);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!);
    }
}
