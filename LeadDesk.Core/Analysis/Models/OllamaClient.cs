using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Analysis.Models;

/// <summary>
/// Ollama's chat API, asked without streaming. A server or proxy that streams all the same is understood, and so is a failure
/// in the middle of a stream, which arrives with status 200:
/// <code>
/// {"model":"llama3.2","message":{"role":"assistant","content":" Yes"},"done":false}
/// {"error":"an error was encountered while running the model"}
/// </code>
/// </summary>
internal sealed class OllamaClient(HttpClient http, ModelProviderOptions options) : IModelClient
{
    private readonly Uri _endpoint = options.Endpoint("/api/chat");

    public string Name { get; } = options.Name;

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var body = new OllamaRequest(
            options.ModelName,
            [new("system", question.System), new("user", question.User)],
            Stream: false,
            AnswerSchema.JsonSchema,
            new(Temperature: 0, NumPredict: 800));
        using var request = ModelHttp.Post(_endpoint, body, ModelJson.Default.OllamaRequest);
        // A local server needs no key; a hosted one or a proxy may.
        if (options.Key is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await ModelHttp.AskAsync(http, request, Read, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private static ModelAnswer Read(ReadOnlyMemory<byte> body)
    {
        var text = new StringBuilder();
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            var reply = JsonSerializer.Deserialize(ref reader, ModelJson.Default.OllamaReply);
            if (reply is null) return ModelAnswer.None(NoAnswer.Malformed);
            if (reply.Error is not null) return ModelAnswer.None(NoAnswer.Unavailable);
            text.Append(reply.Message?.Content);
            if (!reply.Done) continue;
            if (reply.DoneReason == "length") return ModelAnswer.None(NoAnswer.CutOff);
            return string.IsNullOrWhiteSpace(text.ToString()) ? ModelAnswer.None(NoAnswer.Malformed) : ModelAnswer.Of(text.ToString());
        }

        return ModelAnswer.None(text.Length > 0 ? NoAnswer.CutOff : NoAnswer.Malformed);
    }
}

internal sealed record OllamaRequest(string Model, IReadOnlyList<ChatMessage> Messages, bool Stream, JsonElement Format, OllamaRunOptions Options);

internal sealed record OllamaRunOptions(double Temperature, int NumPredict);

internal sealed record OllamaReply(OllamaMessage? Message, bool Done, string? DoneReason, string? Error);

internal sealed record OllamaMessage(string? Content);
