using LeadDesk.Live;
using Microsoft.AspNetCore.SignalR;

namespace LeadDesk.Web.Live;

/// <summary>Brings the live feed to the hub's connections: each only what its user may see, and never more than it can take.</summary>
internal sealed partial class LeadHubDispatcher(
    LiveFeed feed, IHubContext<LeadHub> hub, LeadHubSources sources, TimeProvider time, ILogger<LeadHubDispatcher> logger)
{
    /// <summary>Starts telling what happens in a company, until disposed.</summary>
    public IDisposable Open(long companyId, LeadHubConnections connections) =>
        new CompanyChannel(companyId, feed, hub, connections, sources, time, exception => LogFailed(logger, exception, companyId));

    [LoggerMessage(LogLevel.Error, "Connections of company {Company} could not be told what changed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, long company);
}
