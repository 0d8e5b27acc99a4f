using System.Globalization;
using LeadDesk.Access;
using Microsoft.AspNetCore.Identity;

namespace LeadDesk.Web.Access;

/// <summary>
/// What ASP.NET Core Identity may read and write of users: enough to sign in. Users are made and changed by <see cref="UserService"/>,
/// so the parts of Identity that do that are refused here.
/// </summary>
internal sealed class UserStore(SignInAccounts accounts) : IUserPasswordStore<User>, IUserLockoutStore<User>
{
    private bool hashChanged;

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw NotHere();

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    /// <summary>Identity repeats this on every update; e-mails are stored normalised already.</summary>
    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw NotHere();

    /// <summary>Failures and locks are stored as they happen, in the database's own count; here only the hash is left.</summary>
    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        if (hashChanged)
            await accounts.StoreHashAsync(user, cancellationToken);
        hashChanged = false;
        return IdentityResult.Success;
    }

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? accounts.FindByIdAsync(id, cancellationToken) : Task.FromResult<User?>(null);

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => accounts.FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        hashChanged = true;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil is { } until ? new DateTimeOffset(until, TimeSpan.Zero) : (DateTimeOffset?)null);

    public Task SetLockoutEndDateAsync(User user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd?.UtcDateTime;
        return accounts.LockUntilAsync(user, user.LockedUntil, cancellationToken);
    }

    public async Task<int> IncrementAccessFailedCountAsync(User user, CancellationToken cancellationToken) =>
        user.FailedSignIns = await accounts.CountFailureAsync(user, cancellationToken);

    public Task ResetAccessFailedCountAsync(User user, CancellationToken cancellationToken)
    {
        user.FailedSignIns = 0;
        return accounts.ResetFailuresAsync(user, cancellationToken);
    }

    public Task<int> GetAccessFailedCountAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(User user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(User user, bool enabled, CancellationToken cancellationToken) => throw NotHere();

    public void Dispose()
    {
        // Holds nothing.
    }

    private static NotSupportedException NotHere() => new("Users are made and changed by UserService.");
}

/// <summary>Identity's hasher (PBKDF2, SHA-512) behind the door that Core knows.</summary>
internal sealed class PasswordHashing(IPasswordHasher<User> hasher) : IPasswordHashing
{
    /// <summary>The hasher's interface asks for a user and does not look at it.</summary>
    private static readonly User Nobody = new() { Name = "", Email = "", SecurityStamp = "" };

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    public bool Matches(string hash, string password) => hasher.VerifyHashedPassword(Nobody, hash, password) is not PasswordVerificationResult.Failed;
}
