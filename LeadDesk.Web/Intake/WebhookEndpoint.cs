using System.Collections.Frozen;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Intake;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Intake;

/// <summary>
/// <c>POST /api/webhook</c>: one message in, its scored lead out. Thousands come in a second, so nothing is bound or serialised by
/// reflection here.
/// </summary>
internal static class WebhookEndpoint
{
    private const string Json = "application/json";

    private static readonly LeadFields Fields = new("webhook", "sender_name", FrozenSet<string>.Empty);

    public static RouteHandlerBuilder MapWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/webhook", (Delegate)ReceiveAsync)
            .RequireAuthorization(nameof(Permission.CreateLeads))
            .WithName("ReceiveMessage")
            .WithTags("Webhook")
            .WithSummary("Takes one inbound message through the whole pipeline and answers with its scored lead.")
            .Produces<WebhookReceipt>()
            .ProducesRefusals(400, 401, 403, 413, 415, 422, 429, 503)
            .DescribeJsonBody<WebhookMessage>()
            .DescribeIdempotencyKey();

    /// <summary>A message that arrived whole is stored even when its sender has hung up meanwhile; so no cancellation.</summary>
    private static async Task ReceiveAsync(HttpContext context, LeadIntake intake)
    {
        var problem = await TryReceiveAsync(context, intake);
        if (problem is not null)
            await problem.ExecuteAsync(context);
    }

    private static async Task<ProblemResult?> TryReceiveAsync(HttpContext context, LeadIntake intake)
    {
        if (!context.Request.HasJsonType())
            return JsonRequest.NotJson;
        var body = await context.Request.ReadBodyAsync(CancellationToken.None);
        if (!IncomingLeadReader.TryRead(body, Fields, out var lead, out var unreadable))
            return unreadable;
        var caller = context.RequireCurrentUser();
        var idempotency = IdempotencyHeader.Read(context.Request, caller, body);
        if (idempotency.Refusal is { } wrongKey)
            return wrongKey.ToProblem();
        if (idempotency.Value is { } request)
            lead = lead with { Idempotency = request };

        var outcome = await intake.ReceiveAsync(caller, lead, lead.Idempotency is null ? null : WebhookAnswer.Render, CancellationToken.None);
        if (!outcome.Succeeded)
            return outcome.Refusal.ToProblem();
        Answer(context.Response, outcome.Value);
        return null;
    }

    /// <summary>Into the connection's own buffer; the server sends it with the headers when the request ends.</summary>
    private static void Answer(HttpResponse response, IntakeReceipt receipt)
    {
        response.ContentType = Json;
        var longest = receipt.StoredResponse is { } stored ? Encoding.UTF8.GetMaxByteCount(stored.Length) : WebhookAnswer.LongestBytes;
        var target = response.BodyWriter.GetSpan(longest);
        var length = receipt.StoredResponse is { } first ? Encoding.UTF8.GetBytes(first, target) : WebhookAnswer.Write(target, receipt.Answer!);
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
    }
}
