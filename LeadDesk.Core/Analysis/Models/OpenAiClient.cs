using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Analysis.Models;

/// <summary>
/// OpenAI's chat completions, also spoken by Mistral and by every compatible server. Sample answer:
/// <code>
/// {"choices":[{"index":0,"message":{"role":"assistant","content":"{\"intent\":\"buy\",…}","refusal":null},"finish_reason":"stop"}]}
/// </code>
/// Mistral's reasoning models send the content as parts: <c>[{"type":"thinking",…},{"type":"text","text":"…"}]</c>.
/// </summary>
internal sealed class OpenAiClient(HttpClient http, ModelProviderOptions options) : IModelClient
{
    private readonly Uri _endpoint = options.Endpoint("/chat/completions");

    public string Name { get; } = options.Name;

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        // OpenAI's reasoning models refuse a temperature, and count hidden thoughts against a limit of tokens.
        var isMistral = options.KnownKind == ModelProviderKind.Mistral;
        var body = new OpenAiRequest(
            options.ModelName,
            [new("system", question.System), new("user", question.User)],
            new("json_schema", new("message_analysis", Strict: true, AnswerSchema.JsonSchema)),
            Temperature: isMistral ? 0 : null,
            MaxTokens: isMistral ? 800 : null);
        using var request = ModelHttp.Post(_endpoint, body, ModelJson.Default.OpenAiRequest);
        if (options.Key is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await ModelHttp.AskAsync(http, request, Read, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private static ModelAnswer Read(ReadOnlyMemory<byte> body)
    {
        var reply = JsonSerializer.Deserialize(body.Span, ModelJson.Default.OpenAiReply);
        // Some gateways report an upstream failure with status 200.
        if (reply?.Error is { ValueKind: not JsonValueKind.Null }) return ModelAnswer.None(NoAnswer.Unavailable);
        if (reply?.Choices is not [{ Message: { } message } choice, ..]) return ModelAnswer.None(NoAnswer.Malformed);
        if (!string.IsNullOrEmpty(message.Refusal)) return ModelAnswer.None(NoAnswer.Refused);
        return choice.FinishReason switch
        {
            "stop" or null => Content(message.Content),
            "length" or "model_length" => ModelAnswer.None(NoAnswer.CutOff),
            "content_filter" => ModelAnswer.None(NoAnswer.Refused),
            "error" => ModelAnswer.None(NoAnswer.Unavailable),
            _ => ModelAnswer.None(NoAnswer.Malformed),
        };
    }

    private static ModelAnswer Content(JsonElement? content)
    {
        var text = content switch
        {
            { ValueKind: JsonValueKind.String } value => value.AsText(),
            { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(PartText)),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? ModelAnswer.None(NoAnswer.Malformed) : ModelAnswer.Of(text);
    }

    private static string? PartText(JsonElement part) =>
        part.Property("type")?.AsText() == "text" ? part.Property("text")?.AsText() : null;
}

internal sealed record OpenAiRequest(
    string Model,
    IReadOnlyList<ChatMessage> Messages,
    OpenAiResponseFormat ResponseFormat,
    double? Temperature,
    int? MaxTokens);

internal sealed record ChatMessage(string Role, string Content);

internal sealed record OpenAiResponseFormat(string Type, OpenAiJsonSchema JsonSchema);

internal sealed record OpenAiJsonSchema(string Name, bool Strict, JsonElement Schema);

internal sealed record OpenAiReply(IReadOnlyList<OpenAiChoice>? Choices, JsonElement? Error);

internal sealed record OpenAiChoice(OpenAiReplyMessage? Message, string? FinishReason);

internal sealed record OpenAiReplyMessage(JsonElement? Content, string? Refusal);

/// <summary>The wire types of all providers that write snake_case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenAiRequest))]
[JsonSerializable(typeof(OpenAiReply))]
[JsonSerializable(typeof(OllamaRequest))]
[JsonSerializable(typeof(OllamaReply))]
internal sealed partial class ModelJson : JsonSerializerContext;
