using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>What became of a lead that is not in the lists any more.</summary>
/// <param name="By">Who did it; null when that is not known.</param>
/// <param name="MergedInto">Where it went, when that lead is the user's to see.</param>
/// <param name="MayRestore">Whether this user may take it back from the trash.</param>
public sealed record LeadFate(string Name, DateTime At, string? By, string? Because, bool WasMerged, long? MergedInto, string? MergedIntoName, bool MayRestore);

/// <summary>Finds where leads went, for whoever could see them.</summary>
public sealed class LeadFateQueries(Database database)
{
    /// <summary>A merged lead's own survivor may have been merged again.</summary>
    private const int LongestWay = 10;

    /// <returns>Null when the lead is not gone, never was, or was not this user's to see.</returns>
    public async Task<LeadFate?> FindAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var lead = await LeadQueries.Visible(context, user).IgnoreQueryFilters([AppDbContext.TrashFilter]).FirstOrDefaultAsync(row => row.Id == leadId, cancellationToken);
        if (lead?.DeletedAt is not { } at)
            return null;
        var by = await context.Users.Where(person => person.Id == lead.DeletedById).Select(person => person.Name).FirstOrDefaultAsync(cancellationToken);
        var into = await SurvivorAsync(context, lead.MergedIntoId, cancellationToken);
        var survivor = into is null ? null : await LeadQueries.Visible(context, user).FirstOrDefaultAsync(row => row.Id == into, cancellationToken);
        return new LeadFate(
            LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id),
            at,
            by,
            lead.DeletedBecause,
            lead.MergedIntoId is not null,
            survivor?.Id,
            survivor is null ? null : LeadNames.Display(survivor.Name, survivor.Email, survivor.Phone, survivor.Id),
            lead.MergedIntoId is null && user.Can(Permission.DeleteLeads));
    }

    private static async Task<long?> SurvivorAsync(AppDbContext context, long? into, CancellationToken cancellationToken)
    {
        for (var step = 0; into is { } id && step < LongestWay; step++)
        {
            var further = await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(row => row.Id == id).Select(row => row.MergedIntoId).FirstOrDefaultAsync(cancellationToken);
            if (further is null)
                return id;
            into = further;
        }

        return into;
    }
}
