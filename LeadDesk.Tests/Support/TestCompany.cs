using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Support;

/// <summary>A company with its pipeline and one person of each kind.</summary>
public sealed record TestCompany(
    long Id, CurrentUser Admin, CurrentUser Manager, CurrentUser Salesperson, CurrentUser OtherSalesperson, IReadOnlyList<Stage> Stages)
{
    /// <summary>Arbitrary; tests that care about time set their own clock.</summary>
    private static readonly DateTime Created = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);

    public static Task<TestCompany> AddAsync(TestDatabase database, string name = "Acme") =>
        database.Database.WriteAsync(
            CompanyScope.Installation,
            async context =>
            {
                var company = new Company { Name = name, Region = "GB", TimeZone = "Europe/London", CreatedAt = Created };
                context.Companies.Add(company);
                await context.SaveChangesAsync();
                var stages = await Stage.AddDefaultsAsync(context, company.Id, CancellationToken.None);
                var people = new[] { Role.Admin, Role.Manager, Role.Salesperson, Role.Salesperson }.Select((role, index) => NewUser(company, role, index)).ToArray();
                context.Users.AddRange(people);
                await context.SaveChangesAsync();
                var users = people.Select(user => new CurrentUser(company.Id, user.Id, user.Name, user.Role)).ToArray();
                return new TestCompany(company.Id, users[0], users[1], users[2], users[3], stages);
            },
            CancellationToken.None);

    /// <summary>A plain lead in the first stage, not saved.</summary>
    public Lead NewLead(string name = "Ada", long? ownerId = null) => new()
    {
        CompanyId = Id,
        Name = name,
        NameKey = name.ToUpperInvariant(),
        Channel = "website",
        StageId = Stages[0].Id,
        OwnerId = ownerId,
        StageChangedAt = Created,
        CreatedAt = Created,
        LastSubmittedAt = Created,
        LastActivityAt = Created,
        ResponseDueAt = Created.AddMinutes(15),
    };

    /// <summary>Puts the leads that a test has saved itself into the running totals; call it once.</summary>
    internal static async Task CountLeadsAsync(AppDbContext context, long companyId)
    {
        var deltas = new Dictionary<CounterKey, long>();
        foreach (var lead in await context.Leads.ToListAsync())
            CounterKeys.Add(deltas, lead, TimeZoneInfo.Utc, +1);
        await CounterStore.ApplyAsync(context, companyId, deltas, CancellationToken.None);
    }

    private static User NewUser(Company company, Role role, int index) => new()
    {
        CompanyId = company.Id,
        Name = $"{role} {index + 1}",
        Email = $"{role}{index + 1}.{company.Id}@example.org".ToLowerInvariant(),
        Role = role,
        SecurityStamp = "stamp",
        CreatedAt = Created,
    };
}
