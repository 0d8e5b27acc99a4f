using System.ComponentModel;
using System.Text.Json.Serialization;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Reports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Intake;

internal sealed record WebhookLeadsResponse(IReadOnlyList<LeadResponse> Leads, [property: Description("Null on the last page.")] string? NextCursor)
{
    [JsonPropertyOrder(-1), Description("Always success.")]
    public string Status => WebhookReadEndpoints.Success;
}

internal sealed record WebhookStatsResponse(long TotalLeads, long HotLeads, long WarmLeads, long ColdLeads)
{
    [JsonPropertyOrder(-1), Description("Always success.")]
    public string Status => WebhookReadEndpoints.Success;
}

/// <summary>The query of <c>GET /api/webhook/leads</c>.</summary>
internal sealed record WebhookLeadsQuery
{
    [FromQuery(Name = "limit"), Description("1 to 500; 100 by default.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("The next_cursor of the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "quality"), Description("HOT, WARM or COLD.")]
    public string? Quality { get; init; }

    [FromQuery(Name = "channel"), Description("A channel's word, such as whatsapp.")]
    public string? Channel { get; init; }

    [FromQuery(Name = "status"), Description("A stage's name or id.")]
    public string? Status { get; init; }

    [FromQuery(Name = "search"), Description("Parts of name, phone, e-mail, organisation or messages.")]
    public string? Search { get; init; }

    public LeadListQuery ToListQuery() => new() { Limit = Limit, Cursor = Cursor, Quality = Quality, Channel = Channel, Status = Status, Search = Search };
}

/// <summary>What came in by the webhook and elsewhere, for the programs that send it: <c>/api/webhook/leads</c> and <c>/api/webhook/stats</c>.</summary>
internal static class WebhookReadEndpoints
{
    internal const string Success = "success";

    public static void MapWebhookReads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/webhook").RequireAuthorization().WithTags("Webhook").ProducesRefusals(401, 429, 503);
        group.MapGet("/leads", LeadsAsync).WithName("ListWebhookLeads").WithSummary("Leads, newest first, in pages.").ProducesRefusals(422);
        group.MapGet("/stats", StatsAsync).WithName("GetWebhookStats").WithSummary("How many leads there are.");
    }

    private static async Task<Results<Ok<WebhookLeadsResponse>, ProblemResult>> LeadsAsync(
        [AsParameters] WebhookLeadsQuery query, HttpContext context, LeadQueries leads, LeadNamings namings, LeadFilterScopes scopes, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var request = query.ToListQuery().Read(QueryCollection.Empty, await scopes.OfAsync(user, cancellationToken));
        if (request.Refusal is { } wrongWords)
            return wrongWords.ToProblem();
        var page = await leads.ListAsync(user, request.Value!.Filter, request.Value.Cursor, request.Value.Limit, cancellationToken);
        if (!page.Succeeded)
            return page.Refusal.ToProblem();
        var list = (await namings.OfAsync(user, page.Value.Items, cancellationToken)).List(page.Value);
        return TypedResults.Ok(new WebhookLeadsResponse(list.Leads, list.NextCursor));
    }

    private static async Task<Ok<WebhookStatsResponse>> StatsAsync(HttpContext context, LeadStatsQueries queries, CancellationToken cancellationToken)
    {
        var stats = await queries.TotalsAsync(context.RequireCurrentUser(), cancellationToken);
        return TypedResults.Ok(new WebhookStatsResponse(stats.Total, stats.Hot, stats.Warm, stats.Cold));
    }
}
