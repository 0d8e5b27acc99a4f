using System.Globalization;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Leads.Filtering;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Bulk;

/// <summary>Changes of many leads for programs: <c>/api/v1/leads/bulk</c>, <c>/api/v1/bulk/{id}</c>, <c>/api/v1/undo/{token}</c>.</summary>
internal static class BulkEndpoints
{
    /// <summary>A million ids with their commas.</summary>
    private const long LargestBody = 16 * 1024 * 1024;

    public static void MapBulkApi(this IEndpointRouteBuilder routes)
    {
        var leads = routes.MapApiGroup("/leads", "Bulk");
        leads.MapPost("/bulk", RunAsync).WithName("ChangeManyLeads")
            .WithSummary("Changes many leads: up to 10,000 at once, all or nothing; more by a job in steps (202). Can be undone for 24 hours.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesRefusals(400, 403, 409, 413, 415, 422).DescribeJsonBody<BulkBodyShape>().DescribeIdempotencyKey();
        var bulk = routes.MapApiGroup("/bulk", "Bulk");
        bulk.MapGet("/{id:long}", GetAsync).WithName("GetBulkChange").WithSummary("How far a change of many leads is, and which leads it left as they are, in pages.").ProducesRefusals(404, 422);
        bulk.MapPost("/{id:long}/cancel", CancelAsync).WithName("CancelBulkChange").WithSummary("Stops a change that goes on in steps. What is done stays, and can be undone.")
            .ProducesRefusals(404, 409).DescribeIdempotencyKey();
        var undo = routes.MapApiGroup("/undo", "Bulk");
        undo.MapPost("/{token}", UndoAsync).WithName("Undo").WithSummary("Takes a change of many leads or a merge back, once, within 24 hours.")
            .ProducesRefusals(404, 409).DescribeIdempotencyKey();
    }

    private static async Task<Results<Ok<BulkResponse>, Accepted<BulkStartedResponse>, ProblemResult>> RunAsync(
        HttpContext context, BulkService bulk, LeadFilterScopes scopes, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonType())
            return JsonRequest.NotJson;
        var body = await context.Request.ReadBodyAsync(cancellationToken);
        var (document, problem) = BulkBody.Parse(body);
        if (document is null)
            return problem!;
        using var _ = document;
        var user = context.RequireCurrentUser();
        var request = new BulkBody(document.RootElement, await scopes.OfAsync(user, cancellationToken)).Read();
        if (!request.Succeeded)
            return request.Refusal.ToProblem();
        var done = await bulk.RunAsync(user, request.Value, cancellationToken);
        if (!done.Succeeded)
            return done.Refusal.ToProblem();
        var result = done.Value;
        if (!result.Running)
            return TypedResults.Ok(new BulkResponse(result.Id, result.Changed, [.. result.Skipped.Select(skip => new LeftLead(skip.LeadId, skip.Reason))], result.UndoToken));
        var url = string.Create(CultureInfo.InvariantCulture, $"/api/v1/bulk/{result.Id}");
        return TypedResults.Accepted(url, new BulkStartedResponse(result.Id, url, result.Total, 0, [], result.UndoToken));
    }

    private static async Task<Results<Ok<BulkStateResponse>, ProblemResult>> GetAsync(
        long id, [FromQuery] string? limit, [FromQuery] string? cursor, HttpContext context, BulkQueries bulk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var user = context.RequireCurrentUser();
        var found = await bulk.GetAsync(user, id, cancellationToken);
        if (!found.Succeeded)
            return found.Refusal.ToProblem();
        var view = found.Value;
        var left = await bulk.LeftAsync(user, id, view.State is BulkState.Undoing or BulkState.Undone, cursor, most, cancellationToken);
        return left.Succeeded ? TypedResults.Ok(BulkStateResponse.Of(view, left.Value, clock.GetUtcNow().UtcDateTime)) : left.Refusal.ToProblem();
    }

    private static async Task<Results<Accepted, ProblemResult>> CancelAsync(long id, HttpContext context, BulkService bulk, CancellationToken cancellationToken)
    {
        var cancelled = await bulk.CancelAsync(context.RequireCurrentUser(), id, cancellationToken);
        return cancelled.Succeeded ? TypedResults.Accepted(string.Create(CultureInfo.InvariantCulture, $"/api/v1/bulk/{id}")) : cancelled.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<UndoResponse>, Accepted<UndoStartedResponse>, ProblemResult>> UndoAsync(string token, HttpContext context, UndoService undo, CancellationToken cancellationToken)
    {
        var undone = await undo.UndoAsync(context.RequireCurrentUser(), token, cancellationToken);
        if (!undone.Succeeded)
            return undone.Refusal.ToProblem();
        if (undone.Value.BulkId is { } id)
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"/api/v1/bulk/{id}");
            return TypedResults.Accepted(url, new UndoStartedResponse(id, url));
        }

        return TypedResults.Ok(new UndoResponse(undone.Value.Restored, [.. undone.Value.NotRestored.Select(left => new LeftLead(left.LeadId, left.Reason))]));
    }
}
