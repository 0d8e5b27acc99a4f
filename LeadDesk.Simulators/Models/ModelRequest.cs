using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Models;

/// <summary>A call that was read and recorded, with how to answer it.</summary>
/// <param name="Json">The request's body; null when it is not a JSON object.</param>
internal sealed record ModelRequest(HttpContext Http, ModelBehaviour Behaviour, JsonObject? Json)
{
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(3);

    public string Mode => Behaviour.Mode;

    /// <summary>Reads and records the call, and waits as the behaviour says. Null when there is nobody to answer.</summary>
    public static async Task<ModelRequest?> ReceiveAsync(HttpContext http, string providerName)
    {
        var provider = http.RequestServices.GetRequiredService<SimulatedProviders>()[providerName];
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        try
        {
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            var behaviour = provider.Enter(new ModelCall(http.Request.Path, http.Request.QueryString.ToString(), KeyHeader(http.Request), body));
            await WaitAsync(behaviour, http.RequestAborted);
            if (behaviour.Mode != ModelMode.Drop) return new ModelRequest(http, behaviour, Parse(body));
            http.Abort();
            return null;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>What the pretended model says to the customer's text.</summary>
    public string ModelText(string userText) => Behaviour.Answer ?? PretendModel.Answer(Mode, userText);

    public Task WriteAsync(int status, JsonNode body, string contentType = "application/json") => WriteAsync(status, body.ToJsonString(), contentType);

    public Task WriteAsync(int status, string body, string contentType)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = contentType;
        return Http.Response.WriteAsync(body, Http.RequestAborted);
    }

    /// <summary>What stands before every provider: a gateway's error page.</summary>
    public Task WriteHtmlAsync() =>
        WriteAsync(StatusCodes.Status200OK, "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>", "text/html");

    /// <summary>More than any client should be willing to read.</summary>
    public Task WriteHugeAsync() => WriteAsync(StatusCodes.Status200OK, "{\"padding\":\"" + new string('x', 600_000) + "\"}", "application/json");

    public void SetRetryAfter()
    {
        if (Behaviour.RetryAfter is { } seconds)
            Http.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task WaitAsync(ModelBehaviour behaviour, CancellationToken aborted)
    {
        if (behaviour.Mode == ModelMode.Hang) await Task.Delay(Timeout.InfiniteTimeSpan, aborted);
        var delay = behaviour.DelayMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
            : behaviour.Mode == ModelMode.Slow ? s_slow
            : TimeSpan.Zero;
        if (delay > TimeSpan.Zero) await Task.Delay(delay, aborted);
    }

    private static string? KeyHeader(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal) ? "authorization"
        : request.Headers.ContainsKey("x-goog-api-key") ? "x-goog-api-key"
        : null;

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
