using System.Text;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// The connections of all companies with their secrets opened, from memory: webhooks come a thousand a second. A change here
/// shows at once, one made on another node within <see cref="FreshFor"/>.
/// </summary>
public sealed class ChannelDirectory
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    /// <summary>Strangers make us look again at most so often.</summary>
    private static readonly TimeSpan BetweenStrangers = TimeSpan.FromSeconds(1);

    private readonly Database database;
    private readonly ISecretBox secrets;
    private readonly MetaOptions meta;
    private readonly ConversationOptions channels;
    private readonly TimeProvider time;
    private readonly ShortLivedCache<int, ChannelRoutes> routes;
    private long lookedForStrangerAt;

    public ChannelDirectory(Database database, ISecretBox secrets, MetaOptions meta, ConversationOptions channels, TimeProvider time)
    {
        (this.database, this.secrets, this.meta, this.channels, this.time) = (database, secrets, meta, channels, time);
        routes = new ShortLivedCache<int, ChannelRoutes>(FreshFor, 1, time, _ => LoadAsync());
    }

    public ValueTask<ChannelRoutes> RoutesAsync() => routes.GetAsync(0);

    /// <summary>For an account that nobody seems to have: it may have been connected on another node a moment ago.</summary>
    public ValueTask<ChannelRoutes> RoutesForStrangerAsync()
    {
        var last = Interlocked.Read(ref lookedForStrangerAt);
        if ((last is 0 || time.GetElapsedTime(last) >= BetweenStrangers) && Interlocked.CompareExchange(ref lookedForStrangerAt, time.GetTimestamp(), last) == last)
            Forget();
        return RoutesAsync();
    }

    /// <summary>Called after a connection was changed and committed.</summary>
    internal void Forget() => routes.Forget(0);

    private async Task<ChannelRoutes> LoadAsync()
    {
        await using var context = database.Open(CompanyScope.Installation);
        var connections = await context.ChannelConnections.IgnoreQueryFilters().OrderBy(row => row.Id).ToListAsync();
        var pages = await context.MetaConnections.IgnoreQueryFilters().OrderBy(row => row.Id)
            .Select(row => new PageConnection(row.CompanyId, row.PageId, row.AppSecret, row.VerifyToken)).ToListAsync();
        var oldest = await context.Companies.IgnoreQueryFilters().OrderBy(row => row.Id).Select(row => (long?)row.Id).FirstOrDefaultAsync();
        return new ChannelRoutes(
            Secrets(connections, pages),
            [.. Tokens(connections, pages)],
            [.. connections.Select(row => new AccountRoute(row.Channel, row.AccountId, row.CompanyId)), .. pages.Select(row => new AccountRoute(InboundSources.Meta, row.PageId, row.CompanyId))],
            connections.ToDictionary(row => (row.CompanyId, row.Channel), row => new ChannelSettings(row.Id, row.Region, JsonList.Read<long>(row.OwnerIds), row.FirstEventAt is null)),
            oldest);
    }

    private Dictionary<string, IReadOnlyList<WebhookSecret>> Secrets(List<ChannelConnection> connections, List<PageConnection> pages)
    {
        var installation = meta.AppSecret;
        return new Dictionary<string, IReadOnlyList<WebhookSecret>>(StringComparer.Ordinal)
        {
            [InboundSources.Meta] =
            [
                .. Secret(installation, null),
                .. pages.SelectMany(row => Secret(Opened(row.AppSecret), row.CompanyId)),
                .. OfChannels(InboundSources.Messenger),
            ],
            [InboundSources.WhatsApp] = [.. Secret(channels.WhatsApp.AppSecret ?? installation, null), .. OfChannels(InboundSources.WhatsApp)],
            [InboundSources.Instagram] =
            [
                .. Secret(channels.Instagram.AppSecret ?? installation, null), .. OfChannels(InboundSources.Instagram, InboundSources.Messenger),
            ],
        };

        IEnumerable<WebhookSecret> OfChannels(params string[] words) =>
            connections.Where(row => words.Contains(row.Channel)).SelectMany(row => Secret(Opened(row.AppSecret), row.CompanyId));
    }

    private IEnumerable<VerifyToken> Tokens(List<ChannelConnection> connections, List<PageConnection> pages)
    {
        var written = new[] { meta.VerifyToken, channels.WhatsApp.VerifyToken, channels.Instagram.VerifyToken }.Select(token => (Token: token, Connection: (long?)null))
            .Concat(pages.Select(row => (Token: Opened(row.VerifyToken), Connection: (long?)null)))
            .Concat(connections.Select(row => (Token: Opened(row.VerifyToken), Connection: (long?)row.Id)));
        return written.Where(token => !string.IsNullOrEmpty(token.Token)).Select(token => new VerifyToken(Encoding.UTF8.GetBytes(token.Token!), token.Connection));
    }

    private string? Opened(string? closed) => closed is null ? null : secrets.Open(closed);

    private static IEnumerable<WebhookSecret> Secret(string? secret, long? companyId) =>
        string.IsNullOrEmpty(secret) ? [] : [new WebhookSecret(Encoding.UTF8.GetBytes(secret), companyId)];

    private sealed record PageConnection(long CompanyId, string PageId, string? AppSecret, string? VerifyToken);
}
