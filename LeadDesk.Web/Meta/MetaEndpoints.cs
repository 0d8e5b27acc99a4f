using System.ComponentModel;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake.Meta;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Meta;

/// <summary><c>/api/v1/meta-connections</c>, for admins.</summary>
internal static class MetaEndpoints
{
    private const string Root = "/api/v1/meta-connections";

    public static void MapMetaApi(this IEndpointRouteBuilder routes)
    {
        var connections = routes.MapApiGroup("/meta-connections", "Meta").RequireAuthorization(nameof(Permission.ManageSources)).ProducesRefusals(403);
        connections.MapGet("", ListAsync).WithName("ListMetaConnections").WithSummary("Connections to Facebook pages, oldest first, in pages.").ProducesRefusals(422);
        connections.MapPost("", CreateAsync).WithName("CreateMetaConnection").WithSummary("Connects a page; ninety days of leads are fetched at once.")
            .DescribeJsonBody<MetaConnectionRequest>().ProducesRefusals(400, 409, 413, 415, 422).DescribeIdempotencyKey();
        connections.MapGet("/{id:long}", GetAsync).WithName("GetMetaConnection").WithSummary("One connection, with its version in ETag.").ProducesRefusals(404);
        connections.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeMetaConnection").WithSummary("Changes what is given; null clears.")
            .DescribeJsonBody<MetaConnectionRequest>().ProducesRefusals(400, 404, 413, 415, 422).DescribeIfMatch();
        connections.MapDelete("/{id:long}", DeleteAsync).WithName("DeleteMetaConnection").WithSummary("Deletes a connection; its leads stay.").ProducesRefusals(404).DescribeIfMatch();
        connections.MapPost("/{id:long}/sync", SyncAsync).WithName("SyncMetaConnection").WithSummary("Has a run begin at once.").ProducesRefusals(404, 409).DescribeIdempotencyKey();
        connections.MapGet("/{id:long}/runs", RunsAsync).WithName("ListMetaRuns").WithSummary("The last fifty runs, newest first, in pages.").ProducesRefusals(404, 422);
        connections.MapGet("/{id:long}/forms", FormsAsync).WithName("ListMetaForms").WithSummary("The forms that were found, with their questions.").ProducesRefusals(404);
        connections.MapGet("/{id:long}/gaps", GapsAsync).WithName("ListMetaGaps").WithSummary("Meta's count beside ours by form and day, newest day first, in pages.").ProducesRefusals(404, 422);
        connections.MapPost("/{id:long}/gaps", CheckGapsAsync).WithName("CheckMetaGaps").WithSummary("Has the gap check begin at once.").ProducesRefusals(404, 409).DescribeIdempotencyKey();
        connections.MapPost("/{id:long}/test", TestAsync).WithName("TestMetaConnection").WithSummary("Tries token, permissions and subscription; makes a test lead when asked.")
            .ProducesRefusals(400, 404, 409, 415).DescribeIdempotencyKey();
    }

    private static async Task<Results<Ok<MetaConnectionListResponse>, ProblemResult>> ListAsync(
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        MetaConnectionQueries connections,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await connections.ListAsync(context.RequireCurrentUser(), cursor, most, cancellationToken);
        return page.Succeeded
            ? TypedResults.Ok(new MetaConnectionListResponse([.. page.Value.Items.Select(MetaConnectionResponse.Of)], page.Value.NextCursor))
            : page.Refusal.ToProblem();
    }

