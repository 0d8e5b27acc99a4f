using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Sharing;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Sharing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LeadDesk.Web.Leads;

/// <param name="Outcome">How it went.</param>
internal sealed record CallRequest(
    [property: Description("answered, no_answer, busy, voicemail, wrong_number or callback_asked.")] string? Outcome,
    [property: Description("How long it took; 0 to 86,400.")] int? Seconds,
    [property: Description("What was said; at most 20,000 characters.")] string? Note,
    [property: Description("What comes next, set in the same step.")] FollowUpRequest? FollowUp);

/// <param name="UserId">Who is to help.</param>
internal sealed record HelperRequest([property: Description("Who is to help.")] long? UserId);

/// <param name="Score">0 to 100, or null to give it back to the rules. Missing is not null: it is refused.</param>
internal sealed record ScoreRequest(
    [property: Description("0 to 100, or null to give the score back to the rules.")] JsonElement Score,
    [property: Description("Why; needed with a score, at most 500 characters.")] string? Reason);

internal sealed record ShareRequest(
    [property: Description("1, 7 or 30.")] int? Days,
    [property: Description("Phone, e-mail and messages are shown too; false by default.")] bool? WithContact);

internal sealed record HelperResponse(long Id, string Name, DateTime Since);

internal sealed record HelperListResponse(IReadOnlyList<HelperResponse> Helpers);

internal sealed record ShareResponse(long Id, string CreatedBy, DateTime CreatedAt, DateTime ExpiresAt, bool WithContact, int Views, DateTime? LastViewedAt);

internal sealed record ShareListResponse(IReadOnlyList<ShareResponse> Shares);

internal sealed record NewShareResponse(long Id, [property: Description("Shown this once.")] string Url, DateTime ExpiresAt, bool WithContact);

/// <summary>What people do with one lead: <c>/calls</c>, <c>/helpers</c>, <c>/score</c>, <c>/shares</c>.</summary>
internal static class LeadWorkEndpoints
{
    private static readonly Refusal NoHelper = Refusal.Invalid("user_id", "There is no active person with this id. Choose one from the list of users.");
    private static readonly Refusal WrongScore = Refusal.Invalid("score", "A score is a whole number from 0 to 100, or null to give it back to the rules.");

    public static void MapLeadWork(this RouteGroupBuilder leads)
    {
        leads.MapPost("/{id:long}/calls", CallAsync).WithName("LogLeadCall").WithSummary("Writes a call on a lead's timeline, with a follow-up if wanted.")
            .ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapPost("/{id:long}/score", ScoreAsync).WithName("SetLeadScore").WithSummary("Sets the score by hand, or gives it back to the rules.")
            .ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapGet("/{id:long}/helpers", HelpersAsync).WithName("ListLeadHelpers").WithSummary("Who works on a lead beside its owner.").ProducesRefusals(404);
        leads.MapPost("/{id:long}/helpers", AddHelperAsync).WithName("AddLeadHelper").WithSummary("Asks somebody to help: the person sees the lead and is told.")
            .ProducesRefusals(400, 403, 404, 409, 413, 415, 422).DescribeIdempotencyKey().DescribeIfMatch();
        leads.MapDelete("/{id:long}/helpers/{userId:long}", RemoveHelperAsync).WithName("RemoveLeadHelper").WithSummary("Ends somebody's help.").ProducesRefusals(403, 404).DescribeIfMatch();
        leads.MapGet("/{id:long}/shares", SharesAsync).WithName("ListLeadShares").WithSummary("The addresses by which strangers can read a lead now.").ProducesRefusals(404);
        leads.MapPost("/{id:long}/shares", ShareAsync).WithName("ShareLead").WithSummary("Makes an address by which anybody who has it can read a lead for a while.")
            .ProducesRefusals(400, 404, 409, 413, 415, 422).DescribeIdempotencyKey();
        leads.MapDelete("/{id:long}/shares/{shareId:long}", RevokeAsync).WithName("RevokeLeadShare").WithSummary("Takes an address back.").ProducesRefusals(404);
    }

