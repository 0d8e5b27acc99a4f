using System.ComponentModel;
using System.Globalization;
using LeadDesk.Common;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.FollowUps;

internal sealed record FollowUpResponse(long Id, long LeadId, string LeadName, FollowUpKind Kind, DateTime DueAt, string? Text, PersonResponse User, DateTime? DoneAt)
{
    public static FollowUpResponse Of(FollowUpView view) =>
        new(view.Id, view.LeadId, view.LeadName, view.Kind, view.DueAt, view.Text, new PersonResponse(view.UserId, view.UserName), view.DoneAt);
}

internal sealed record FollowUpListResponse(IReadOnlyList<FollowUpResponse> FollowUps, [property: Description("Null on the last page.")] string? NextCursor);

/// <summary><c>/api/v1/follow-ups</c> and <c>/api/v1/leads/{id}/follow-ups</c>.</summary>
internal static class FollowUpEndpoints
{
    public static void MapFollowUpApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapApiGroup("/follow-ups", "Follow-ups");
        all.MapGet("", ListAsync).WithName("ListFollowUps").WithSummary("What is to be done for the leads the caller sees, in pages.").ProducesRefusals(422);
        all.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeFollowUp").WithSummary("Changes a follow-up, ends it or opens it again.").ProducesRefusals(400, 404, 409, 413, 415, 422);
        all.MapDelete("/{id:long}", DeleteAsync).WithName("DeleteFollowUp").WithSummary("Deletes a follow-up.").ProducesRefusals(404);
        var ofLead = routes.MapApiGroup("/leads/{id:long}/follow-ups", "Follow-ups");
        ofLead.MapGet("", OfLeadAsync).WithName("ListLeadFollowUps").WithSummary("A lead's open follow-ups, and the last ten that are done.").ProducesRefusals(404);
        ofLead.MapPost("", AddAsync).WithName("AddLeadFollowUp").WithSummary("Sets a follow-up for a lead.").ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeIdempotencyKey();
    }

    private static async Task<Results<Ok<FollowUpListResponse>, ProblemResult>> ListAsync(
        [FromQuery, Description("open (default) or done.")] string? state,
        [FromQuery, Description("me, or a user's id; everybody's without it.")] string? user,
        [FromQuery(Name = "due_before"), Description("Due before this day or time.")] string? dueBefore,
        [FromQuery(Name = "due_from"), Description("Due at this day or time, or later.")] string? dueFrom,
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        FollowUpQueries followUps,
        CancellationToken cancellationToken)
    {
        var caller = context.RequireCurrentUser();
        var words = new QueryWords();
        var filter = new FollowUpFilter(
            words.Word("state", state, FollowUpState.Open), words.Owner("user", user, caller)?.UserId, words.Time("due_from", dueFrom), words.Time("due_before", dueBefore));
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await followUps.ListAsync(caller, filter, cursor, most, cancellationToken);
        return page.Succeeded ? TypedResults.Ok(new FollowUpListResponse([.. page.Value.Items.Select(FollowUpResponse.Of)], page.Value.NextCursor)) : page.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<FollowUpListResponse>, ProblemResult>> OfLeadAsync(
        long id, HttpContext context, LeadQueries leads, FollowUpQueries followUps, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        if (!await leads.CanSeeAsync(user, id, cancellationToken))
            return Refusal.Missing("lead").ToProblem();
        return TypedResults.Ok(new FollowUpListResponse([.. (await followUps.OfLeadAsync(user, id, cancellationToken)).Select(FollowUpResponse.Of)], null));
    }

    private static async Task<Results<Created<FollowUpResponse>, ProblemResult>> AddAsync(
        long id, FollowUpRequest body, HttpContext context, FollowUpService followUps, CancellationToken cancellationToken)
    {
        var words = new FollowUpReader();
        var wanted = words.New(body);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var added = await followUps.AddAsync(context.RequireCurrentUser(), id, wanted!, cancellationToken);
        return added.Succeeded
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/v1/leads/{id}/follow-ups"), FollowUpResponse.Of(added.Value.FollowUp))
            : added.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<FollowUpResponse>, ProblemResult>> ChangeAsync(
        long id, FollowUpChangeRequest body, HttpContext context, FollowUpService followUps, CancellationToken cancellationToken)
    {
        var words = new FollowUpReader();
        var wanted = words.Change(body);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var changed = await followUps.ChangeAsync(context.RequireCurrentUser(), id, wanted, cancellationToken);
        return changed.Succeeded ? TypedResults.Ok(FollowUpResponse.Of(changed.Value.FollowUp)) : changed.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(long id, HttpContext context, FollowUpService followUps, CancellationToken cancellationToken)
    {
        var deleted = await followUps.DeleteAsync(context.RequireCurrentUser(), id, cancellationToken);
        return deleted.Succeeded ? TypedResults.NoContent() : deleted.Refusal.ToProblem();
    }
}
