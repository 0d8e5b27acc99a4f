using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Somebody who is here already, found while a person types.</summary>
/// <param name="LeadId">Null when the lead is not this person's to see; then the name is missing too.</param>
/// <param name="Same">Has this very address: adding joins. Otherwise only much alike.</param>
public sealed record LikelyDuplicate(long? LeadId, string? Name, bool Same);

/// <summary>Whom the intake would recognise in an address, before anything is stored.</summary>
public sealed class LeadDuplicateQueries(Database database, CompanyDirectory companies)
{
    private const int Most = 3;

    /// <param name="phone">As typed; read in the company's region.</param>
    /// <param name="email">As typed.</param>
    /// <returns>At most three, the surest first; nothing while neither can be read.</returns>
    public async Task<IReadOnlyList<LikelyDuplicate>> FindAsync(CurrentUser user, string? phone, string? email, CancellationToken cancellationToken)
    {
        var region = (await companies.GetAsync(user.CompanyId, cancellationToken)).Region;
        var e164 = PhoneNumber.TryParse(phone, region, out var number) ? number.E164 : null;
        var address = EmailAddress.TryNormalise(email, out var normalised) ? normalised : null;
        if (e164 is null && address is null)
            return [];

        await using var context = database.Open(user.CompanyId);
        var same = await context.LeadContacts
            .Where(row => (row.Kind == ContactKind.Phone && row.Value == e164) || (row.Kind == ContactKind.Email && row.Value == address))
            .Select(row => row.LeadId).Distinct().Take(Most).ToListAsync(cancellationToken);
        var signs = LeadContacts.Near(e164, address).ToList();
        var alike = await context.LeadNearKeys.Where(row => signs.Contains(row.Value)).Select(row => row.LeadId).Take(Most * 2).ToListAsync(cancellationToken);
        var ids = same.Concat(alike).Distinct().Take(Most).ToList();
        var leads = await context.Leads.Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Name, row.Email, row.Phone, row.OwnerId }).ToDictionaryAsync(row => row.Id, cancellationToken);

        var found = new List<LikelyDuplicate>();
        foreach (var id in ids)
        {
            var isSame = same.Contains(id);
            if (!leads.TryGetValue(id, out var lead))
                continue;
            if (user.SeesAllLeads || lead.OwnerId == user.UserId)
                found.Add(new LikelyDuplicate(id, LeadNames.Display(lead.Name, lead.Email, lead.Phone, id), isSame));
            else if (isSame)
                found.Add(new LikelyDuplicate(null, null, Same: true));
        }

        return found;
    }
}
