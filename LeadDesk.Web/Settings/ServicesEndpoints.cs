using System.ComponentModel;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads.Setup;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;

namespace LeadDesk.Web.Settings;

internal sealed record ServiceItem(
    string? Name,
    [property: Description("0 (not interesting) to 1 (what the company wants most).")] double Value = 1,
    [property: Description("What a deal about it usually brings, in the company's currency; null when that varies.")] decimal? Price = null);

internal sealed record ServiceListResponse(IReadOnlyList<ServiceItem> Services, string Currency, [property: Description("Sent back with a change, refuses it when somebody else changed the settings meanwhile.")] int Version);

internal sealed record ServicesRequest([property: Description("All of them.")] IReadOnlyList<ServiceItem>? Services, int? Version);

/// <summary><c>/api/v1/services</c>: a service has its name for an id, as people write it in forms.</summary>
internal static class ServicesEndpoints
{
    private const decimal Hundredths = 100;

    public static void MapServiceApi(this IEndpointRouteBuilder routes)
    {
        var services = routes.MapApiGroup("/services", "Services");
        services.MapGet("", ListAsync).WithName("ListServices").WithSummary("What the company sells.").Produces<ServiceListResponse>();
        services.MapPost("", AddAsync).Managed().WithName("CreateService").WithSummary("Adds a service.").Produces<ServiceListResponse>().DescribeIdempotencyKey();
        services.MapPatch("", SaveAsync).Managed().ProducesRefusals(412).WithName("ChangeServices").WithSummary("Replaces the list.").Produces<ServiceListResponse>();
        services.MapPatch("/{name}", ChangeAsync).Managed().WithName("ChangeService").WithSummary("Changes a service.").Produces<ServiceListResponse>();
        services.MapDelete("/{name}", DeleteAsync).Managed().WithName("DeleteService").WithSummary("Takes a service off the list.").Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ServiceCatalogue catalogue, CancellationToken cancellationToken) =>
        TypedResults.Ok(Response(await catalogue.GetAsync(context.RequireCurrentUser(), cancellationToken)));

    private static Task<IResult> AddAsync(ServiceItem body, HttpContext context, ServiceCatalogue catalogue, CancellationToken cancellationToken) =>
        ReplaceAsync(context, catalogue, list => [.. list, Read(body)], cancellationToken);

    private static async Task<IResult> SaveAsync(ServicesRequest body, HttpContext context, ServiceCatalogue catalogue, CancellationToken cancellationToken) =>
        (await catalogue.SaveAsync(context.RequireCurrentUser(), [.. (body.Services ?? []).Select(Read)], body.Version, cancellationToken)).Answer(Response);

    private static Task<IResult> ChangeAsync(string name, ServiceItem body, HttpContext context, ServiceCatalogue catalogue, CancellationToken cancellationToken) => ReplaceAsync(
        context, catalogue, list => list.Any(service => Is(service, name)) ? [.. list.Select(service => Is(service, name) ? Read(body with { Name = body.Name ?? service.Name }) : service)] : null, cancellationToken);

    private static async Task<IResult> DeleteAsync(string name, HttpContext context, ServiceCatalogue catalogue, CancellationToken cancellationToken)
    {
        var done = await TryAsync(context.RequireCurrentUser(), catalogue, list => list.Any(service => Is(service, name)) ? [.. list.Where(service => !Is(service, name))] : null, cancellationToken);
        return done.Gone();
    }

    private static async Task<IResult> ReplaceAsync(
        HttpContext context, ServiceCatalogue catalogue, Func<IReadOnlyList<ServiceValue>, IReadOnlyList<ServiceValue>?> change, CancellationToken cancellationToken) =>
        (await TryAsync(context.RequireCurrentUser(), catalogue, change, cancellationToken)).Answer(Response);

    /// <param name="change">Null when there is no such service.</param>
    private static async Task<Outcome<ServiceCatalogueView>> TryAsync(
        CurrentUser user, ServiceCatalogue catalogue, Func<IReadOnlyList<ServiceValue>, IReadOnlyList<ServiceValue>?> change, CancellationToken cancellationToken)
    {
        var present = await catalogue.GetAsync(user, cancellationToken);
        return change(present.Services) is { } wanted ? await catalogue.SaveAsync(user, wanted, present.Version, cancellationToken) : Refusal.Missing("service");
    }

    private static bool Is(ServiceValue service, string name) => SearchText.Fold(service.Name) == SearchText.Fold(name);

    private static ServiceValue Read(ServiceItem item) => new(item.Name?.Trim() ?? "", item.Value, item.Price is { } price ? Cents(price) : null);

    /// <summary>What is beyond all prices is refused as such, not by an overflow.</summary>
    private static long Cents(decimal price) => (long)(Math.Clamp(Math.Round(price, 2, MidpointRounding.AwayFromZero), -1, ServiceCatalogue.HighestPrice) * Hundredths);

    private static ServiceListResponse Response(ServiceCatalogueView list) =>
        new([.. list.Services.Select(service => new ServiceItem(service.Name, service.Value, service.Price / Hundredths))], list.Currency, list.Version);
}
