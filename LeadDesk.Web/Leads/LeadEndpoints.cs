using System.Collections.Frozen;
using System.ComponentModel;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Filtering;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Duplicates;
using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Intake;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Leads;

/// <summary><c>/api/v1/leads</c>: list, create, read, change, delete. A lead that is not the caller's to see looks missing.</summary>
internal static class LeadEndpoints
{
    private const int LongestReason = 500;

    private static readonly LeadFields Fields =
        new("api", "name", FrozenSet.Create("organisation", "job_title", "interest", "city", "country", "campaign", "source"));

    public static void MapLeadApi(this IEndpointRouteBuilder routes)
    {
        var leads = routes.MapApiGroup("/leads", "Leads");
        leads.MapGet("", ListAsync).WithName("ListLeads").WithSummary("Leads by filter, in pages.").ProducesRefusals(422);
        leads.MapPost("", CreateAsync).WithName("CreateLead")
            .WithSummary("Takes a lead through the whole pipeline: 201 for a new one, 200 when it joined a lead that is here already.")
            .ProducesRefusals(400, 409, 413, 415, 422).DescribeJsonBody<NewLeadRequest>().DescribeIdempotencyKey();
        leads.MapGet("/{id:long}", GetAsync).WithName("GetLead").WithSummary("One lead, with its score's reasons and its reading.").ProducesRefusals(404);
        leads.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeLead").WithSummary("Changes the fields that are given; null empties one.")
            .ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeJsonBody<LeadChangeRequest>().DescribeIfMatch();
        leads.MapDelete("/{id:long}", DeleteAsync).WithName("DeleteLead").WithSummary("Moves a lead into the trash.").ProducesRefusals(403, 404, 422).DescribeIfMatch();
        leads.MapLeadActions();
        leads.MapLeadWork();
        routes.MapFollowUpApi();
        leads.MapDuplicates();
    }

    private static async Task<Results<Ok<LeadListResponse>, ProblemResult>> ListAsync(
        [AsParameters] LeadListQuery query, HttpContext context, LeadQueries leads, LeadNamings namings, LeadFilterScopes scopes, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var request = query.Read(context.Request.Query, await scopes.OfAsync(user, cancellationToken));
        if (request.Refusal is { } wrongWords)
            return wrongWords.ToProblem();
        var page = await leads.ListAsync(user, request.Value!.Filter, request.Value.Cursor, request.Value.Limit, cancellationToken);
        return page.Succeeded ? TypedResults.Ok((await namings.OfAsync(user, page.Value.Items, cancellationToken)).List(page.Value)) : page.Refusal.ToProblem();
    }

    private static async Task<Results<Created<LeadDetailResponse>, Ok<LeadDetailResponse>, ProblemResult>> CreateAsync(
        HttpContext context, LeadIntake intake, LeadQueries leads, LeadNamings namings, LeadFillReader fills, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonType())
            return JsonRequest.NotJson;
        var body = await context.Request.ReadBodyAsync(cancellationToken);
        var (rest, extras, wrong) = NewLeadExtras.Take(body);
        if (wrong is not null)
            return wrong;
        if (!IncomingLeadReader.TryRead(rest, Fields, out var incoming, out var unreadable))
            return unreadable;
        var user = context.RequireCurrentUser();
        if (extras is not null)
        {
            var fill = await fills.ReadAsync(user, extras, cancellationToken);
            if (!fill.Succeeded)
                return fill.Refusal.ToProblem();
            incoming = incoming with { Raw = body, Fill = new LeadFill(fill.Value.Values, fill.Value.TagIds, fill.Value.Worth) };
        }

        var received = await intake.ReceiveAsync(user, incoming, null, cancellationToken);
        if (!received.Succeeded)
            return received.Refusal.ToProblem();

