using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Access;

public sealed record DirectoryUser(long Id, string Name, Role Role, bool Active);

/// <summary>
/// Who is in a company, from memory: names for lists, people for the assignment, and the present role of everybody who is
/// signed in. A change here shows at once, one made on another node within <see cref="FreshFor"/>.
/// </summary>
public sealed class UserDirectory
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private const int MostCompanies = 1000;

    private readonly Database database;
    private readonly ShortLivedCache<long, CompanyUsers> companies;

    public UserDirectory(Database database, TimeProvider time)
    {
        this.database = database;
        companies = new ShortLivedCache<long, CompanyUsers>(FreshFor, MostCompanies, time, LoadAsync);
    }

    public ValueTask<CompanyUsers> OfAsync(long companyId) => companies.GetAsync(companyId);

    /// <summary>The user with the role of this moment; null when inactive or gone.</summary>
    public async ValueTask<CurrentUser?> FindActiveAsync(long companyId, long userId) => (await OfAsync(companyId)).FindCurrent(userId);

    /// <summary>As <see cref="FindActiveAsync"/>, and only while the session's security stamp is the user's.</summary>
    public async ValueTask<CurrentUser?> FindSignedInAsync(long companyId, long userId, string? securityStamp)
    {
        var users = await OfAsync(companyId);
        return users.HasStamp(userId, securityStamp) ? users.FindCurrent(userId) : null;
    }

    /// <summary>Called after a change was committed.</summary>
    internal void Forget(long companyId) => companies.Forget(companyId);

    private async Task<CompanyUsers> LoadAsync(long companyId)
    {
        await using var context = database.Open(companyId);
        var rows = await context.Users.OrderBy(user => user.Id)
            .Select(user => new { user.Id, user.Name, user.Role, user.Active, user.SecurityStamp })
            .ToListAsync();
        return new CompanyUsers(companyId, rows.Select(row => (new DirectoryUser(row.Id, row.Name, row.Role, row.Active), row.SecurityStamp)));
    }
}

/// <summary>The users of one company at one moment.</summary>
public sealed class CompanyUsers
{
    private readonly Dictionary<long, Known> byId;

    internal CompanyUsers(long companyId, IEnumerable<(DirectoryUser User, string SecurityStamp)> users)
    {
        byId = users.ToDictionary(
            row => row.User.Id,
            row => new Known(row.User, row.SecurityStamp, new CurrentUser(companyId, row.User.Id, row.User.Name, row.User.Role)));
        All = [.. byId.Values.Select(known => known.User)];
        Staff = WhoGetsLeads([.. All.Where(user => user.Active)]);
    }

    /// <summary>Everybody, by id, inactive people and programs among them.</summary>
    public IReadOnlyList<DirectoryUser> All { get; }

    /// <summary>
    /// Who gets new leads, by id: the active salespeople. A company without any gives them to its managers, and
    /// one without managers to its admins.
    /// </summary>
    public IReadOnlyList<DirectoryUser> Staff { get; }

    public DirectoryUser? Find(long id) => byId.GetValueOrDefault(id)?.User;

    internal CurrentUser? FindCurrent(long id) => byId.GetValueOrDefault(id) is { User.Active: true } known ? known.Current : null;

    internal bool HasStamp(long id, string? stamp) => stamp is not null && byId.GetValueOrDefault(id)?.SecurityStamp == stamp;

    private static List<DirectoryUser> WhoGetsLeads(IReadOnlyList<DirectoryUser> active)
    {
        foreach (var role in (ReadOnlySpan<Role>)[Role.Salesperson, Role.Manager, Role.Admin])
        {
            if (active.Where(user => user.Role == role).ToList() is { Count: > 0 } staff)
                return staff;
        }

        return [];
    }

    private sealed record Known(DirectoryUser User, string SecurityStamp, CurrentUser Current);
}
