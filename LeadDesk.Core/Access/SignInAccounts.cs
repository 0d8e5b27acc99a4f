using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Access;

/// <summary>
/// What signing in needs, before it is known for whom: it works across companies. ASP.NET Core Identity decides
/// about passwords and lock-out; this keeps what it decides.
/// </summary>
public sealed class SignInAccounts(Database database, UserDirectory directory, IPasswordHashing passwords, TimeProvider time)
{
    private static readonly string[] AnyCompany = [AppDbContext.CompanyFilter];

    /// <summary>An active person; programs cannot sign in.</summary>
    public async Task<User?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        if (!SignInEmail.TryRead(email, out var address))
            return null;
        await using var context = database.Open(CompanyScope.Installation);
        return await People(context).SingleOrDefaultAsync(user => user.Email == address, cancellationToken);
    }

    public async Task<User?> FindByIdAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await People(context).SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
    }

    /// <summary>Counts in the database, so that guesses sent at once, also to different nodes, all count.</summary>
    public async Task<int> CountFailureAsync(User user, CancellationToken cancellationToken)
    {
        await SetAsync(user, set => set.SetProperty(row => row.FailedSignIns, row => row.FailedSignIns + 1), cancellationToken);
        await using var context = database.Open(user.CompanyId);
        return await context.Users.Where(row => row.Id == user.Id).Select(row => row.FailedSignIns).SingleAsync(cancellationToken);
    }

    public Task ResetFailuresAsync(User user, CancellationToken cancellationToken) =>
        SetAsync(user, set => set.SetProperty(row => row.FailedSignIns, 0), cancellationToken);

    public Task LockUntilAsync(User user, DateTime? until, CancellationToken cancellationToken) =>
        SetAsync(user, set => set.SetProperty(row => row.LockedUntil, until), cancellationToken);

    /// <summary>The same password, hashed anew with today's work factor.</summary>
    public Task StoreHashAsync(User user, CancellationToken cancellationToken) =>
        SetAsync(user, set => set.SetProperty(row => row.PasswordHash, user.PasswordHash), cancellationToken);

    public Task NoteSignInAsync(User user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return SetAsync(user, set => set.SetProperty(row => row.LastSignInAt, now), cancellationToken);
    }

    /// <returns>Null when the link is unknown, used, replaced or too old; which of these is not told.</returns>
    public async Task<Invitation?> FindInvitationAsync(string token, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await Invited(context, token)
            .Join(context.Companies, user => user.CompanyId, company => company.Id, (user, company) => new Invitation(user.Name, user.Email, company.Name))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Sets the password with an invitation's link, which works once. Ends a lock-out and every open session.</summary>
    public async Task<Outcome<User>> AcceptInvitationAsync(string token, string password, CancellationToken cancellationToken)
    {
        if (await FindInvitationAsync(token, cancellationToken) is not { } invitation)
            return Refusal.Missing("invitation");
        if (PasswordRules.Problem(password, invitation.Email) is { } problem)
            return Refusal.Invalid("password", problem);
        var hash = passwords.Hash(password);
        return await ChangePasswordAsync(context => Invited(context, token).SingleOrDefaultAsync(cancellationToken), "invitation", "user.accepted_invitation", hash, cancellationToken);
    }

    /// <summary>Ends every open session of the user; the caller signs in anew.</summary>
    /// <returns>Errors by field: current_password, password.</returns>
    public async Task<Outcome<User>> ChangeOwnPasswordAsync(CurrentUser actor, string currentPassword, string password, CancellationToken cancellationToken)
    {
        if (await FindByIdAsync(actor.UserId, cancellationToken) is not { PasswordHash: { } known } user)
            return Refusal.Missing("user");
        if (!passwords.Matches(known, currentPassword))
            return Refusal.Invalid("current_password", "This is not your present password.");
        if (PasswordRules.Problem(password, user.Email) is { } problem)
            return Refusal.Invalid("password", problem);
        var hash = passwords.Hash(password);
        return await ChangePasswordAsync(context => People(context).SingleOrDefaultAsync(row => row.Id == user.Id, cancellationToken), "user", "user.changed_password", hash, cancellationToken);
    }

    private async Task<Outcome<User>> ChangePasswordAsync(
        Func<AppDbContext, Task<User?>> find, string what, string action, string hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var outcome = await database.WriteAsync<Outcome<User>>(CompanyScope.Installation, async context =>
        {
            if (await find(context) is not { } user)
                return Refusal.Missing(what);
            user.PasswordHash = hash;
            user.SecurityStamp = Tokens.NewSecurityStamp();
            (user.InvitationHash, user.InvitedUntil) = (null, null);
            (user.FailedSignIns, user.LockedUntil) = (0, null);
            Audit.Note(context, user.CompanyId, user.Id, now, action, user.Email);
            return user;
        }, cancellationToken);
        if (outcome.Succeeded)
            directory.Forget(outcome.Value.CompanyId);
        return outcome;
    }

    private static IQueryable<User> People(AppDbContext context) =>
        context.Users.IgnoreQueryFilters(AnyCompany).Where(user => user.Active && user.Role != Role.Integration);

    private IQueryable<User> Invited(AppDbContext context, string token)
    {
        var hash = Tokens.Hash(token);
        var now = time.GetUtcNow().UtcDateTime;
        return People(context).Where(user => user.InvitationHash == hash && user.InvitedUntil > now);
    }

    private Task<int> SetAsync(User user, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<User>> set, CancellationToken cancellationToken) =>
        database.WriteAsync(user.CompanyId, context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(set, cancellationToken), cancellationToken);
}
