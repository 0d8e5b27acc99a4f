using System.ComponentModel;
using System.Globalization;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Duplicates;

/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c>, <c>cancelled</c> or <c>failed</c>.</param>
/// <param name="Done">How many of the leads have been compared.</param>
internal sealed record ScanResponse(long Id, ScanState State, int Threshold, int Leads, int Done, int Pairs, DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt, string? Error);

internal sealed record DuplicateLeadResponse(long Id, string? Name, string? Phone, string? Email, string? Organisation, string? City, DateTime CreatedAt);

/// <param name="Reasons">Sentences, the strongest first.</param>
internal sealed record DuplicatePairResponse(long LeadId, long OtherLeadId, int Score, IReadOnlyList<string> Reasons);

internal sealed record DuplicateGroupResponse(int Score, IReadOnlyList<DuplicateLeadResponse> Leads, IReadOnlyList<DuplicatePairResponse> Pairs);

/// <param name="Scan">The last one; null before the first.</param>
/// <param name="Total">How many groups there are.</param>
internal sealed record DuplicateListResponse(ScanResponse? Scan, int Threshold, int Total, IReadOnlyList<DuplicateGroupResponse> Groups, string? NextCursor);

internal sealed record ScanRequest([property: Description("40 to 99: pairs below this score are not kept; 60 by default.")] int? Threshold);

internal sealed record DismissRequest([property: Description("2 to 20 ids of leads that are different people.")] IReadOnlyList<long>? Ids);

/// <summary><c>/api/v1/leads/duplicates</c>: scans, what they found, and the word that two leads are two people.</summary>
internal static class DuplicateEndpoints
{
    private const int DefaultLimit = 100;

    public static void MapDuplicates(this RouteGroupBuilder leads)
    {
        leads.MapGet("/duplicates", ListAsync).WithName("ListDuplicates").WithSummary("Leads that are likely one person, in groups, the surest first, with the state of the last scan.").ProducesRefusals(403, 422);
        leads.MapPost("/duplicates/scan", ScanAsync).WithName("ScanForDuplicates").WithSummary("Compares all leads with each other in the background. One scan runs at a time: the one under way is answered.")
            .ProducesRefusals(400, 403, 413, 415, 422).DescribeIdempotencyKey();
        leads.MapDelete("/duplicates/scan", CancelAsync).WithName("CancelDuplicateScan").WithSummary("Stops the scan that is under way; what it found stays.").ProducesRefusals(403);
        leads.MapPost("/duplicates/dismiss", DismissAsync).WithName("DismissDuplicates").WithSummary("Says that leads are different people: they are not brought up again.").ProducesRefusals(400, 403, 413, 415, 422).DescribeIdempotencyKey();
    }

    private static async Task<Results<Ok<DuplicateListResponse>, ProblemResult>> ListAsync(
        [FromQuery(Name = "min_score"), Description("0 to 100; the last scan's threshold by default.")] string? minScore,
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        DuplicateQueries duplicates,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = limit is null ? DefaultLimit : words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var user = context.RequireCurrentUser();
        var scan = await duplicates.ScanAsync(user, cancellationToken);
        var least = scan?.Threshold ?? DuplicateService.DefaultThreshold;
        if (minScore is not null && !int.TryParse(minScore, NumberStyles.None, CultureInfo.InvariantCulture, out least))
            return LeadDesk.Common.Refusal.Invalid("min_score", "The score must be between 0 and 100.").ToProblem();
        var groups = await duplicates.GroupsAsync(user, least, cursor, most, cancellationToken);
        return groups.Succeeded
            ? TypedResults.Ok(new DuplicateListResponse(scan is null ? null : Scan(scan), least, groups.Value.Total, [.. groups.Value.Groups.Select(Group)], groups.Value.NextCursor))
            : groups.Refusal.ToProblem();
    }

    private static async Task<Results<Accepted<ScanResponse>, ProblemResult>> ScanAsync(ScanRequest? body, HttpContext context, DuplicateService duplicates, CancellationToken cancellationToken)
    {
        var started = await duplicates.StartAsync(context.RequireCurrentUser(), body?.Threshold, cancellationToken);
        return started.Succeeded ? TypedResults.Accepted("/api/v1/leads/duplicates", Scan(started.Value)) : started.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> CancelAsync(HttpContext context, DuplicateService duplicates, CancellationToken cancellationToken)
    {
        var cancelled = await duplicates.CancelAsync(context.RequireCurrentUser(), cancellationToken);
        return cancelled.Succeeded ? TypedResults.NoContent() : cancelled.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> DismissAsync(DismissRequest body, HttpContext context, DuplicateService duplicates, CancellationToken cancellationToken)
    {
        var dismissed = await duplicates.DismissAsync(context.RequireCurrentUser(), [.. body.Ids ?? []], cancellationToken);
        return dismissed.Succeeded ? TypedResults.NoContent() : dismissed.Refusal.ToProblem();
    }

    private static ScanResponse Scan(DuplicateScan scan) => new(scan.Id, scan.State, scan.Threshold, scan.Leads, scan.Done, scan.Pairs, scan.CreatedAt, scan.StartedAt, scan.FinishedAt, scan.Error);

    private static DuplicateGroupResponse Group(DuplicateGroup group) => new(
        group.Score,
        [.. group.Leads.Select(lead => new DuplicateLeadResponse(lead.Id, lead.Name, lead.Phone, lead.Email, lead.Organisation, lead.City, lead.CreatedAt))],
        [.. group.Pairs.Select(pair => new DuplicatePairResponse(pair.LeadId, pair.OtherLeadId, pair.Score, pair.Reasons.Count is 0 ? [pair.Summary] : [.. pair.Reasons.Select(reason => reason.Sentence)]))]);
}
