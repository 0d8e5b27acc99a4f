using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Web.Live;

public static class LeadHubEndpoints
{
    public const string Path = "/hubs/leads";

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

    /// <summary>For signed-in users and API keys; add the policy that knows both schemes with <c>RequireAuthorization(policy)</c>.</summary>
    public static HubEndpointConventionBuilder MapLeadHub(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<LeadHub>(Path, options => options.CloseOnAuthenticationExpiration = true);
}