    private static Task<Results<Ok<LeadResponse>, ProblemResult>> CallAsync(
        long id, CallRequest body, HttpContext context, FollowUpService followUps, LeadNamings namings, CancellationToken cancellationToken) =>
        context.ChangeLeadAsync(namings, async (user, version) =>
        {
            var words = new FollowUpReader();
            var outcome = words.Word<CallOutcome>("outcome", body.Outcome);
            var next = body.FollowUp is { } wanted ? words.New(wanted) : null;
            return words.Refusal is { } refusal
                ? refusal
                : await followUps.LogCallAsync(user, id, new CallLog(outcome.GetValueOrDefault(), body.Seconds, body.Note), next, version, cancellationToken);
        }, cancellationToken);

    private static Task<Results<Ok<LeadResponse>, ProblemResult>> ScoreAsync(
        long id, ScoreRequest body, HttpContext context, ScoreByHand scores, LeadNamings namings, CancellationToken cancellationToken) =>
        context.ChangeLeadAsync(namings, async (user, version) => body.Score switch
        {
            { ValueKind: JsonValueKind.Null } => await scores.GiveBackAsync(user, id, version, cancellationToken),
            { ValueKind: JsonValueKind.Number } given when given.TryGetInt32(out var score) => await scores.SetAsync(user, id, score, body.Reason, version, cancellationToken),
            _ => WrongScore,
        }, cancellationToken);

    private static async Task<Results<Ok<HelperListResponse>, ProblemResult>> HelpersAsync(long id, HttpContext context, LeadQueries leads, CancellationToken cancellationToken)
    {
        var details = await leads.GetAsync(context.RequireCurrentUser(), id, cancellationToken);
        return details.Succeeded
            ? TypedResults.Ok(new HelperListResponse([.. details.Value.Helpers.Select(helper => new HelperResponse(helper.UserId, helper.Name, helper.Since))]))
            : details.Refusal.ToProblem();
    }

    private static Task<Results<Ok<LeadResponse>, ProblemResult>> AddHelperAsync(
        long id, HelperRequest body, HttpContext context, LeadPeople people, LeadNamings namings, CancellationToken cancellationToken) =>
        context.ChangeLeadAsync(
            namings,
            async (user, version) => body.UserId is { } person ? await people.AddHelperAsync(user, id, person, version, cancellationToken) : NoHelper,
            cancellationToken);

    private static Task<Results<Ok<LeadResponse>, ProblemResult>> RemoveHelperAsync(
        long id, long userId, HttpContext context, LeadPeople people, LeadNamings namings, CancellationToken cancellationToken) =>
        context.ChangeLeadAsync(namings, (user, version) => people.RemoveHelperAsync(user, id, userId, version, cancellationToken), cancellationToken);

    private static async Task<Results<Ok<ShareListResponse>, ProblemResult>> SharesAsync(
        long id, HttpContext context, LeadQueries leads, ShareService shares, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        if (!await leads.CanSeeAsync(user, id, cancellationToken))
            return Refusal.Missing("lead").ToProblem();
        var open = await shares.ListAsync(user, id, cancellationToken);
        return TypedResults.Ok(new ShareListResponse(
            [.. open.Select(share => new ShareResponse(share.Id, share.CreatedBy, share.CreatedAt, share.ExpiresAt, share.WithContact, share.Views, share.LastViewedAt))]));
    }

    private static async Task<Results<Created<NewShareResponse>, ProblemResult>> ShareAsync(
        long id, ShareRequest body, HttpContext context, ShareService shares, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var made = await shares.CreateAsync(context.RequireCurrentUser(), id, body.Days ?? 0, body.WithContact ?? false, cancellationToken);
        return made.Succeeded
            ? TypedResults.Created(
                string.Create(CultureInfo.InvariantCulture, $"/api/v1/leads/{id}/shares"),
                new NewShareResponse(made.Value.Id, options.Of(context.Request, SharePage.PathOf(made.Value.Token)), made.Value.ExpiresAt, made.Value.WithContact))
            : made.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(long id, long shareId, HttpContext context, ShareService shares, CancellationToken cancellationToken)
    {
        var revoked = await shares.RevokeAsync(context.RequireCurrentUser(), id, shareId, cancellationToken);
        return revoked.Succeeded ? TypedResults.NoContent() : revoked.Refusal.ToProblem();
    }
}
