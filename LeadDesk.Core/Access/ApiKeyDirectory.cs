using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Access;

/// <summary>
/// Whose key this is, answered from memory: the API asks thousands of times a second. A revoked key or an inactive user is
/// refused at once on the node that did it, and within <see cref="FreshFor"/> on others. Unknown keys are remembered as long.
/// </summary>
public sealed class ApiKeyDirectory
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    public const int LongestKey = 200;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);
    private static readonly string[] AnyCompany = [AppDbContext.CompanyFilter];

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ShortLivedCache<KeyHash, KnownKey?> known;
    private readonly ConcurrentDictionary<long, KeyUse> uses = new();

    public ApiKeyDirectory(Database database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        known = new ShortLivedCache<KeyHash, KnownKey?>(FreshFor, MostRemembered, time, LoadAsync);
    }

    /// <returns>Null for every key that does not work, whatever the cause. The same instance while it is remembered.</returns>
    public ValueTask<CurrentUser?> FindAsync(string key)
    {
        if (key.Length is 0 or > LongestKey)
            return default;
        var lookup = known.GetAsync(KeyHash.Of(key));
        return lookup.IsCompletedSuccessfully ? new ValueTask<CurrentUser?>(Used(lookup.Result)) : SlowAsync(lookup);
    }

    /// <summary>Writes down when keys were last used, at most once a minute each. Called in the background, not by requests.</summary>
    public async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, use) in uses)
        {
            var last = use.Last;
            if (last - use.Written < UseResolution.Ticks)
                continue;
            var at = new DateTime(last, DateTimeKind.Utc);
            await database.WriteAsync(
                use.CompanyId,
                context => context.ApiKeys.Where(key => key.Id == id).ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, at), cancellationToken),
                cancellationToken);
            use.Written = last;
        }
    }

    /// <param name="hash">As stored: SHA-256 in hex.</param>
    internal void Forget(string hash) => known.Forget(KeyHash.Parse(hash));

    private CurrentUser? Used(KnownKey? key)
    {
        if (key is null)
            return null;
        key.Use.Last = time.GetUtcNow().UtcTicks;
        return key.User;
    }

    private async ValueTask<CurrentUser?> SlowAsync(ValueTask<KnownKey?> lookup) => Used(await lookup);

    private async Task<KnownKey?> LoadAsync(KeyHash hash)
    {
        await using var context = database.Open(CompanyScope.Installation);
        var text = hash.ToString();
        var row = await (
            from key in context.ApiKeys.IgnoreQueryFilters(AnyCompany)
            join user in context.Users.IgnoreQueryFilters(AnyCompany) on key.UserId equals user.Id
            where key.Hash == text && key.RevokedAt == null && user.Active
            select new { key.Id, key.CompanyId, key.UserId, user.Name, user.Role }).SingleOrDefaultAsync();
        if (row is null)
            return null;
        var use = uses.GetOrAdd(row.Id, static (_, company) => new KeyUse(company), row.CompanyId);
        return new KnownKey(new CurrentUser(row.CompanyId, row.UserId, row.Name, row.Role, row.Id), use);
    }

    private sealed record KnownKey(CurrentUser User, KeyUse Use);

    /// <summary>One per key that was used since the start.</summary>
    private sealed class KeyUse(long companyId)
    {
        private long last;

        public long CompanyId => companyId;

        /// <summary>UTC ticks.</summary>
        public long Last
        {
            get => Volatile.Read(ref last);
            set => Volatile.Write(ref last, value);
        }

        public long Written { get; set; }
    }

    /// <summary>32 bytes as a value: looking a key up allocates nothing.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
    {
        public static KeyHash Of(string key)
        {
            Span<byte> text = stackalloc byte[LongestKey * 3];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(text[..Encoding.UTF8.GetBytes(key, text)], hash);
            return MemoryMarshal.Read<KeyHash>(hash);
        }

        public static KeyHash Parse(string hex) => MemoryMarshal.Read<KeyHash>(Convert.FromHexString(hex));

        public override string ToString()
        {
            var copy = this;
            return Convert.ToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(ref copy)));
        }

        // The hash is uniform already.
        public override int GetHashCode() => (int)A;
    }
}