        var answer = received.Value.Answer!;
        var details = await leads.GetAsync(user, answer.LeadId, cancellationToken);
        if (!details.Succeeded)
            return Elsewhere(answer).ToProblem();
        context.Response.SetVersion(details.Value.Lead.Version);
        var lead = (await namings.OfAsync(user, details.Value.Lead, cancellationToken)).Detail(details.Value);
        return answer.Duplicate ? TypedResults.Ok(lead) : TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/v1/leads/{lead.Id}"), lead);
    }

    private static async Task<Results<Ok<LeadDetailResponse>, ProblemResult>> GetAsync(
        long id, HttpContext context, LeadQueries leads, LeadFateQueries fates, LeadNamings namings, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var details = await leads.GetAsync(user, id, cancellationToken);
        if (!details.Succeeded)
        {
            return await fates.FindAsync(user, id, cancellationToken) is { MergedInto: { } into }
                ? details.Refusal.ToProblem() with { Detail = $"This lead was merged into lead {into}.", MergedInto = into }
                : details.Refusal.ToProblem();
        }

        context.Response.SetVersion(details.Value.Lead.Version);
        return TypedResults.Ok((await namings.OfAsync(user, details.Value.Lead, cancellationToken)).Detail(details.Value));
    }

    private static async Task<Results<Ok<LeadResponse>, ProblemResult>> ChangeAsync(
        long id, HttpContext context, LeadService leads, LeadNamings namings, CompanyDirectory companies, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonType())
            return JsonRequest.NotJson;
        var company = await companies.GetAsync(context.RequireCurrentUser().CompanyId, cancellationToken);
        var (patch, problem) = LeadPatch.Read(await context.Request.ReadBodyAsync(cancellationToken), company);
        if (patch is null)
            return problem!;
        return await context.ChangeLeadAsync(
            namings,
            (user, version) => patch.Move is { } move ? leads.ChangeStageAsync(user, id, move, version, cancellationToken) : leads.EditAsync(user, id, patch.Edit, version, cancellationToken),
            cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        long id, [FromQuery, Description("Why, for the timeline; at most 500 characters.")] string? reason, HttpContext context, LeadService leads, CancellationToken cancellationToken)
    {
        var match = IfMatch.Read(context.Request);
        if (match.Refusal is { } refusal)
            return refusal.ToProblem();
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (reason?.Length > LongestReason)
            return Refusal.Invalid("reason", $"At most {LongestReason} characters are allowed here.").ToProblem();
        if (TextRules.FindForbiddenControl(reason) is { } forbidden)
            return Refusal.Invalid("reason", $"The text contains a character that cannot be stored ({forbidden}). Remove it.").ToProblem();
        var deleted = await leads.DeleteAsync(context.RequireCurrentUser(), id, reason, match.Value, cancellationToken);
        return deleted.Succeeded ? TypedResults.NoContent() : deleted.Refusal.ToProblem();
    }

    /// <summary>A change of one lead under <c>If-Match</c>; answers the lead as it is then, with its version in <c>ETag</c>.</summary>
    public static async Task<Results<Ok<LeadResponse>, ProblemResult>> ChangeLeadAsync(
        this HttpContext context, LeadNamings namings, Func<CurrentUser, int?, Task<Outcome<Lead>>> change, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var match = IfMatch.Read(context.Request);
        if (match.Refusal is { } refusal)
            return refusal.ToProblem();
        var changed = await change(user, match.Value);
        if (!changed.Succeeded)
            return changed.Refusal.ToProblem();
        context.Response.SetVersion(changed.Value.Version);
        return TypedResults.Ok((await namings.OfAsync(user, changed.Value, cancellationToken)).Lead(changed.Value));
    }

    /// <summary>A salesperson's lead may go to a colleague by the rules of assignment; it was stored all the same.</summary>
    private static Refusal Elsewhere(IntakeAnswer answer) =>
        Refusal.Forbidden($"The lead was stored as lead {answer.LeadId} and belongs to somebody else now, so you cannot see it.");
}
