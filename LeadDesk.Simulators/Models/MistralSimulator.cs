using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Models;

/// <summary>Mistral's chat completions at <c>/mistral/v1/chat/completions</c>: OpenAI's answers, errors of its own.</summary>
internal static class MistralSimulator
{
    public static void MapMistral(this WebApplication app) => app.MapPost("/mistral/v1/chat/completions", async http =>
    {
        if (await ModelRequest.ReceiveAsync(http, SimulatedProviders.Mistral) is { } request) await AnswerAsync(request);
    });

    private static Task AnswerAsync(ModelRequest request)
    {
        if (request.Mode == ModelMode.Unauthorized || !ChatCompletions.HasBearer(request))
            return request.WriteAsync(401, new JsonObject { ["detail"] = "Unauthorized" });
        switch (request.Mode)
        {
            case ModelMode.Down:
                request.SetRetryAfter();
                return ErrorAsync(request, 503, "Service unavailable.", "internal_server_error", "1000");
            case ModelMode.RateLimited:
                request.SetRetryAfter();
                return ErrorAsync(request, 429, "Rate limit exceeded", "rate_limited", "1300");
            case ModelMode.QuotaExhausted:
                return ErrorAsync(request, 429, "Quota exceeded", "insufficient_quota", "1300");
            case ModelMode.UnknownModel:
                return ErrorAsync(request, 400, "Invalid model", "invalid_model", "1500");
            case ModelMode.Flat422:
                return ErrorAsync(request, 422, new JsonObject { ["detail"] = Detail() }, "invalid_request_error", code: null);
            case ModelMode.Detail422:
                return request.WriteAsync(422, new JsonObject { ["detail"] = Detail() });
            default:
                return ChatCompletions.Fault(request) is null
                    ? ChatCompletions.AnswerAsync(request, cutOff: "model_length")
                    : request.WriteAsync(422, new JsonObject { ["detail"] = Detail() });
        }
    }

    private static JsonArray Detail() => new(new JsonObject
    {
        ["type"] = "missing",
        ["loc"] = new JsonArray("body", "model"),
        ["msg"] = "Field required",
        ["input"] = new JsonObject(),
    });

    private static Task ErrorAsync(ModelRequest request, int status, JsonNode message, string type, string? code) =>
        request.WriteAsync(status, new JsonObject { ["object"] = "error", ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code });
}
