using System.ComponentModel;
using LeadDesk.Leads;
using LeadDesk.Reports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Leads;

internal sealed record StatusCountResponse(long Id, string Status, LeadOutcome Outcome, long Leads);

/// <param name="WaitingLeads">Open, and nobody has answered yet.</param>
/// <param name="LeadsToday">Arrived since midnight in the company's time zone.</param>
/// <param name="ByStatus">In the pipeline's order.</param>
internal sealed record StatsResponse(
    long TotalLeads, long HotLeads, long WarmLeads, long ColdLeads, long WaitingLeads, long HotWaitingLeads, long LeadsToday, IReadOnlyList<StatusCountResponse> ByStatus)
{
    public static StatsResponse Of(LeadStats stats) => new(
        stats.Total,
        stats.Hot,
        stats.Warm,
        stats.Cold,
        stats.Waiting,
        stats.HotWaiting,
        stats.Today,
        [.. stats.ByStage.Select(stage => new StatusCountResponse(stage.StageId, stage.Name, stage.Outcome, stage.Count))]);
}

/// <summary><c>/api/v1/stats</c> and <c>/api/v1/recent</c>: of all leads, or of their own for those who see no others.</summary>
internal static class LeadStatsEndpoints
{
    public static void MapLeadStatsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApiGroup("", "Leads");
        group.MapGet("/stats", StatsAsync).WithName("GetStats").WithSummary("How many leads there are, all in all, by grade and by status.");
        group.MapGet("/recent", RecentAsync).WithName("ListRecentLeads").WithSummary("The newest leads first, in pages.").ProducesRefusals(422);
    }

    private static async Task<Ok<StatsResponse>> StatsAsync(HttpContext context, LeadStatsQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(StatsResponse.Of(await queries.TotalsAsync(context.RequireCurrentUser(), cancellationToken)));

    private static async Task<Results<Ok<LeadListResponse>, ProblemResult>> RecentAsync(
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        LeadQueries leads,
        LeadNamings namings,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var user = context.RequireCurrentUser();
        var page = await leads.ListAsync(user, new LeadFilter(), cursor, most, cancellationToken);
        return page.Succeeded ? TypedResults.Ok((await namings.OfAsync(user, page.Value.Items, cancellationToken)).List(page.Value)) : page.Refusal.ToProblem();
    }
}
