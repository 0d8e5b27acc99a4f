using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Models;

/// <summary>What OpenAI's and Mistral's chat completions share.</summary>
internal static class ChatCompletions
{
    public static bool HasBearer(ModelRequest request) =>
        request.Http.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.Ordinal);

    /// <summary>What is wrong with the request; null when it can be answered.</summary>
    public static string? Fault(ModelRequest request)
    {
        if (request.Json is not { } json) return "We could not parse the JSON body of your request.";
        if (json["model"]?.GetValueKind() != System.Text.Json.JsonValueKind.String) return "you must provide a model parameter";
        return json["messages"] is JsonArray { Count: > 0 } ? null : "Missing required parameter: 'messages'.";
    }

    /// <param name="cutOff">The finish reason of an answer that ran out of tokens.</param>
    public static Task AnswerAsync(ModelRequest request, string cutOff)
    {
        var text = request.ModelText(UserText(request));
        return request.Mode switch
        {
            ModelMode.Html => request.WriteHtmlAsync(),
            ModelMode.Huge => request.WriteHugeAsync(),
            ModelMode.Refusal => WriteAsync(request, content: null, "stop", refusal: "I'm sorry, I can't assist with that request."),
            ModelMode.ContentFilter or ModelMode.Blocked => WriteAsync(request, "", "content_filter"),
            ModelMode.CutOff => WriteAsync(request, text[..(text.Length / 2)], cutOff),
            ModelMode.MidStreamError => WriteAsync(request, "", "error"),
            ModelMode.Parts => WriteAsync(request, Parts(text), "stop"),
            _ => WriteAsync(request, text, "stop"),
        };
    }

    private static Task WriteAsync(ModelRequest request, JsonNode? content, string finishReason, string? refusal = null) =>
        request.WriteAsync(200, new JsonObject
        {
            ["id"] = $"chatcmpl-{Guid.NewGuid():N}",
            ["object"] = "chat.completion",
            ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["model"] = request.Json?["model"]?.DeepClone(),
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = refusal },
                ["logprobs"] = null,
                ["finish_reason"] = finishReason,
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 420, ["completion_tokens"] = 90, ["total_tokens"] = 510 },
        });

    /// <summary>The form of reasoning models: thoughts, then the text in pieces.</summary>
    private static JsonArray Parts(string text) => new(
        new JsonObject { ["type"] = "thinking", ["thinking"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "Let me see {\"intent\":\"spam\"}" }) },
        new JsonObject { ["type"] = "text", ["text"] = text[..(text.Length / 2)] },
        new JsonObject { ["type"] = "text", ["text"] = text[(text.Length / 2)..] });

    private static string UserText(ModelRequest request) =>
        (request.Json?["messages"] as JsonArray)?.LastOrDefault()?["content"]?.ToString() ?? "";
}
