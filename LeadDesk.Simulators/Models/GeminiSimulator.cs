using System.Globalization;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Models;

/// <summary>Google's generateContent at <c>/gemini/v1beta/models/{model}:generateContent</c>.</summary>
internal static class GeminiSimulator
{
    public static void MapGemini(this WebApplication app) => app.MapPost("/gemini/v1beta/models/{model}:generateContent", async http =>
    {
        if (await ModelRequest.ReceiveAsync(http, SimulatedProviders.Gemini) is { } request) await AnswerAsync(request);
    });

    private static Task AnswerAsync(ModelRequest request)
    {
        if (!request.Http.Request.Headers.ContainsKey("x-goog-api-key"))
            return ErrorAsync(request, 403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.");
        switch (request.Mode)
        {
            case ModelMode.Unauthorized:
                return ErrorAsync(request, 400, "INVALID_ARGUMENT", "API key not valid.", new JsonObject
                {
                    ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
                    ["reason"] = "API_KEY_INVALID",
                    ["domain"] = "googleapis.com",
                });
            case ModelMode.Down:
                return ErrorAsync(request, 503, "UNAVAILABLE", "The model is overloaded.");
            case ModelMode.RateLimited or ModelMode.QuotaExhausted:
                return ErrorAsync(request, 429, "RESOURCE_EXHAUSTED", "Quota exceeded.", new JsonObject
                {
                    ["@type"] = "type.googleapis.com/google.rpc.RetryInfo",
                    ["retryDelay"] = (request.Behaviour.RetryAfter ?? 27.4).ToString(CultureInfo.InvariantCulture) + "s",
                });
            case ModelMode.UnknownModel:
                return ErrorAsync(request, 404, "NOT_FOUND", "The model is not found.");
            case ModelMode.Html:
                return request.WriteHtmlAsync();
            case ModelMode.Huge:
                return request.WriteHugeAsync();
        }

        return UserText(request) is { } text
            ? GenerateAsync(request, request.ModelText(text))
            : ErrorAsync(request, 400, "INVALID_ARGUMENT", "contents are required");
    }

    private static Task GenerateAsync(ModelRequest request, string text) => request.Mode switch
    {
        ModelMode.Blocked => request.WriteAsync(200, new JsonObject
        {
            ["promptFeedback"] = new JsonObject { ["blockReason"] = "PROHIBITED_CONTENT" },
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 420, ["totalTokenCount"] = 420 },
        }),
        ModelMode.ContentFilter or ModelMode.Refusal => CandidateAsync(request, [], "SAFETY"),
        ModelMode.CutOff => CandidateAsync(request, [text[..(text.Length / 2)]], "MAX_TOKENS"),
        ModelMode.MidStreamError => CandidateAsync(request, [], "OTHER"),
        ModelMode.Parts => CandidateAsync(request, [text[..(text.Length / 2)], text[(text.Length / 2)..]], "STOP", thought: "Let me see {\"intent\":\"spam\"}"),
        _ => CandidateAsync(request, [text], "STOP"),
    };

    private static Task CandidateAsync(ModelRequest request, string[] texts, string finishReason, string? thought = null)
    {
        var parts = new JsonArray();
        if (thought is not null) parts.Add((JsonNode)new JsonObject { ["text"] = thought, ["thought"] = true });
        foreach (var text in texts) parts.Add((JsonNode)new JsonObject { ["text"] = text });
        var candidate = new JsonObject { ["finishReason"] = finishReason, ["index"] = 0 };
        if (parts.Count > 0) candidate["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts };
        return request.WriteAsync(200, new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 420, ["candidatesTokenCount"] = 90, ["totalTokenCount"] = 510 },
            ["modelVersion"] = request.Http.Request.RouteValues["model"]?.ToString(),
        });
    }

    private static string? UserText(ModelRequest request) =>
        (request.Json?["contents"] as JsonArray)?.LastOrDefault()?["parts"] is JsonArray parts
            ? string.Concat(parts.Select(part => part?["text"]?.ToString()))
            : null;

    private static Task ErrorAsync(ModelRequest request, int status, string word, string message, params JsonNode[] details)
    {
        var error = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = word };
        if (details.Length > 0) error["details"] = new JsonArray(details);
        return request.WriteAsync(status, new JsonObject { ["error"] = error });
    }
}
