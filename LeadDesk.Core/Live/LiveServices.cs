using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Live;

public static class LiveServices
{
    /// <summary>The feed of changes, and its way to and from other nodes.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LiveFeed>();
        return services.AddHostedService<LiveNotices>();
    }
}
