using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Analysis.Models;

/// <summary>
/// Google's generateContent. Sample answers:
/// <code>
/// {"candidates":[{"content":{"role":"model","parts":[{"text":"…","thought":true},{"text":"{\"intent\":…}"}]},"finishReason":"STOP"}]}
/// {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}
/// </code>
/// </summary>
internal sealed class GeminiClient(HttpClient http, ModelProviderOptions options) : IModelClient
{
    private readonly Uri _endpoint = options.Endpoint($"/models/{Uri.EscapeDataString(ShortName(options.ModelName))}:generateContent");

    public string Name { get; } = options.Name;

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var body = new GeminiRequest(
            new(Role: null, [new(question.System)]),
            [new("user", [new(question.User)])],
            // The limit leaves room for the thoughts of models that think.
            new("application/json", AnswerSchema.GeminiSchema, Temperature: 0, MaxOutputTokens: 4096));
        using var request = ModelHttp.Post(_endpoint, body, GeminiJson.Default.GeminiRequest);
        request.Headers.Add("x-goog-api-key", options.Key);
        return await ModelHttp.AskAsync(http, request, Read, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private static ModelAnswer Read(ReadOnlyMemory<byte> body)
    {
        var reply = JsonSerializer.Deserialize(body.Span, GeminiJson.Default.GeminiReply);
        if (!string.IsNullOrEmpty(reply?.PromptFeedback?.BlockReason)) return ModelAnswer.None(NoAnswer.Refused);
        if (reply?.Candidates is not [{ } candidate, ..]) return ModelAnswer.None(NoAnswer.Malformed);
        switch (candidate.FinishReason)
        {
            case "STOP" or null:
                break;
            case "MAX_TOKENS":
                return ModelAnswer.None(NoAnswer.CutOff);
            case "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "LANGUAGE":
                return ModelAnswer.None(NoAnswer.Refused);
            default:
                return ModelAnswer.None(NoAnswer.Malformed);
        }

        var text = string.Concat((candidate.Content?.Parts ?? []).Where(part => part.Thought != true).Select(part => part.Text));
        return string.IsNullOrWhiteSpace(text) ? ModelAnswer.None(NoAnswer.Malformed) : ModelAnswer.Of(text);
    }

    /// <summary>Google's lists name models with their folder, <c>models/gemini-…</c>.</summary>
    private static string ShortName(string model) => model.StartsWith("models/", StringComparison.Ordinal) ? model["models/".Length..] : model;
}

internal sealed record GeminiRequest(GeminiContent SystemInstruction, IReadOnlyList<GeminiContent> Contents, GeminiConfig GenerationConfig);

internal sealed record GeminiContent(string? Role, IReadOnlyList<GeminiPart>? Parts);

internal sealed record GeminiPart(string? Text, bool? Thought = null);

internal sealed record GeminiConfig(string ResponseMimeType, JsonElement ResponseSchema, double Temperature, int MaxOutputTokens);

internal sealed record GeminiReply(IReadOnlyList<GeminiCandidate>? Candidates, GeminiFeedback? PromptFeedback);

internal sealed record GeminiCandidate(GeminiContent? Content, string? FinishReason);

internal sealed record GeminiFeedback(string? BlockReason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GeminiRequest))]
[JsonSerializable(typeof(GeminiReply))]
internal sealed partial class GeminiJson : JsonSerializerContext;
