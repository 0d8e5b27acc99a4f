using System.ComponentModel;
using System.Globalization;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;

namespace LeadDesk.Web.Settings;

internal sealed record LostReasonResponse(long Id, string Name, bool Archived)
{
    public static LostReasonResponse Of(LostReasonView reason) => new(reason.Id, reason.Name, reason.Archived);
}

internal sealed record LostReasonListResponse([property: Description("In order, archived ones last.")] IReadOnlyList<LostReasonResponse> LostReasons);

internal sealed record LostReasonRequest(string? Name, [property: Description("When changed.")] bool? Archived);

/// <summary><c>/api/v1/lost-reasons</c>.</summary>
internal static class LostReasonsEndpoints
{
    public static void MapLostReasonApi(this IEndpointRouteBuilder routes)
    {
        var reasons = routes.MapApiGroup("/lost-reasons", "Lost reasons");
        reasons.MapGet("", ListAsync).WithName("ListLostReasons").WithSummary("Why deals are not made.").Produces<LostReasonListResponse>();
        reasons.MapPost("", AddAsync).Managed().WithName("CreateLostReason").WithSummary("Adds a reason.").Produces<LostReasonResponse>(201).DescribeIdempotencyKey();
        reasons.MapPatch("/{id:long}", ChangeAsync).Managed().WithName("ChangeLostReason").WithSummary("Renames, archives or brings back a reason.").Produces<LostReasonResponse>();
        reasons.MapDelete("/{id:long}", DeleteAsync).Managed().WithName("ArchiveLostReason").WithSummary("Archives a reason: leads that have it keep it.").Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LostReasonService reasons, CancellationToken cancellationToken) =>
        TypedResults.Ok(new LostReasonListResponse([.. (await reasons.ListAsync(context.RequireCurrentUser(), cancellationToken)).Select(LostReasonResponse.Of)]));

    private static async Task<IResult> AddAsync(LostReasonRequest body, HttpContext context, LostReasonService reasons, CancellationToken cancellationToken) =>
        (await reasons.AddAsync(context.RequireCurrentUser(), body.Name, cancellationToken)).Made(reason => (string.Create(CultureInfo.InvariantCulture, $"/api/v1/lost-reasons/{reason.Id}"), LostReasonResponse.Of(reason)));

    private static async Task<IResult> ChangeAsync(long id, LostReasonRequest body, HttpContext context, LostReasonService reasons, CancellationToken cancellationToken) =>
        (await reasons.ChangeAsync(context.RequireCurrentUser(), id, body.Name, body.Archived, cancellationToken)).Answer(LostReasonResponse.Of);

    private static async Task<IResult> DeleteAsync(long id, HttpContext context, LostReasonService reasons, CancellationToken cancellationToken) =>
        (await reasons.ChangeAsync(context.RequireCurrentUser(), id, null, archived: true, cancellationToken)).Gone();
}
