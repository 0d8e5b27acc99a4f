using System.Security.Cryptography;
using System.Text;

namespace LeadDesk.Intake.Conversations;

/// <summary>A secret that may sign what Meta sends.</summary>
/// <param name="CompanyId">Whose secret it is: it speaks for that company only. Null: the installation's, for all.</param>
internal sealed record WebhookSecret(byte[] Secret, long? CompanyId);

/// <summary>A token that answers Meta's handshake.</summary>
/// <param name="ConnectionId">The channel's connection, when it is one's own.</param>
internal sealed record VerifyToken(byte[] Token, long? ConnectionId);

/// <summary>Where a page or an account belongs.</summary>
internal sealed record AccountRoute(string Source, string? AccountId, long CompanyId);

/// <summary>How a company's channel treats its leads.</summary>
internal sealed record ChannelSettings(long ConnectionId, string? Region, IReadOnlyList<long> Owners, bool WaitsForFirstEvent);

/// <param name="CompanyId">Who gets the unit.</param>
/// <param name="IgnoredBecause">Why it is only kept; null when it is worked on.</param>
public sealed record MetaRoute(long CompanyId, string? IgnoredBecause);

/// <summary>Who signs on which address, and whose the pages and accounts are, at one moment.</summary>
public sealed class ChannelRoutes
{
    private readonly Dictionary<string, (byte[][] Secrets, long?[] Companies)> signers;
    private readonly IReadOnlyList<VerifyToken> tokens;
    private readonly ILookup<(string Source, string? AccountId), long> accounts;
    private readonly HashSet<string> connectedSources;
    private readonly Dictionary<(long CompanyId, string Channel), ChannelSettings> settings;
    private readonly long? oldestCompany;

    /// <param name="secrets">By the word of the address: <c>meta</c>, <c>whatsapp</c>, <c>instagram</c>.</param>
    /// <param name="routes">Oldest first; those without an account take all of their source.</param>
    internal ChannelRoutes(
        IReadOnlyDictionary<string, IReadOnlyList<WebhookSecret>> secrets,
        IReadOnlyList<VerifyToken> tokens,
        IReadOnlyList<AccountRoute> routes,
        Dictionary<(long CompanyId, string Channel), ChannelSettings> settings,
        long? oldestCompany)
    {
        signers = secrets.ToDictionary(
            pair => pair.Key, pair => (pair.Value.Select(secret => secret.Secret).ToArray(), pair.Value.Select(secret => secret.CompanyId).ToArray()), StringComparer.Ordinal);
        (this.tokens, this.settings, this.oldestCompany) = (tokens, settings, oldestCompany);
        accounts = routes.ToLookup(route => (route.Source, route.AccountId), route => route.CompanyId);
        connectedSources = routes.Select(route => route.Source).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>False before the first company is set up: there is nobody to keep anything for.</summary>
    public bool HasCompany => oldestCompany is not null;

    /// <param name="address">The word of the address that the body came to.</param>
    /// <param name="company">For whom the signer speaks; null for all.</param>
    /// <returns>Whether one of the address's secrets signed the body.</returns>
    public bool IsSigned(string address, ReadOnlySpan<byte> body, string? header, out long? company)
    {
        var (secrets, companies) = signers[address];
        var signer = MetaSignature.FindSigner(body, header, secrets);
        company = signer < 0 ? null : companies[signer];
        return signer >= 0;
    }

    /// <param name="connectionId">The connection whose token it is; null when it is the installation's.</param>
    public bool IsVerifyToken(string given, out long? connectionId)
    {
        var bytes = Encoding.UTF8.GetBytes(given);
        connectionId = null;
        var found = false;
        // All are compared, so that the time tells nothing.
        foreach (var token in tokens)
        {
            if (!CryptographicOperations.FixedTimeEquals(bytes, token.Token))
                continue;
            found = true;
            connectionId ??= token.ConnectionId;
        }

        return found;
    }

    /// <summary>Who gets a unit.</summary>
    /// <param name="signedFor">The company that the signer speaks for; null for all.</param>
    /// <returns>Nothing only while there is no company.</returns>
    public IReadOnlyList<MetaRoute> Of(MetaUnit unit, long? signedFor)
    {
        var source = unit.Unit.Source;
        var owners = Owners(source, unit.AccountId, signedFor);
        if (owners.Count > 0)
            return owners;
        // A channel that only the configuration knows takes everything its secret signed.
        if (source is not InboundSources.Meta && signedFor is null && !connectedSources.Contains(source) && oldestCompany is { } only)
            return [new(only, null)];
        return (signedFor ?? oldestCompany) is { } keeper ? [new(keeper, Nobodys(source, unit.AccountId))] : [];
    }

    internal ChannelSettings? Settings(long companyId, string channel) => settings.GetValueOrDefault((companyId, channel));

    private List<MetaRoute> Owners(string source, string? accountId, long? signedFor)
    {
        var companies = accountId is null ? [] : accounts[(source, accountId)];
        // A page that is connected for its leads is this company's in Messenger too.
        if (source is InboundSources.Messenger && accountId is not null)
            companies = companies.Concat(accounts[(InboundSources.Meta, accountId)]);
        companies = companies.Where(company => signedFor is null || company == signedFor).Distinct();
        var named = companies.Select(company => new MetaRoute(company, null)).ToList();
        return named.Count > 0
            ? named
            : [.. accounts[(source, null)].Where(company => signedFor is null || company == signedFor).Take(1).Select(company => new MetaRoute(company, null))];
    }

    private static string Nobodys(string source, string? accountId)
    {
        var account = accountId is null ? "an account that it does not name" : MetaJson.Shorten(accountId, 60);
        return source is InboundSources.Meta
            ? $"No connection takes leads of page {account}. Connect the page under Settings, Meta, then process this again."
            : $"No channel is set for account {account}. Enter it under Settings, Channels, then process this again.";
    }
}
