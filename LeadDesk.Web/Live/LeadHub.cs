using LeadDesk.Access;
using Microsoft.AspNetCore.SignalR;

namespace LeadDesk.Web.Live;

/// <summary>
/// <c>/hubs/leads</c>: tells programs and browsers what changes. A connection hears of every lead its user may see;
/// joining a lead makes sure that its changes are told one by one even when so much happens that others get a reload.
/// </summary>
internal sealed class LeadHub(LeadHubSources sources, LeadHubConnections connections) : Hub
{
    /// <summary>More than a person can look at; bounds what one connection can make the server remember.</summary>
    private const int MostJoined = 50;

    public override async Task OnConnectedAsync()
    {
        if (Context.User is null || sources.CurrentUser(Context.User) is not { } user)
        {
            Context.Abort();
            return;
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, LeadHubGroups.Of(user), Context.ConnectionAborted);
        connections.Add(Context.ConnectionId, user);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }

    /// <returns>Whether the lead is there and the user may see it; else nothing was joined.</returns>
    [HubMethodName("join_lead")]
    public async Task<bool> JoinLeadAsync(long leadId)
    {
        var user = connections.UserOf(Context.ConnectionId);
        return user is not null
            && await sources.CanSeeAsync(user, leadId, Context.ConnectionAborted)
            && connections.Join(Context.ConnectionId, leadId, MostJoined);
    }

    [HubMethodName("leave_lead")]
    public void LeaveLead(long leadId) => connections.Leave(Context.ConnectionId, leadId);
}

/// <summary>A connection is in exactly one group, so that nothing is told twice.</summary>
internal static class LeadHubGroups
{
    public static string Of(CurrentUser user) => user.SeesAllLeads ? Everything(user.CompanyId) : Owner(user.CompanyId, user.UserId);

    public static string Everything(long companyId) => $"company:{companyId}";

    public static string Owner(long companyId, long userId) => $"company:{companyId}:owner:{userId}";
}
