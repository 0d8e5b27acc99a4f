using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Models;

/// <summary>Ollama's chat API at <c>/ollama/api/chat</c>. It streams unless told not to, as the real one does.</summary>
internal static class OllamaSimulator
{
    private const string NdJson = "application/x-ndjson";

    public static void MapOllama(this WebApplication app) => app.MapPost("/ollama/api/chat", async http =>
    {
        if (await ModelRequest.ReceiveAsync(http, SimulatedProviders.Ollama) is { } request) await AnswerAsync(request);
    });

    private static Task AnswerAsync(ModelRequest request)
    {
        if (request.Json?["messages"] is not JsonArray { Count: > 0 } messages) return ErrorAsync(request, 400, "messages are required");
        var text = request.ModelText(messages[^1]?["content"]?.ToString() ?? "");
        var half = text[..(text.Length / 2)];
        switch (request.Mode)
        {
            case ModelMode.Unauthorized:
                return ErrorAsync(request, 401, "unauthorized");
            case ModelMode.Down:
                request.SetRetryAfter();
                return ErrorAsync(request, 502, "upstream is not available");
            case ModelMode.RateLimited or ModelMode.QuotaExhausted:
                request.SetRetryAfter();
                return ErrorAsync(request, 429, "too many requests");
            case ModelMode.UnknownModel:
                return ErrorAsync(request, 404, "model 'x' not found");
            case ModelMode.Html:
                return request.WriteHtmlAsync();
            case ModelMode.Huge:
                return request.WriteHugeAsync();
            case ModelMode.MidStreamError:
                return StreamAsync(request, Piece(request, half), new JsonObject { ["error"] = "an error was encountered while running the model" });
            case ModelMode.CutOff:
                return request.WriteAsync(200, Last(request, half, "length"));
            case ModelMode.Refusal or ModelMode.ContentFilter or ModelMode.Blocked:
                return request.WriteAsync(200, Last(request, "I can't help with that.", "stop"));
            case ModelMode.Parts:
                return StreamAsync(request, Piece(request, half), Piece(request, text[half.Length..]), Last(request, "", "stop"));
            default:
                return IsStreamed(request) ? StreamAsync(request, Piece(request, text), Last(request, "", "stop")) : request.WriteAsync(200, Last(request, text, "stop"));
        }
    }

    private static bool IsStreamed(ModelRequest request) => request.Json?["stream"]?.GetValueKind() != System.Text.Json.JsonValueKind.False;

    private static JsonObject Piece(ModelRequest request, string content) => new()
    {
        ["model"] = request.Json?["model"]?.DeepClone(),
        ["created_at"] = DateTimeOffset.UtcNow.ToString("O"),
        ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content },
        ["done"] = false,
    };

    private static JsonObject Last(ModelRequest request, string content, string reason)
    {
        var last = Piece(request, content);
        last["done"] = true;
        last["done_reason"] = reason;
        last["total_duration"] = 1_200_000_000;
        last["eval_count"] = 90;
        return last;
    }

    private static Task StreamAsync(ModelRequest request, params JsonObject[] lines) =>
        request.WriteAsync(200, string.Concat(lines.Select(line => line.ToJsonString() + "\n")), NdJson);

    private static Task ErrorAsync(ModelRequest request, int status, string message) => request.WriteAsync(status, new JsonObject { ["error"] = message });
}
