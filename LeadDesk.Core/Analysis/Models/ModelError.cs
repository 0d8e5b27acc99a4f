using System.Net;
using System.Text.Json;

namespace LeadDesk.Analysis.Models;

/// <summary>
/// Reads an error response of any provider. Samples:
/// <code>
/// OpenAI   {"error":{"message":"…","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}
/// Mistral  {"object":"error","message":"…","type":"…","param":null,"code":"1300"}
///          {"object":"error","message":{"detail":[{"type":"missing","loc":["body","model"],"msg":"…"}]},"type":"invalid_request_error"}
///          {"detail":[{"type":"missing","loc":["body","model"],"msg":"…"}]}
/// Gemini   {"error":{"code":429,"message":"…","status":"RESOURCE_EXHAUSTED","details":[{"@type":"…RetryInfo","retryDelay":"27.4s"}]}}
/// Ollama   {"error":"model 'x' not found"}
/// </code>
/// Only machine words are used: messages may quote the request.
/// </summary>
internal static class ModelError
{
    /// <summary>An empty account does not refill within seconds.</summary>
    private static readonly TimeSpan s_quotaPause = TimeSpan.FromMinutes(10);

    public static ModelAnswer Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var (words, delay) = Details(body);
        var retryAfter = delay ?? RetryDelay.FromHeaders(response.Headers);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ModelAnswer.None(NoAnswer.Unauthorized),
            // Gemini answers a wrong key with 400.
            HttpStatusCode.BadRequest when words.Contains("API_KEY_INVALID") => ModelAnswer.None(NoAnswer.Unauthorized),
            HttpStatusCode.TooManyRequests when words.Contains("insufficient_quota") => ModelAnswer.None(NoAnswer.RateLimited, s_quotaPause),
            HttpStatusCode.TooManyRequests => ModelAnswer.None(NoAnswer.RateLimited, retryAfter),
            HttpStatusCode.RequestTimeout => ModelAnswer.None(NoAnswer.Unavailable, retryAfter),
            >= HttpStatusCode.InternalServerError => ModelAnswer.None(NoAnswer.Unavailable, retryAfter),
            _ => ModelAnswer.None(NoAnswer.Rejected),
        };
    }

    private static (HashSet<string> Words, TimeSpan? Delay) Details(ReadOnlyMemory<byte> body)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement;
            if (error.Property("error") is { ValueKind: JsonValueKind.Object } inner) error = inner;
            foreach (var name in (ReadOnlySpan<string>)["code", "type", "status"]) Add(words, error.Property(name));

            TimeSpan? delay = null;
            if (error.Property("details") is { ValueKind: JsonValueKind.Array } details)
            {
                foreach (var detail in details.EnumerateArray())
                {
                    Add(words, detail.Property("reason"));
                    delay ??= RetryDelay.Parse(detail.Property("retryDelay")?.AsText());
                }
            }

            return (words, delay);
        }
        catch (JsonException)
        {
            // A gateway's HTML page: the status alone tells.
            return (words, null);
        }
    }

    private static void Add(HashSet<string> words, JsonElement? value)
    {
        if (value?.AsText() is { } word) words.Add(word);
    }
}
