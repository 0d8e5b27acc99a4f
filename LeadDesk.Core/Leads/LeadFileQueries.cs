using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <param name="Size">In bytes.</param>
public sealed record LeadFileView(long Id, string Name, string ContentType, long Size, DateTime At);

/// <summary>A file with its bytes, as the sender sent it: nothing in it may be trusted.</summary>
public sealed record LeadFileContent(string Name, byte[] Content);

/// <summary>The files of leads, for whoever may see the lead.</summary>
public sealed class LeadFileQueries(Database database)
{
    private const int Most = 200;

    /// <returns>Newest first, the newest 200; nothing when the lead is not there or not this user's to see.</returns>
    public async Task<IReadOnlyList<LeadFileView>> ListAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return [];
        return await context.LeadFiles.Where(file => file.LeadId == leadId).OrderByDescending(file => file.Id).Take(Most)
            .Select(file => new LeadFileView(file.Id, file.Name, file.ContentType, file.Size, file.At)).ToListAsync(cancellationToken);
    }

    /// <returns>Null when there is no such file, or its lead is not this user's to see.</returns>
    public async Task<LeadFileContent?> FindAsync(CurrentUser user, long leadId, long fileId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return null;
        return await context.LeadFiles.Where(file => file.Id == fileId && file.LeadId == leadId)
            .Select(file => new LeadFileContent(file.Name, file.Content)).SingleOrDefaultAsync(cancellationToken);
    }
}
