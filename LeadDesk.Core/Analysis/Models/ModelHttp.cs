using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LeadDesk.Analysis.Models;

/// <summary>One bounded request and its translation into a <see cref="ModelAnswer"/>; no exception leaves it but cancellation.</summary>
internal static class ModelHttp
{
    /// <summary>An answer is about one kilobyte; far more than this is a fault or an attack.</summary>
    public const int MostBytes = 256 * 1024;

    /// <param name="read">Reads the body of a success; it may throw <see cref="JsonException"/>.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<ModelAnswer> AskAsync(
        HttpClient http, HttpRequestMessage request, Func<ReadOnlyMemory<byte>, ModelAnswer> read, CancellationToken cancellationToken)
    {
        int? status = null;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            status = (int)response.StatusCode;
            var body = await ReadBoundedAsync(response.Content, cancellationToken);
            var answer = response.IsSuccessStatusCode
                ? body is { } bytes ? read(bytes) : ModelAnswer.None(NoAnswer.Malformed)
                : ModelError.Read(response, body ?? default);
            return answer with { HttpStatus = status };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own connect time-out.
            return ModelAnswer.None(NoAnswer.Timeout) with { HttpStatus = status };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ModelAnswer.None(NoAnswer.Unavailable) with { HttpStatus = status };
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return ModelAnswer.None(NoAnswer.Malformed) with { HttpStatus = status };
        }
    }

    public static HttpRequestMessage Post<T>(Uri endpoint, T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
    }

    /// <summary>Null when the body is larger than <see cref="MostBytes"/>.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(4096);
        while (body.WrittenCount <= MostBytes)
        {
            var read = await stream.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0) return body.WrittenMemory;
            body.Advance(read);
        }

        return null;
    }
}
