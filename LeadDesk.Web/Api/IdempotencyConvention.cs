using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Intake;
using LeadDesk.Web.Access;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;

namespace LeadDesk.Web.Api;

/// <summary>
/// Makes POSTs repeatable: the same <c>Idempotency-Key</c> and request get the first answer again, byte by byte. Stands around
/// the endpoint rather than in a filter, because a filter comes after the body was read.
/// </summary>
internal sealed class IdempotencyConvention(RequestDelegate endpoint)
{
    private const string Purpose = "LeadDesk.Idempotency";
    private static readonly TimeSpan WhenRunning = TimeSpan.FromSeconds(1);

    public static void AddTo(IEndpointConventionBuilder builder) => builder.Finally(route =>
    {
        if (route.RequestDelegate is { } endpoint && route.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Post)))
            route.RequestDelegate = new IdempotencyConvention(endpoint).InvokeAsync;
    });

    private Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.ContainsKey(IdempotencyHeader.Name) ? WithKeyAsync(context) : endpoint(context);

    private async Task WithKeyAsync(HttpContext context)
    {
        var caller = context.RequireCurrentUser();
        var body = await context.Request.ReadBodyAsync(context.RequestAborted);
        context.Request.Body = new MemoryStream(body, writable: false);
        var header = IdempotencyHeader.Read(context.Request, caller, body);
        if (header.Refusal is { } refusal)
        {
            await refusal.ToProblem().ExecuteAsync(context);
            return;
        }

        var request = header.Value!;
        var store = context.RequestServices.GetRequiredService<IdempotencyStore>();
        var reservation = await store.ReserveAsync(caller.CompanyId, request, context.RequestAborted);
        await (reservation.State switch
        {
            ReservationState.First => FirstAsync(context, store, caller, request, reservation),
            ReservationState.Answered => AgainAsync(context, reservation),
            ReservationState.Running => Running.ExecuteAsync(context),
            _ => Misused.ExecuteAsync(context),
        });
    }

    private static ProblemResult Running => new(
        StatusCodes.Status409Conflict, "The first request with this Idempotency-Key is still being worked on. Ask again in a moment.", RetryAfter: WhenRunning);

    private static ProblemResult Misused => LeadDesk.Common.Refusal.Invalid(
        "idempotency_key", "This Idempotency-Key was used for another request. Use a new key for a new request.").ToProblem();

    private async Task FirstAsync(HttpContext context, IdempotencyStore store, CurrentUser caller, IdempotencyRequest request, Reservation reservation)
    {
        StoredAnswer? answer = null;
        try
        {
            answer = await CaptureAsync(context);
        }
        finally
        {
            // A failure is not an answer: who repeats the request tries again.
            if (answer is null or { Status: >= StatusCodes.Status500InternalServerError })
                await store.ReleaseAsync(caller.CompanyId, request, reservation, CancellationToken.None);
        }

        if (answer.Status < StatusCodes.Status500InternalServerError)
            await store.RememberAsync(caller.CompanyId, request, reservation, answer.Status, Protector(context).Protect(JsonSerializer.Serialize(answer)), CancellationToken.None);
        await answer.SendAsync(context.Response);
    }

    private static Task AgainAsync(HttpContext context, Reservation reservation)
    {
        var answer = JsonSerializer.Deserialize<StoredAnswer>(Protector(context).Unprotect(reservation.Response!))!;
        return answer.SendAsync(context.Response);
    }

    /// <summary>Answers may hold what is shown only once, such as an invitation's link; so they are kept encrypted.</summary>
    private static IDataProtector Protector(HttpContext context) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);

    private async Task<StoredAnswer> CaptureAsync(HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var captured = new StreamResponseBodyFeature(buffer);
        context.Features.Set<IHttpResponseBodyFeature>(captured);
        try
        {
            await endpoint(context);
            await captured.CompleteAsync();
        }
        finally
        {
            context.Features.Set(connection);
        }

        var response = context.Response;
        return new StoredAnswer(response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, buffer.ToArray());
    }

    /// <summary>What is repeated.</summary>
    private sealed record StoredAnswer(int Status, string? ContentType, string? Location, string? ETag, byte[] Body)
    {
        public async Task SendAsync(HttpResponse response)
        {
            response.StatusCode = Status;
            response.ContentType = ContentType;
            response.Headers.Location = Location;
            response.Headers.ETag = ETag;
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body);
        }
    }
}
