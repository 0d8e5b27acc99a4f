using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Monitor;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace LeadDesk.Web.MetaWebhooks;

/// <summary>
/// Where Meta sends leads, messages and statuses. Each address has its own secret, but any of Meta's objects may come to any of
/// them. A body is proven, stored as it came, and answered; nothing is read from the database on the way and nothing is logged.
/// </summary>
internal static class MetaWebhookEndpoints
{
    /// <summary>Meta sends up to 3 MB.</summary>
    internal const int LargestBody = 3 * 1024 * 1024;

    private const int LongestChallenge = 1000;

    private static readonly ProblemResult WrongToken =
        new(StatusCodes.Status403Forbidden, "The verify token is not the one that is set here. Copy it anew from Settings, Channels.");

    private static readonly ProblemResult WrongSignature =
        new(StatusCodes.Status401Unauthorized, "The signature X-Hub-Signature-256 is missing or does not fit the body. Compare the app secret.");

    private static readonly ProblemResult TooLarge = new(StatusCodes.Status413PayloadTooLarge, "The body is larger than 3 MB.");

    public static void MapMetaWebhooks(this IEndpointRouteBuilder routes)
    {
        foreach (var address in (ReadOnlySpan<string>)[InboundSources.Meta, InboundSources.WhatsApp, InboundSources.Instagram])
        {
            routes.MapGet($"/webhooks/{address}", (HttpContext context, ChannelDirectory directory, ChannelConnectionService connections) => HandshakeAsync(context, address, directory, connections))
                .AllowAnonymous().ExcludeFromDescription();
            routes.MapPost($"/webhooks/{address}", (HttpContext context, ChannelDirectory directory, InboundDoor door) => ReceiveAsync(context, address, directory, door))
                .AllowAnonymous().ExcludeFromDescription();
        }
    }

    /// <summary><c>GET ?hub.mode=subscribe&amp;hub.verify_token=…&amp;hub.challenge=1158201444</c> is answered with the challenge alone.</summary>
    private static async Task HandshakeAsync(HttpContext context, string address, ChannelDirectory directory, ChannelConnectionService connections)
    {
        var query = context.Request.Query;
        var token = query["hub.verify_token"].ToString();
        var challenge = query["hub.challenge"].ToString();
        long? connectionId = null;
        var mayKnow = query["hub.mode"] == "subscribe" && token.Length > 0 && challenge.Length is > 0 and <= LongestChallenge;
        if (!mayKnow || !(await directory.RoutesAsync()).IsVerifyToken(token, out connectionId))
        {
            IntakeMeter.Rejected(address, IntakeMeter.WrongToken);
            await WrongToken.ExecuteAsync(context);
            return;
        }

        if (connectionId is { } verified)
            await connections.RememberVerifiedAsync(verified, context.RequestAborted);
        // Without a content sniffer's help: the challenge is the caller's own text.
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(challenge);
    }

    /// <summary>A body that arrived whole is stored even when Meta has hung up meanwhile; so no cancellation.</summary>
    private static async Task ReceiveAsync(HttpContext context, string address, ChannelDirectory directory, InboundDoor door)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        if (await context.Request.ReadAtMostAsync(LargestBody) is not { } body)
        {
            IntakeMeter.Rejected(address, IntakeMeter.TooLarge);
            await TooLarge.ExecuteAsync(context);
            return;
        }

        var routes = await directory.RoutesAsync();
        if (!routes.IsSigned(address, body, context.Request.Headers[MetaSignature.Header], out var signedFor))
        {
            IntakeMeter.Rejected(address, IntakeMeter.WrongSignature);
            await WrongSignature.ExecuteAsync(context);
            return;
        }

        if (!routes.HasCompany)
        {
            // Meta sends it again; by then the first company may be set up.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var units = MetaBody.Split(body, address);
        if (units.Any(unit => routes.Of(unit, signedFor).Any(route => route.IgnoredBecause is not null)))
            routes = await directory.RoutesForStrangerAsync();
        await StoreAsync(routes, signedFor, units, door);
    }

    private static async Task StoreAsync(ChannelRoutes routes, long? signedFor, IReadOnlyList<MetaUnit> units, InboundDoor door)
    {
        if (units is [var only])
        {
            foreach (var route in routes.Of(only, signedFor))
                await door.StoreAsync(route.CompanyId, [For(only.Unit, route)]);
            return;
        }

        var byCompany = new Dictionary<long, List<InboundUnit>>();
        foreach (var unit in units)
        {
            foreach (var route in routes.Of(unit, signedFor))
            {
                if (!byCompany.TryGetValue(route.CompanyId, out var list))
                    byCompany[route.CompanyId] = list = [];
                list.Add(For(unit.Unit, route));
            }
        }

        foreach (var (company, list) in byCompany)
            await door.StoreAsync(company, list);
    }

    private static InboundUnit For(InboundUnit unit, MetaRoute route) =>
        route.IgnoredBecause is { } reason && unit.State is InboundState.Received ? unit with { State = InboundState.Ignored, Reason = reason } : unit;
}
