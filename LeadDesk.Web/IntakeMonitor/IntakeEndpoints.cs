using System.ComponentModel;
using LeadDesk.Access;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.IntakeMonitor;

/// <summary><c>/api/v1/intake</c>: what came in and what became of it.</summary>
internal static class IntakeEndpoints
{
    public static void MapIntakeApi(this IEndpointRouteBuilder routes)
    {
        var intake = routes.MapApiGroup("/intake", "Intake").RequireAuthorization(nameof(Permission.SeeIntake)).ProducesRefusals(403);
        intake.MapGet("", ListAsync).WithName("ListInboundEvents").WithSummary("Inbound events, newest first, in pages.").ProducesRefusals(422);
        intake.MapGet("/{id:long}", GetAsync).WithName("GetInboundEvent").WithSummary("One event with its steps and bodies.").ProducesRefusals(404);
        intake.MapPost("/{id:long}/process", ProcessAsync).WithName("ProcessInboundEvent")
            .WithSummary("Has a failed, ignored or unreadable event worked on once more; takes no body. 409 when it is done or waits already.")
            .ProducesRefusals(404, 409, 422).DescribeIdempotencyKey();
    }

    private static async Task<Results<Ok<InboundEventListResponse>, ProblemResult>> ListAsync(
        [AsParameters] IntakeListQuery query, HttpContext context, InboundEventQueries events, CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var filter = query.Read(words);
        var limit = words.Limit(query.Limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await events.ListAsync(context.RequireCurrentUser(), filter, query.Cursor, limit, cancellationToken);
        return page.Succeeded
            ? TypedResults.Ok(new InboundEventListResponse([.. page.Value.Items.Select(InboundEventResponse.Of)], page.Value.NextCursor))
            : page.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<InboundEventDetailResponse>, ProblemResult>> GetAsync(
        long id, HttpContext context, InboundEventQueries events, CancellationToken cancellationToken)
    {
        var details = await events.GetAsync(context.RequireCurrentUser(), id, cancellationToken);
        return details.Succeeded ? TypedResults.Ok(InboundEventDetailResponse.Of(details.Value)) : details.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<InboundEventDetailResponse>, ProblemResult>> ProcessAsync(
        long id, HttpContext context, InboundEventService service, InboundEventQueries events, CancellationToken cancellationToken)
    {
        var started = await service.ProcessAgainAsync(context.RequireCurrentUser(), id, cancellationToken);
        return started.Succeeded ? await GetAsync(id, context, events, cancellationToken) : started.Refusal.ToProblem();
    }
}

/// <summary>The words of <c>GET /api/v1/intake</c>.</summary>
internal sealed record IntakeListQuery
{
    [FromQuery(Name = "state"), Description("received, processed, failed, ignored or unreadable.")]
    public string? State { get; init; }

    [FromQuery(Name = "source"), Description("meta, whatsapp, instagram, messenger, form, email, webhook, api or manual.")]
    public string? Source { get; init; }

    [FromQuery(Name = "origin"), Description("Where inside the source, whole.")]
    public string? Origin { get; init; }

    [FromQuery(Name = "search"), Description("A part of the error, or the sender's whole id.")]
    public string? Search { get; init; }

    [FromQuery(Name = "received_from"), Description("UTC time, inclusive.")]
    public string? ReceivedFrom { get; init; }

    [FromQuery(Name = "received_before"), Description("UTC time, exclusive.")]
    public string? ReceivedBefore { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 500; 100 by default.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("The next_cursor of the page before.")]
    public string? Cursor { get; init; }

    public InboundEventFilter Read(QueryWords words) => new()
    {
        State = string.IsNullOrEmpty(State) ? null : words.Word("state", State, InboundState.Received),
        Source = words.OneOf("source", Source, InboundSources.All),
        Origin = words.Text("origin", Origin),
        Text = words.Text("search", Search),
        From = words.Time("received_from", ReceivedFrom),
        Before = words.Time("received_before", ReceivedBefore),
    };
}
