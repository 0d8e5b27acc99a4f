using System.Buffers;
using LeadDesk.Web.Hosting;
using Microsoft.Net.Http.Headers;

namespace LeadDesk.Web.Api;

/// <summary>Bodies that are read by hand: where speed counts, or where an answer must name the place of a fault.</summary>
internal static class JsonRequest
{
    private const string Json = "application/json";

    /// <summary>415: the body is something else than JSON in UTF-8.</summary>
    public static readonly ProblemResult NotJson =
        new(StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json in UTF-8.");

    /// <summary>
    /// <c>application/json</c>, <c>text/json</c>, <c>application/…+json</c>, with or without <c>charset=utf-8</c>; and no type at all,
    /// as hand-written clients send it.
    /// </summary>
    public static bool HasJsonType(this HttpRequest request)
    {
        var type = request.ContentType;
        if (string.IsNullOrEmpty(type) || type.Equals(Json, StringComparison.OrdinalIgnoreCase))
            return true;
        return MediaTypeHeaderValue.TryParse(type, out var parsed) && IsJson(parsed) && IsUtf8(parsed);
    }

    /// <summary>The whole body. Its length is bounded by the server's limit, which answers 413.</summary>
    public static async ValueTask<byte[]> ReadBodyAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
        || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
