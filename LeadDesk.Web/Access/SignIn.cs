using System.Security.Claims;
using LeadDesk.Access;
using Microsoft.AspNetCore.Identity;

namespace LeadDesk.Web.Access;

/// <summary>Signing a person in and out of this browser.</summary>
internal sealed partial class SignIn(
    SignInManager<User> manager, UserManager<User> users, SignInAccounts accounts, IPasswordHashing passwords, ILogger<SignIn> logger)
{
    /// <summary>A hash that no password matches, made once: an unknown e-mail must cost the same time as a known one.</summary>
    private static string? decoy;

    /// <returns>
    /// Whether the person is signed in now. Wrong password, unknown e-mail, inactive and locked accounts are not told apart,
    /// so that nobody learns who has an account.
    /// </returns>
    public async Task<bool> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (password.Length > PasswordRules.MaximumLength || await users.FindByNameAsync(email) is not { PasswordHash: not null } user)
        {
            decoy ??= passwords.Hash(Guid.NewGuid().ToString());
            _ = passwords.Matches(decoy, password[..Math.Min(password.Length, PasswordRules.MaximumLength)]);
            return false;
        }

        var result = await manager.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.IsLockedOut)
            LogLockedOut(user.Id);
        if (!result.Succeeded)
            return false;
        await EnterAsync(user, cancellationToken);
        return true;
    }

    /// <summary>For who has just proved it otherwise: by setting LeadDesk up, by an invitation, by a changed password.</summary>
    public async Task EnterAsync(User user, CancellationToken cancellationToken)
    {
        await manager.SignInAsync(user, isPersistent: true);
        await accounts.NoteSignInAsync(user, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "User {UserId} is locked out after too many wrong passwords.")]
    private partial void LogLockedOut(long userId);
}

/// <summary>What stands in the session's cookie.</summary>
internal sealed class SessionPrincipalFactory : IUserClaimsPrincipalFactory<User>
{
    public Task<ClaimsPrincipal> CreateAsync(User user) => Task.FromResult(CallerIdentity.Create(
        new CurrentUser(user.CompanyId, user.Id, user.Name, user.Role), IdentityConstants.ApplicationScheme, user.SecurityStamp));
}
