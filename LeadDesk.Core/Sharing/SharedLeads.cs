using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Sharing;

/// <param name="Text">As the person wrote it.</param>
public sealed record SharedMessage(DateTime At, string Text);

/// <summary>What a stranger with the address sees: the person and what he asked for, nothing of the company's own work.</summary>
/// <param name="Phone">Null without contact, as the e-mail and the messages.</param>
/// <param name="Zone">Of the company, for the times.</param>
public sealed record SharedLead(
    string Company,
    string Name,
    string? Organisation,
    string? JobTitle,
    string? City,
    string? Country,
    string? Interest,
    string Channel,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    bool WithContact,
    string? Phone,
    string? Email,
    IReadOnlyList<SharedMessage> Messages,
    TimeZoneInfo Zone);

/// <summary>Opens shared addresses for anybody.</summary>
public sealed class SharedLeads(Database database, CompanyDirectory companies, TimeProvider clock)
{
    private const int MostMessages = 50;
    private const int LongestToken = 100;

    /// <returns>Null, without saying why: unknown, over, taken back, or the lead is gone.</returns>
    public async Task<SharedLead?> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token) || token.Length > LongestToken)
            return null;
        var (hash, now) = (Tokens.Hash(token), clock.GetUtcNow().UtcDateTime);
        LeadShare? share;
        await using (var all = database.Open(CompanyScope.Installation))
            share = await all.LeadShares.IgnoreQueryFilters([AppDbContext.CompanyFilter]).FirstOrDefaultAsync(row => row.TokenHash == hash && row.RevokedAt == null && row.ExpiresAt > now, cancellationToken);
        if (share is null)
            return null;
        await using var context = database.Open(share.CompanyId);
        if (await context.Leads.FirstOrDefaultAsync(row => row.Id == share.LeadId, cancellationToken) is not { } lead)
            return null;
        var messages = share.WithContact
            ? await context.LeadMessages.Where(row => row.LeadId == lead.Id && !row.Outgoing && row.ErasedAt == null).OrderByDescending(row => row.Id).Take(MostMessages)
                .Select(row => new SharedMessage(row.At, row.Text)).ToListAsync(cancellationToken)
            : [];
        await CountAsync(share, now, cancellationToken);
        return Shown(lead, share, messages, await companies.GetAsync(share.CompanyId, cancellationToken));
    }

    private static SharedLead Shown(Lead lead, LeadShare share, IReadOnlyList<SharedMessage> messages, CompanyRules company) => new(
        company.Name,
        // Without contact an address must not stand in for the name.
        lead.Name ?? (share.WithContact ? LeadNames.Display(null, lead.Email, lead.Phone, lead.Id) : ""),
        lead.Organisation, lead.JobTitle, lead.City, lead.Country, lead.Interest, lead.Channel, lead.CreatedAt, share.ExpiresAt, share.WithContact,
        share.WithContact ? lead.Phone : null, share.WithContact ? lead.Email : null, messages, company.Zone);

    private Task<int> CountAsync(LeadShare share, DateTime now, CancellationToken cancellationToken) => database.WriteAsync(
        share.CompanyId,
        context => context.LeadShares.Where(row => row.Id == share.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(read => read.Views, read => read.Views + 1).SetProperty(read => read.LastViewedAt, now), cancellationToken),
        cancellationToken);
}
