using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Leads;

/// <summary>What is done to one lead: <c>/status</c>, <c>/assign</c>, <c>/notes</c>, <c>/merge</c>; and its <c>/timeline</c>.</summary>
internal static class LeadActionEndpoints
{
    public static void MapLeadActions(this RouteGroupBuilder leads)
    {
        leads.MapPost("/{id:long}/status", ChangeStatusAsync).WithName("ChangeLeadStatus").WithSummary("Moves a lead to another stage.")
            .ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapPost("/{id:long}/assign", AssignAsync).WithName("AssignLead").WithSummary("Gives a lead to somebody, or to nobody.")
            .ProducesRefusals(400, 403, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapPost("/{id:long}/notes", AddNoteAsync).WithName("AddLeadNote").WithSummary("Writes a note on a lead's timeline.")
            .ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapPost("/{id:long}/merge", MergeAsync).WithName("MergeLeads").WithSummary("Joins other leads into this one.")
            .ProducesRefusals(400, 403, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapGet("/{id:long}/timeline", TimelineAsync).WithName("GetLeadTimeline").WithSummary("What happened to a lead, newest first, in pages.").ProducesRefusals(404, 422);
    }

    private static async Task<Results<Ok<LeadResponse>, ProblemResult>> ChangeStatusAsync(
        long id, StatusRequest body, HttpContext context, LeadService leads, LeadNamings namings, CompanyDirectory companies, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(context.RequireCurrentUser().CompanyId, cancellationToken);
        // No stage has this id: the service answers with the stages there are, and only to whom may see the lead.
        var stage = body.Status is { } words ? StageWords.Find(company, words)?.Id ?? 0 : 0;
        var edit = LeadEdit.None;
        if (body.Fields is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } fields)
        {
            var (read, problem) = LeadPatch.ReadEdit(fields, "$.fields", ["custom", "tags"]);
            if (problem is not null)
                return problem;
            edit = read!;
        }

        var move = new StageMove(stage, LeadPatch.LostReason(company, body.LostReason), body.Comment) { Edit = edit };
        return await context.ChangeLeadAsync(namings, (user, version) => leads.ChangeStageAsync(user, id, move, version, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<LeadResponse>, ProblemResult>> AssignAsync(
        long id, AssignRequest body, HttpContext context, LeadService leads, LeadNamings namings, CancellationToken cancellationToken)
    {
        var owner = body.Read(context.RequireCurrentUser());
        if (owner.Refusal is { } refusal)
            return refusal.ToProblem();
        return await context.ChangeLeadAsync(namings, (user, version) => leads.AssignAsync(user, id, owner.Value, version, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Created<NoteResponse>, ProblemResult>> AddNoteAsync(
        long id, NoteRequest body, HttpContext context, LeadService leads, CancellationToken cancellationToken)
    {
        var match = IfMatch.Read(context.Request);
        if (match.Refusal is { } refusal)
            return refusal.ToProblem();
        var user = context.RequireCurrentUser();
        var added = await leads.WriteNoteAsync(user, id, new NewNote(body.Text, body.Mentions), match.Value, cancellationToken);
        if (!added.Succeeded)
            return added.Refusal.ToProblem();
        var note = added.Value.Item;
        return TypedResults.Created(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/leads/{id}/timeline"),
            new NoteResponse(note.Id, note.At, new PersonResponse(user.UserId, user.Name), note.Text!, [.. added.Value.Mentions.Select(person => new MentionResponse(person.Id, person.Name, person.Told))]));
    }

    private static async Task<Results<Ok<LeadResponse>, ProblemResult>> MergeAsync(
        long id, MergeRequest body, HttpContext context, MergeService merges, LeadNamings namings, CancellationToken cancellationToken)
    {
        var match = IfMatch.Read(context.Request);
        if (match.Refusal is { } refusal)
            return refusal.ToProblem();
        var user = context.RequireCurrentUser();
        var merged = await merges.MergeAsync(user, id, [.. body.Ids ?? []], body.Fields, match.Value, cancellationToken);
        if (!merged.Succeeded)
            return merged.Refusal.ToProblem();
        context.Response.SetVersion(merged.Value.Lead.Version);
        return TypedResults.Ok((await namings.OfAsync(user, merged.Value.Lead, cancellationToken)).Lead(merged.Value.Lead) with { UndoToken = merged.Value.UndoToken });
    }

    private static async Task<Results<Ok<TimelineResponse>, ProblemResult>> TimelineAsync(
        long id,
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("all (default), messages, notes, calls, follow_ups, files or changes.")] string? show,
        HttpContext context,
        TimelineQueries timeline,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        var filter = words.Word("show", show?.Replace("_", "", StringComparison.Ordinal), TimelineFilter.All);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await timeline.ListAsync(context.RequireCurrentUser(), id, filter, cursor, most, cancellationToken);
        return page.Succeeded ? TypedResults.Ok(new TimelineResponse([.. page.Value.Items.Select(Entry)], page.Value.NextCursor)) : page.Refusal.ToProblem();
    }

    private static TimelineEntryResponse Entry(TimelineItem item) => new(
        item.Id, item.At, item.Kind, item.ActorId is { } actor ? new PersonResponse(actor, item.ActorName) : null, item.Text, item.Before, item.After,
        item.Details is { } details ? new TimelineDetailsResponse(details.Outcome, details.Seconds, details.DueAt, details.Person, details.ExpiresAt, details.Mentions is { } mentions ? [.. mentions.Select(person => new MentionResponse(person.Id, person.Name, person.Told))] : null) : null);
}
