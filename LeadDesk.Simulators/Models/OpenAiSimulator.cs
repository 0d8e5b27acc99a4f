using System.Globalization;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Models;

/// <summary>OpenAI's chat completions at <c>/openai/v1/chat/completions</c>.</summary>
internal static class OpenAiSimulator
{
    public static void MapOpenAi(this WebApplication app) => app.MapPost("/openai/v1/chat/completions", async http =>
    {
        if (await ModelRequest.ReceiveAsync(http, SimulatedProviders.OpenAi) is { } request) await AnswerAsync(request);
    });

    private static Task AnswerAsync(ModelRequest request)
    {
        SetLimits(request);
        if (request.Mode == ModelMode.Unauthorized || !ChatCompletions.HasBearer(request))
            return ErrorAsync(request, 401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key");
        if (ChatCompletions.Fault(request) is { } fault) return ErrorAsync(request, 400, fault, "invalid_request_error", code: null);
        switch (request.Mode)
        {
            case ModelMode.Down:
                request.SetRetryAfter();
                return ErrorAsync(request, 503, "The server is overloaded or not ready yet.", "server_error", code: null);
            case ModelMode.RateLimited:
                request.SetRetryAfter();
                return ErrorAsync(request, 429, "Rate limit reached for requests.", "requests", "rate_limit_exceeded");
            case ModelMode.QuotaExhausted:
                return ErrorAsync(request, 429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota");
            case ModelMode.UnknownModel:
                return ErrorAsync(request, 404, "The model does not exist.", "invalid_request_error", "model_not_found");
            default:
                return ChatCompletions.AnswerAsync(request, cutOff: "length");
        }
    }

    private static void SetLimits(ModelRequest request)
    {
        var exhausted = request.Mode == ModelMode.RateLimited;
        var headers = request.Http.Response.Headers;
        headers["x-ratelimit-limit-requests"] = "60";
        headers["x-ratelimit-remaining-requests"] = exhausted ? "0" : "59";
        headers["x-ratelimit-reset-requests"] = exhausted && request.Behaviour.RetryAfter is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}m{seconds % 60}s")
            : "547ms";
        headers["x-ratelimit-limit-tokens"] = "150000";
        headers["x-ratelimit-remaining-tokens"] = "149984";
        headers["x-ratelimit-reset-tokens"] = "6m0s";
    }

    private static Task ErrorAsync(ModelRequest request, int status, string message, string type, string? code) =>
        request.WriteAsync(status, new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code },
        });
}
