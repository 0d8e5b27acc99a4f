using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Somebody who is here already, found while a person types.</summary>
/// <param name="LeadId">Null when the lead is not this person's to see; then the name is missing too.</param>
/// <param name="Same">Has this very address: adding joins. Otherwise only much alike.</param>
/// <param name="ByName">Only the name is the same or much alike.</param>
public sealed record LikelyDuplicate(long? LeadId, string? Name, bool Same, bool ByName = false);

/// <summary>Whom the intake would recognise in an address, and who is much alike, before anything is stored.</summary>
public sealed class LeadDuplicateQueries(Database database, CompanyDirectory companies)
{
    private const int Most = 3;

    /// <summary>Shorter names are still being typed.</summary>
    private const int FewestLetters = 4;

    public Task<IReadOnlyList<LikelyDuplicate>> FindAsync(CurrentUser user, string? phone, string? email, CancellationToken cancellationToken) => FindAsync(user, null, phone, email, cancellationToken);

    /// <param name="phone">As typed; read in the company's region.</param>
    /// <param name="email">As typed.</param>
    /// <returns>At most three, the surest first; nothing while nothing can be read.</returns>
    public async Task<IReadOnlyList<LikelyDuplicate>> FindAsync(CurrentUser user, string? name, string? phone, string? email, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        var e164 = PhoneNumber.TryParse(phone, company.Region, out var number) ? number.E164 : null;
        var address = EmailAddress.TryNormalise(email, out var normalised) ? normalised : null;
        name = PersonName.Normalise(name) is { Length: >= FewestLetters } person ? person : null;
        if (e164 is null && address is null && name is null)
            return [];

        await using var context = database.Open(user.CompanyId);
        var same = await context.LeadContacts
            .Where(row => (row.Kind == ContactKind.Phone && row.Value == e164) || (row.Kind == ContactKind.Email && row.Value == address))
            .Select(row => row.LeadId).Distinct().Take(Most).ToListAsync(cancellationToken);
        var alike = await LeadCheck.FindAsync(context, company, new ComparedLead { Id = 0, Name = name, Phone = e164, Email = address, EmailValid = address is not null }, 0, cancellationToken);
        var near = LeadContacts.Near(e164, address).ToHashSet(StringComparer.Ordinal);
        var byAddress = alike.Where(match => LeadContacts.Near(match.Lead.Phone, match.Lead.EmailValid ? match.Lead.Email : null).Any(near.Contains) || match.Score.Score >= LeadMatcher.DefaultThreshold).Select(match => match.Lead.Id).ToList();
        var byName = alike.Where(match => match.Score[FactKind.Name].Match is FactMatch.Same or FactMatch.Alike).Select(match => match.Lead.Id);
        var ids = same.Concat(byAddress).Concat(byName).Distinct().ToList();
        var leads = await ComparedLeads.ByIds(context, user.CompanyId, ids).Select(row => new { row.Id, row.Name, row.Email, row.Phone }).ToDictionaryAsync(row => row.Id, cancellationToken);
        var visible = (await LeadQueries.Visible(context, ComparedLeads.ByIds(context, user.CompanyId, ids), user).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();

        var found = new List<LikelyDuplicate>();
        foreach (var id in ids.Where(leads.ContainsKey))
        {
            var isSame = same.Contains(id);
            if (visible.Contains(id))
                found.Add(new LikelyDuplicate(id, LeadNames.Display(leads[id].Name, leads[id].Email, leads[id].Phone, id), isSame, !isSame && !byAddress.Contains(id)));
            else if (isSame)
                found.Add(new LikelyDuplicate(null, null, Same: true));
        }

        return [.. found.Take(Most)];
    }
}
