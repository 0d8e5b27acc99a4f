using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Settings;

/// <summary>What a company sets up for its leads: everybody may read it, admins and integrations change it.</summary>
internal static class DeskEndpoints
{
    public static void MapDeskApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPipelineApi();
        routes.MapFieldApi();
        routes.MapTagApi();
        routes.MapLostReasonApi();
        routes.MapServiceApi();
    }

    /// <summary>Only for who may manage the desk.</summary>
    public static RouteHandlerBuilder Managed(this RouteHandlerBuilder endpoint) =>
        endpoint.RequireAuthorization(nameof(Permission.ManageDesk)).ProducesRefusals(400, 403, 404, 409, 413, 415, 422);

    public static IResult Answer<T>(this Outcome<T> outcome, Func<T, object> response) => outcome.Succeeded ? TypedResults.Ok(response(outcome.Value)) : outcome.Refusal.ToProblem();

    /// <summary>201 with its address.</summary>
    public static IResult Made<T>(this Outcome<T> outcome, Func<T, (string Address, object Response)> made) =>
        outcome.Succeeded ? TypedResults.Created(made(outcome.Value).Address, made(outcome.Value).Response) : outcome.Refusal.ToProblem();

    /// <summary>204.</summary>
    public static IResult Gone<T>(this Outcome<T> outcome) => outcome.Succeeded ? TypedResults.NoContent() : outcome.Refusal.ToProblem();
}
