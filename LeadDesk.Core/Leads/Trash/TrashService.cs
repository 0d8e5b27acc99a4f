using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Trash;

/// <summary>Deleting for good what is in the trash, before its time. Taking it back is a <see cref="Bulk.BulkAction.Restore"/>.</summary>
public sealed class TrashService(Database database, TimeProvider clock)
{
    public const int MostAtOnce = 500;

    /// <summary>It cannot be undone. Leads that are not in the trash are left alone.</summary>
    /// <param name="ids">1 to <see cref="MostAtOnce"/>.</param>
    /// <returns>How many leads were removed.</returns>
    public async Task<Outcome<int>> RemoveAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.DeleteLeads))
            return LeadRefusals.MayNotDelete;
        if (ids.Count is < 1 or > MostAtOnce)
            return Refusal.Invalid("ids", $"Choose 1 to {MostAtOnce} leads.");
        return await database.WriteAsync<Outcome<int>>(user.CompanyId, async context =>
        {
            var there = await TrashQueries.InTrash(context).Where(lead => ids.Contains(lead.Id)).Select(lead => lead.Id).ToListAsync(cancellationToken);
            if (there.Count is 0)
                return 0;
            await LeadRemoval.RemoveAsync(context, user.CompanyId, there, cancellationToken);
            Audit.Note(context, user.CompanyId, user.UserId, clock.GetUtcNow().UtcDateTime, TrashAudit.Removed, there.Count is 1 ? TrashAudit.Subject(there[0]) : TrashAudit.Subject(there.Count));
            return there.Count;
        }, cancellationToken);
    }
}
