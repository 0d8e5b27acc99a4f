using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Access;

/// <param name="LastFour">The key's last characters, by which people tell keys apart.</param>
/// <param name="LastUsedAt">To the minute.</param>
public sealed record ApiKeyView(long Id, string Name, string LastFour, DateTime CreatedAt, DateTime? LastUsedAt, DateTime? RevokedAt);

/// <param name="Key">Shown this once; only its hash is kept.</param>
public sealed record CreatedApiKey(ApiKeyView View, string Key);

/// <summary>As whom a program acts.</summary>
public enum ApiKeyActor
{
    /// <summary>As an Integration user of its own, so that the timeline names the program. Sends leads in, reads and changes them.</summary>
    Integration,

    /// <summary>As the admin who makes the key, for programs that manage users as well.</summary>
    Self,
}

/// <summary>The keys of programs, managed by admins.</summary>
public sealed class ApiKeyService(Database database, ApiKeyDirectory keys, UserDirectory users, TimeProvider time)
{
    public const int LongestName = 100;
    public const int MostActive = 100;
    private const int MostListed = 500;

    /// <summary>Newest first, the revoked among them; the newest 500.</summary>
    public async Task<Outcome<IReadOnlyList<ApiKeyView>>> ListAsync(CurrentUser actor, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageApiKeys) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        return await context.ApiKeys.OrderByDescending(key => key.Id).Take(MostListed)
            .Select(key => new ApiKeyView(key.Id, key.Name, key.LastFour, key.CreatedAt, key.LastUsedAt, key.RevokedAt))
            .ToListAsync(cancellationToken);
    }

    /// <returns>Errors by field: name.</returns>
    public async Task<Outcome<CreatedApiKey>> CreateAsync(CurrentUser actor, string? name, ApiKeyActor actsAs, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageApiKeys) is { } refusal)
            return refusal;
        var errors = new FieldErrors();
        var label = errors.Text("name", "The key's name", name, LongestName);
        if (errors.Refusal is { } invalid)
            return invalid;

        var secret = Tokens.NewApiKey();
        var now = time.GetUtcNow().UtcDateTime;
        var outcome = await database.WriteAsync<Outcome<CreatedApiKey>>(actor.CompanyId, async context =>
        {
            if (await context.ApiKeys.CountAsync(key => key.RevokedAt == null, cancellationToken) >= MostActive)
                return Refusal.Conflict($"A company has at most {MostActive} keys in use. Revoke one that is not needed any more.");
            var key = actsAs is ApiKeyActor.Self
                ? Add(context, actor.CompanyId, actor.UserId, label, secret, actor.UserId, now)
                : await AddIntegrationAsync(context, actor.CompanyId, label, secret, actor.UserId, now, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "api_key.created", label, $"ends with {key.LastFour}");
            return new CreatedApiKey(new ApiKeyView(key.Id, label, key.LastFour, now, null, null), secret);
        }, cancellationToken);
        users.Forget(actor.CompanyId);
        return outcome;
    }

    /// <summary>The key stops working here at once, on other nodes within seconds. Revoking twice changes nothing.</summary>
    public async Task<Outcome<ApiKeyView>> RevokeAsync(CurrentUser actor, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageApiKeys) is { } refusal)
            return refusal;
        var now = time.GetUtcNow().UtcDateTime;
        string? hash = null;
        var outcome = await database.WriteAsync<Outcome<ApiKeyView>>(actor.CompanyId, async context =>
        {
            if (await context.ApiKeys.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } key)
                return Refusal.Missing("API key");
            hash = key.Hash;
            if (key.RevokedAt is null)
            {
                key.RevokedAt = now;
                await context.Users.Where(user => user.Id == key.UserId && user.Role == Role.Integration).ExecuteUpdateAsync(set => set.SetProperty(user => user.Active, false), cancellationToken);
                Audit.Note(context, actor.CompanyId, actor.UserId, now, "api_key.revoked", key.Name, $"ends with {key.LastFour}");
            }

            return new ApiKeyView(key.Id, key.Name, key.LastFour, key.CreatedAt, key.LastUsedAt, key.RevokedAt);
        }, cancellationToken);
        if (hash is not null)
            keys.Forget(hash);
        users.Forget(actor.CompanyId);
        return outcome;
    }

    /// <summary>Adds the key with its Integration user inside the caller's transaction.</summary>
    internal static async Task<ApiKey> AddIntegrationAsync(
        AppDbContext context, long companyId, string name, string secret, long? createdById, DateTime now, CancellationToken cancellationToken)
    {
        var user = new User
        {
            CompanyId = companyId,
            Name = name,
            // E-mails are unique and nobody signs in with this one; .invalid never resolves (RFC 2606).
            Email = $"key-{Tokens.NewSecurityStamp()}@integration.invalid",
            Role = Role.Integration,
            SecurityStamp = Tokens.NewSecurityStamp(),
            CreatedAt = now,
        };
        context.Users.Add(user);
        await context.SaveChangesAsync(cancellationToken);
        var key = Add(context, companyId, user.Id, name, secret, createdById, now);
        await context.SaveChangesAsync(cancellationToken);
        return key;
    }

    private static ApiKey Add(AppDbContext context, long companyId, long userId, string name, string secret, long? createdById, DateTime now)
    {
        var key = new ApiKey
        {
            CompanyId = companyId,
            UserId = userId,
            Name = name,
            Hash = Tokens.Hash(secret),
            LastFour = secret[^4..],
            CreatedAt = now,
            CreatedById = createdById,
        };
        context.ApiKeys.Add(key);
        return key;
    }
}
