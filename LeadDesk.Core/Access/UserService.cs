using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Access;

/// <summary>The people of a company, changed by its admins. Programs (<see cref="Role.Integration"/>) come and go with their API keys.</summary>
public sealed class UserService(Database database, UserDirectory directory, IPasswordHashing passwords, TimeProvider time)
{
    public const int LongestName = 200;

    /// <summary>The list's sort, as it stands in cursors.</summary>
    private const string ById = "user";

    private static readonly Role[] PeopleRoles = [Role.Admin, Role.Manager, Role.Salesperson];

    /// <summary>How long an invitation's link works.</summary>
    public static TimeSpan InvitationLife { get; } = TimeSpan.FromDays(7);

    /// <summary>People by id, oldest first.</summary>
    public async Task<Outcome<Page<UserView>>> ListAsync(CurrentUser actor, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageUsers) is { } refusal)
            return refusal;
        if (limit is < 1 or > Page<UserView>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit is from 1 to {Page<UserView>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        if (cursor is not null && after?.Sort is not ById)
            return Refusal.Invalid("cursor", "This cursor is not from this list.");

        await using var context = database.Open(actor.CompanyId);
        var lastId = after?.Id ?? 0;
        var rows = await context.Users.Where(user => user.Role != Role.Integration && user.Id > lastId)
            .OrderBy(user => user.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var next = rows.Count > limit ? new Cursor(ById, null, rows[limit - 1].Id).Encode() : null;
        return new Page<UserView>([.. rows.Take(limit).Select(View)], next);
    }

    /// <returns>Errors by field: name, email, role, password.</returns>
    public async Task<Outcome<CreatedUser>> CreateAsync(CurrentUser actor, NewUser wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageUsers) is { } refusal)
            return refusal;
        var errors = new FieldErrors();
        var name = errors.Text("name", "The name", wanted.Name, LongestName);
        var email = errors.Email("email", wanted.Email);
        errors.Add("role", RoleProblem(wanted.Role));
        if (wanted.Password is not null)
            errors.Add("password", PasswordRules.Problem(wanted.Password, email));
        if (errors.Refusal is { } invalid)
            return invalid;

        var hash = wanted.Password is null ? null : passwords.Hash(wanted.Password);
        var token = wanted.Password is null ? Tokens.NewSecret() : null;
        return await WriteAsync<CreatedUser>(actor, async (context, now) =>
        {
            if (await context.Users.IgnoreQueryFilters([AppDbContext.CompanyFilter]).AnyAsync(row => row.Email == email, cancellationToken))
                return AccessRefusals.EmailTaken();
            var user = new User
            {
                CompanyId = actor.CompanyId,
                Name = name,
                Email = email,
                Role = wanted.Role,
                PasswordHash = hash,
                SecurityStamp = Tokens.NewSecurityStamp(),
                CreatedAt = now,
            };
            if (token is not null)
                Invite(user, token, now);
            context.Users.Add(user);
            Audit.Note(context, actor.CompanyId, actor.UserId, now, token is null ? "user.created" : "user.invited", email, wanted.Role.ToString());
            await context.SaveChangesAsync(cancellationToken);
            return new CreatedUser(View(user), token);
        }, cancellationToken);
    }

    /// <summary>A change of role or state signs the person out everywhere. The last active admin stays one.</summary>
    public async Task<Outcome<UserView>> ChangeAsync(CurrentUser actor, long id, UserChange change, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageUsers) is { } refusal)
            return refusal;
        var errors = new FieldErrors();
        var name = change.Name is null ? null : errors.Text("name", "The name", change.Name, LongestName);
        if (change.Role is { } wantedRole)
            errors.Add("role", RoleProblem(wantedRole));
        if (errors.Refusal is { } invalid)
            return invalid;

        return await WriteAsync<UserView>(actor, async (context, now) =>
        {
            await LockUsersAsync(context, actor.CompanyId, cancellationToken);
            if (await FindPersonAsync(context, id, cancellationToken) is not { } user)
                return Refusal.Missing("user");
            var role = change.Role ?? user.Role;
            var active = change.Active ?? user.Active;
            var losesAdmin = user is { Role: Role.Admin, Active: true } && !(role is Role.Admin && active);
            if (losesAdmin && !await context.Users.AnyAsync(row => row.Id != id && row.Role == Role.Admin && row.Active, cancellationToken))
                return Refusal.Conflict("This is the last active admin. Make somebody else an admin first.");
            Apply(context, actor, user, (name ?? user.Name, role, active), now);
            return View(user);
        }, cancellationToken);
    }

    /// <summary>Makes a new link with which the person sets a password: for lost invitations and forgotten passwords. Older links stop working.</summary>
    /// <returns>The token of the link <c>/invite/{token}</c>, shown this once.</returns>
    public async Task<Outcome<string>> InviteAsync(CurrentUser actor, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageUsers) is { } refusal)
            return refusal;
        var token = Tokens.NewSecret();
        return await WriteAsync<string>(actor, async (context, now) =>
        {
            if (await FindPersonAsync(context, id, cancellationToken) is not { } user)
                return Refusal.Missing("user");
            if (!user.Active)
                return Refusal.Conflict("This user is inactive. Activate the user first.");
            Invite(user, token, now);
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "user.invited", user.Email);
            return token;
        }, cancellationToken);
    }

    private static void Apply(AppDbContext context, CurrentUser actor, User user, (string Name, Role Role, bool Active) wanted, DateTime now)
    {
        if (user.Name != wanted.Name)
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "user.renamed", user.Email, $"{user.Name} → {wanted.Name}");
        if (user.Role != wanted.Role)
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "user.role_changed", user.Email, $"{user.Role} → {wanted.Role}");
        if (user.Active != wanted.Active)
            Audit.Note(context, actor.CompanyId, actor.UserId, now, wanted.Active ? "user.activated" : "user.deactivated", user.Email);
        if (user.Role != wanted.Role || user.Active != wanted.Active)
            user.SecurityStamp = Tokens.NewSecurityStamp();
        (user.Name, user.Role, user.Active) = wanted;
    }

    private static void Invite(User user, string token, DateTime now)
    {
        user.InvitationHash = Tokens.Hash(token);
        user.InvitedUntil = now + InvitationLife;
    }

    /// <summary>Two admins who demote each other at once must not both succeed: the second waits for the first.</summary>
    private static Task<int> LockUsersAsync(AppDbContext context, long companyId, CancellationToken cancellationToken) =>
        context.Companies.Where(company => company.Id == companyId)
            .ExecuteUpdateAsync(set => set.SetProperty(company => company.Version, company => company.Version), cancellationToken);

    private static Task<User?> FindPersonAsync(AppDbContext context, long id, CancellationToken cancellationToken) =>
        context.Users.SingleOrDefaultAsync(user => user.Id == id && user.Role != Role.Integration, cancellationToken);

    private static string? RoleProblem(Role role) => PeopleRoles.Contains(role) ? null : "Choose Admin, Manager or Salesperson.";

    private static UserView View(User user) =>
        new(user.Id, user.Name, user.Email, user.Role, user.Active, user.InvitationHash is not null, user.CreatedAt, user.LastSignInAt);

    private async Task<Outcome<T>> WriteAsync<T>(CurrentUser actor, Func<AppDbContext, DateTime, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var outcome = await database.WriteAsync(actor.CompanyId, context => work(context, now), cancellationToken);
        directory.Forget(actor.CompanyId);
        return outcome;
    }
}
