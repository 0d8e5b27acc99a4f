using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Web.Live;

public static class LeadHubEndpoints
{
    public const string Path = "/hubs/leads";

    private const string TokenParameter = "access_token";

    /// <param name="sources">What the hub takes from other features; made once.</param>
    public static IServiceCollection AddLeadHub(this IServiceCollection services, Func<IServiceProvider, LeadHubSources> sources)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(sources);
        services.AddSingleton<LeadHubDispatcher>();
        services.AddSingleton<LeadHubConnections>();
        services.AddSignalR()
            .AddHubOptions<LeadHub>(hub => hub.MaximumReceiveMessageSize = 1024)
            .AddJsonProtocol(json =>
            {
                json.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
                // Ids taken from an address or an attribute are text in JavaScript.
                json.PayloadSerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString;
            });
        return services;
    }

    /// <summary>
    /// Before authentication: a browser's WebSocket cannot send headers, so SignalR's clients put the key into the address.
    /// It is moved to where every other request has it, so that neither logs nor later code see it in the address.
    /// </summary>
    public static IApplicationBuilder UseLeadHubToken(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) && request.Query[TokenParameter] is [{ Length: > 0 } token])
            {
                if (request.Headers.Authorization.Count is 0)
                    request.Headers.Authorization = $"Bearer {token}";
                request.QueryString = QueryString.Create(request.Query.Where(parameter => parameter.Key != TokenParameter));
            }

            return next(context);
        });

    /// <summary>For signed-in users and API keys; add the policy that knows both schemes with <c>RequireAuthorization(policy)</c>.</summary>
    public static HubEndpointConventionBuilder MapLeadHub(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<LeadHub>(Path, options => options.CloseOnAuthenticationExpiration = true);
}
