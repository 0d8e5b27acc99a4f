using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Access;

/// <summary>The first company with its first admin.</summary>
/// <param name="ApiKey">Null for none; else it gets an Integration user of its own.</param>
public sealed record FirstCompany(string Company, string Region, string TimeZone, string Name, string Email, string Password, string? ApiKey = null);

/// <summary>
/// Makes an empty installation usable, once. The page and the options (on every start of every node) both come here, and
/// whoever is second finds it done.
/// </summary>
public sealed class SetupService(Database database, IPasswordHashing passwords, TimeProvider time)
{
    private const int DefaultResponseGoalMinutes = 15;
    private volatile bool done;

    /// <summary>Whether there is a user. Asks the database only until there is one.</summary>
    public async ValueTask<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        if (done)
            return true;
        await using var context = database.Open(CompanyScope.Installation);
        return done = await AnyUserAsync(context, cancellationToken);
    }

    /// <returns>The admin. Conflict when LeadDesk is set up already. Errors by field: company, region, time_zone, name, email, password.</returns>
    public async Task<Outcome<User>> CreateAsync(FirstCompany wanted, CancellationToken cancellationToken)
    {
        if (await IsDoneAsync(cancellationToken))
            return AlreadyDone();
        var errors = new FieldErrors();
        var settings = CompanyService.Checked(new CompanySettings(wanted.Company, wanted.Region, wanted.TimeZone, DefaultResponseGoalMinutes, 0), errors, nameField: "company");
        var name = errors.Text("name", "Your name", wanted.Name, UserService.LongestName);
        var email = errors.Email("email", wanted.Email);
        errors.Add("password", PasswordRules.Problem(wanted.Password, email));
        if (errors.Refusal is { } invalid)
            return invalid;

        var hash = passwords.Hash(wanted.Password);
        var outcome = await database.WriteAsync<Outcome<User>>(CompanyScope.Installation, async context =>
        {
            await LockAsync(context, cancellationToken);
            if (await AnyUserAsync(context, cancellationToken))
                return AlreadyDone();
            var company = await AddCompanyAsync(context, settings, cancellationToken);
            var admin = await AddAdminAsync(context, company, name, email, hash, cancellationToken);
            if (wanted.ApiKey is not null)
                await ApiKeyService.AddIntegrationAsync(context, company.Id, "Bootstrap", wanted.ApiKey, admin.Id, company.CreatedAt, cancellationToken);
            return admin;
        }, cancellationToken);
        done = outcome.Succeeded || outcome.Refusal.Kind is RefusalKind.Conflict;
        return outcome;
    }

    private static Refusal AlreadyDone() => Refusal.Conflict("LeadDesk is set up already. Sign in instead.");

    private static Task<bool> AnyUserAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context.Users.IgnoreQueryFilters([AppDbContext.CompanyFilter]).AnyAsync(cancellationToken);

    /// <summary>Two nodes may start at once. SQLite has one writer anyway.</summary>
    private static async Task LockAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.IsNpgsql())
            await context.Database.ExecuteSqlRawAsync("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
    }

    private async Task<Company> AddCompanyAsync(AppDbContext context, CompanySettings settings, CancellationToken cancellationToken)
    {
        var company = new Company
        {
            Name = settings.Name,
            Region = settings.Region,
            TimeZone = settings.TimeZone,
            ResponseGoalMinutes = settings.ResponseGoalMinutes,
            Currency = settings.Currency ?? Currencies.OfRegion(settings.Region),
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        context.Companies.Add(company);
        await context.SaveChangesAsync(cancellationToken);
        await Stage.AddDefaultsAsync(context, company.Id, cancellationToken);
        context.LostReasons.AddRange(LostReason.Defaults(company.Id));
        return company;
    }

    private static async Task<User> AddAdminAsync(AppDbContext context, Company company, string name, string email, string hash, CancellationToken cancellationToken)
    {
        var admin = new User
        {
            CompanyId = company.Id,
            Name = name,
            Email = email,
            Role = Role.Admin,
            PasswordHash = hash,
            SecurityStamp = Tokens.NewSecurityStamp(),
            CreatedAt = company.CreatedAt,
        };
        context.Users.Add(admin);
        await context.SaveChangesAsync(cancellationToken);
        Audit.Note(context, company.Id, admin.Id, company.CreatedAt, "company.created", company.Name);
        return admin;
    }
}
