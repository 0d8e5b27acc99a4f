using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using Microsoft.AspNetCore.WebUtilities;

namespace LeadDesk.Web.Hosting;

/// <summary>Every error answer to programs comes from here: RFC 9457, <c>application/problem+json</c>, snake_case.</summary>
public static class Problems
{
    /// <summary>How long a caller should wait when the database cannot take work.</summary>
    private static readonly TimeSpan WhenUnavailable = TimeSpan.FromSeconds(2);

    public static ProblemResult ToProblem(this Refusal refusal) => new(StatusOf(refusal.Kind), refusal.Message, refusal.Errors);

    /// <summary>400: the request itself cannot be read.</summary>
    public static ProblemResult Unreadable(string detail) => new(StatusCodes.Status400BadRequest, detail);

    internal static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Missing => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What a caller may know about a surprise: never the exception's own text.</summary>
    internal static ProblemResult Of(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException json } => Unreadable(WhereBroken(json)),
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        IntakeOverloadedException => new ProblemResult(
            StatusCodes.Status503ServiceUnavailable, "More comes in just now than can be stored. Nothing was stored; send the same request again in a moment.", RetryAfter: WhenUnavailable),
        _ when Database.IsUnavailable(exception) => new ProblemResult(
            StatusCodes.Status503ServiceUnavailable, "The database cannot take work just now. Nothing was stored; send the same request again in a moment.", RetryAfter: WhenUnavailable),
        _ => OfStatus(StatusCodes.Status500InternalServerError),
    };

    /// <summary>For answers that carry nothing but a status.</summary>
    internal static ProblemResult OfStatus(int status) => new(status, status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read: its path, query, headers or body are not what this address takes.",
        StatusCodes.Status401Unauthorized => "Send a valid API key in the X-Api-Key header or as Authorization: Bearer.",
        StatusCodes.Status403Forbidden => "Your role may not do this.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the Allow header says which it takes.",
        StatusCodes.Status408RequestTimeout => "The request took too long to arrive.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this server takes.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as application/json.",
        StatusCodes.Status429TooManyRequests => "Too many requests. The Retry-After header says in how many seconds to come back.",
        StatusCodes.Status503ServiceUnavailable => "The server cannot take work just now. Send the same request again in a moment.",
        >= 500 => "Something went wrong on our side. The trace_id helps to find it in the log.",
        _ => "The request was not taken.",
    });

    /// <param name="json">Line and position count from 0; the path is such as <c>$.metadata.age</c>.</param>
    private static string WhereBroken(JsonException json)
    {
        var place = json.LineNumber is { } line ? $"line {line + 1}, position {json.BytePositionInLine + 1}" : "an unknown place";
        return json.Path is { Length: > 1 } path
            ? $"The body is not the JSON this address takes: look at {path} ({place})."
            : $"The body is not the JSON this address takes: look at {place}.";
    }
}

/// <summary>An error answer of an endpoint.</summary>
/// <param name="Status">400 to 599.</param>
/// <param name="Detail">A sentence for the caller.</param>
/// <param name="Errors">Sentences by field.</param>
/// <param name="MergedInto">The lead that the missing one was merged into.</param>
public sealed record ProblemResult(int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null, TimeSpan? RetryAfter = null, long? MergedInto = null)
    : IResult, IStatusCodeHttpResult
{
    private const string MediaType = "application/problem+json";

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
            Write(json, httpContext);

        var response = httpContext.Response;
        SetHeaders(response);
        response.ContentType = MediaType;
        response.ContentLength = body.WrittenCount;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }

    internal void SetHeaders(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        if (Status is StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer realm=\"LeadDesk\"";
    }

    private void Write(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        json.WriteNumber("status", Status);
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
        json.WriteString("detail", Detail);
        if (Errors is not null)
            WriteErrors(json, Errors);
        if (MergedInto is { } into)
            json.WriteNumber("merged_into", into);
        json.WriteString("trace_id", TraceIdOf(context));
        if (context.Request.Path.StartsWithSegments(RequestKinds.Webhook, StringComparison.OrdinalIgnoreCase))
            json.WriteString("status_text", "error");
        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyDictionary<string, string[]> errors)
    {
        json.WriteStartObject("errors");
        foreach (var (field, sentences) in errors)
        {
            json.WriteStartArray(field);
            foreach (var sentence in sentences)
                json.WriteStringValue(sentence);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    internal static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
