using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>A channel as its page shows it. Secrets are only told to be there.</summary>
/// <param name="VerifyToken">To be pasted at Meta; null when its key is gone and a new one must be made.</param>
/// <param name="LastEventAt">When something last came in; null when that is long ago or never.</param>
public sealed record ChannelView(
    string Channel,
    string? AccountId,
    string? AccessTokenEnd,
    bool HasAppSecret,
    string? VerifyToken,
    string? Region,
    IReadOnlyList<long> Owners,
    DateTime? VerifiedAt,
    DateTime? FirstEventAt,
    DateTime? LastEventAt,
    int Version);

/// <summary>Where a source of leads stands, for the overview.</summary>
/// <param name="Count">How many connections, forms or mailboxes there are.</param>
/// <param name="Configured">Set by the configuration, without a connection of its own.</param>
public sealed record SourceState(string Source, int Count, bool Configured, DateTime? LastEventAt, bool NeedsHelp);

public sealed class ChannelConnectionQueries(Database database, ISecretBox secrets, MetaOptions meta, ConversationOptions options)
{
    private const int EventsLookedAt = 20_000;

    private static readonly string[] Shown =
        [InboundSources.WhatsApp, InboundSources.Instagram, InboundSources.Messenger, InboundSources.Meta, InboundSources.Form, InboundSources.Email];

    /// <summary>Whether bodies can be proven without a secret of the connection's own.</summary>
    public bool HasInstallationSecret(string channel) => meta.AppSecret is not null || OptionsOf(channel).AppSecret is not null;

    /// <returns>Null in the outcome's value when the channel was not begun.</returns>
    public async Task<Outcome<IReadOnlyList<ChannelView>>> GetAsync(CurrentUser user, string channel, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        if (await context.ChannelConnections.FirstOrDefaultAsync(row => row.Channel == channel, cancellationToken) is not { } row)
            return Array.Empty<ChannelView>();
        return new[]
        {
            new ChannelView(
                row.Channel, row.AccountId, row.AccessTokenEnd, row.AppSecret is not null, secrets.Open(row.VerifyToken), row.Region, JsonList.Read<long>(row.OwnerIds),
                row.VerifiedAt, row.FirstEventAt, await LastEventAsync(context, channel, cancellationToken), row.Version),
        };
    }

    /// <summary>Every source that settings have pages for, in the order of menus.</summary>
    public async Task<Outcome<IReadOnlyList<SourceState>>> OverviewAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        var connected = await context.ChannelConnections.Select(row => row.Channel).ToListAsync(cancellationToken);
        var pages = await context.MetaConnections.Select(row => row.State).ToListAsync(cancellationToken);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            [InboundSources.Meta] = pages.Count,
            [InboundSources.Form] = await context.FormSources.CountAsync(cancellationToken),
            [InboundSources.Email] = await context.Mailboxes.CountAsync(cancellationToken),
        };
        var states = new List<SourceState>();
        foreach (var source in Shown)
        {
            var count = counts.TryGetValue(source, out var known) ? known : connected.Count(channel => channel == source);
            var last = await LastEventAsync(context, source, cancellationToken);
            states.Add(new SourceState(source, count, IsConfigured(source), last, source is InboundSources.Meta && pages.Contains(MetaConnectionState.NeedsReconnect)));
        }

        return states;
    }

    private static async Task<DateTime?> LastEventAsync(AppDbContext context, string source, CancellationToken cancellationToken)
    {
        // Events are not indexed by source and time; far back it does not matter when.
        var newest = await context.InboundEvents.MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0;
        return await context.InboundEvents.Where(row => row.Id > newest - EventsLookedAt && row.Source == source)
            .OrderByDescending(row => row.Id).Select(row => (DateTime?)row.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
    }

    private bool IsConfigured(string source) => source switch
    {
        InboundSources.WhatsApp => options.WhatsApp != ChannelOptions.Off,
        InboundSources.Instagram => options.Instagram != ChannelOptions.Off,
        InboundSources.Messenger or InboundSources.Meta => meta.AppSecret is not null,
        _ => false,
    };

    private ChannelOptions OptionsOf(string channel) => channel switch
    {
        InboundSources.WhatsApp => options.WhatsApp,
        InboundSources.Instagram => options.Instagram,
        _ => ChannelOptions.Off,
    };
}