    private static async Task<Results<Created<MetaConnectionResponse>, ProblemResult>> CreateAsync(HttpContext context, MetaConnectionService connections, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonType())
            return JsonRequest.NotJson;
        var (wanted, problem) = MetaConnectionReader.Read(await context.Request.ReadBodyAsync(cancellationToken));
        if (wanted is null)
            return problem!;
        var created = await connections.CreateAsync(context.RequireCurrentUser(), wanted, cancellationToken);
        if (!created.Succeeded)
            return created.Refusal.ToProblem();
        context.Response.SetVersion(created.Value.Version);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{Root}/{created.Value.Id}"), MetaConnectionResponse.Of(created.Value));
    }

    private static async Task<Results<Ok<MetaConnectionResponse>, ProblemResult>> GetAsync(long id, HttpContext context, MetaConnectionQueries connections, CancellationToken cancellationToken) =>
        Answer(context, await connections.GetAsync(context.RequireCurrentUser(), id, cancellationToken));

    private static async Task<Results<Ok<MetaConnectionResponse>, ProblemResult>> ChangeAsync(long id, HttpContext context, MetaConnectionService connections, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonType())
            return JsonRequest.NotJson;
        var match = IfMatch.Read(context.Request);
        if (match.Refusal is { } refusal)
            return refusal.ToProblem();
        var (wanted, problem) = MetaConnectionReader.Read(await context.Request.ReadBodyAsync(cancellationToken));
        if (wanted is null)
            return problem!;
        return Answer(context, await connections.ChangeAsync(context.RequireCurrentUser(), id, wanted with { Version = match.Value }, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(long id, HttpContext context, MetaConnectionService connections, CancellationToken cancellationToken)
    {
        var match = IfMatch.Read(context.Request);
        if (match.Refusal is { } refusal)
            return refusal.ToProblem();
        var deleted = await connections.DeleteAsync(context.RequireCurrentUser(), id, match.Value, cancellationToken);
        return deleted.Succeeded ? TypedResults.NoContent() : deleted.Refusal.ToProblem();
    }

    private static async Task<Results<Accepted<MetaRunStartResponse>, ProblemResult>> SyncAsync(long id, HttpContext context, MetaConnectionService connections, CancellationToken cancellationToken) =>
        Answer(id, "runs", await connections.SyncAsync(context.RequireCurrentUser(), id, cancellationToken));

    private static async Task<Results<Accepted<MetaRunStartResponse>, ProblemResult>> CheckGapsAsync(long id, HttpContext context, MetaConnectionService connections, CancellationToken cancellationToken) =>
        Answer(id, "gaps", await connections.CheckGapsAsync(context.RequireCurrentUser(), id, cancellationToken));

    private static async Task<Results<Ok<MetaRunListResponse>, ProblemResult>> RunsAsync(
        long id,
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        MetaConnectionQueries connections,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await connections.RunsAsync(context.RequireCurrentUser(), id, cursor, most, cancellationToken);
        return page.Succeeded ? TypedResults.Ok(new MetaRunListResponse([.. page.Value.Items.Select(MetaRunResponse.Of)], page.Value.NextCursor)) : page.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<MetaFormListResponse>, ProblemResult>> FormsAsync(long id, HttpContext context, MetaConnectionQueries connections, CancellationToken cancellationToken)
    {
        var forms = await connections.FormsAsync(context.RequireCurrentUser(), id, cancellationToken);
        return forms.Succeeded ? TypedResults.Ok(new MetaFormListResponse([.. forms.Value.Select(MetaFormResponse.Of)])) : forms.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<MetaGapListResponse>, ProblemResult>> GapsAsync(
        long id,
        [FromQuery(Name = "form_id"), Description("Only this form.")] string? formId,
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        MetaConnectionQueries connections,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await connections.GapsAsync(context.RequireCurrentUser(), id, formId, cursor, most, cancellationToken);
        return page.Succeeded ? TypedResults.Ok(new MetaGapListResponse([.. page.Value.Items.Select(MetaGapResponse.Of)], page.Value.NextCursor)) : page.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<MetaTestResponse>, ProblemResult>> TestAsync(
        long id, MetaTestBody? body, HttpContext context, MetaConnectionTest test, CancellationToken cancellationToken)
    {
        var request = new MetaTestRequest(body?.TestLead is true, body?.FormId, body?.Subscribe is true);
        var result = await test.RunAsync(context.RequireCurrentUser(), id, request, cancellationToken);
        return result.Succeeded ? TypedResults.Ok(MetaTestResponse.Of(result.Value)) : result.Refusal.ToProblem();
    }

    private static Results<Ok<MetaConnectionResponse>, ProblemResult> Answer(HttpContext context, Outcome<MetaConnectionView> outcome)
    {
        if (!outcome.Succeeded)
            return outcome.Refusal.ToProblem();
        context.Response.SetVersion(outcome.Value.Version);
        return TypedResults.Ok(MetaConnectionResponse.Of(outcome.Value));
    }

    private static Results<Accepted<MetaRunStartResponse>, ProblemResult> Answer(long id, string where, Outcome<MetaRunStart> started) => started.Succeeded
        ? TypedResults.Accepted(
            string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}/{where}"),
            new MetaRunStartResponse(started.Value.Queued, started.Value.Running is { } run ? MetaRunResponse.Of(run) : null))
        : started.Refusal.ToProblem();
}
