using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>The rows that belong to a lead and go with it: there when leads are joined, back when they are taken apart.</summary>
internal static class MergeRows
{
    public static async Task MoveAsync(AppDbContext context, MergedRows record, long to, CancellationToken cancellationToken)
    {
        await MoveAsync(context.LeadMessages, "messages", record, to, cancellationToken);
        await MoveAsync(context.LeadAnalyses, "analyses", record, to, cancellationToken);
        await MoveAsync(context.TimelineEntries, "timeline", record, to, cancellationToken);
        await MoveAsync(context.LeadConsents, "consents", record, to, cancellationToken);
        await MoveAsync(context.LeadFiles, "files", record, to, cancellationToken);
        await MoveAsync(context.FollowUps, "follow_ups", record, to, cancellationToken);
        var from = record.LeadId;
        var events = context.InboundEvents.Where(row => row.LeadId == from);
        record.Ids["events"] = await events.Select(row => row.Id).ToListAsync(cancellationToken);
        await events.ExecuteUpdateAsync(set => set.SetProperty(row => row.LeadId, to), cancellationToken);

        record.Contacts.AddRange(await context.LeadContacts.Where(row => row.LeadId == from).Select(row => new MergedContact(row.Kind, row.Value)).ToListAsync(cancellationToken));
        await context.LeadContacts.Where(row => row.LeadId == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeadId, to), cancellationToken);
        record.Near.AddRange(await context.LeadNearKeys.Where(row => row.LeadId == from).Select(row => row.Value).ToListAsync(cancellationToken));
        await context.LeadNearKeys.Where(row => row.LeadId == from && context.LeadNearKeys.Any(other => other.LeadId == to && other.Value == row.Value)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadNearKeys.Where(row => row.LeadId == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeadId, to), cancellationToken);
    }

    /// <returns>Addresses that somebody else has now, so that they could not go back.</returns>
    public static async Task<IReadOnlyList<MergedContact>> MoveBackAsync(AppDbContext context, MergedRows record, long from, IReadOnlyCollection<string> nearBefore, CancellationToken cancellationToken)
    {
        await MoveBackAsync(context.LeadMessages, "messages", record, from, cancellationToken);
        await MoveBackAsync(context.LeadAnalyses, "analyses", record, from, cancellationToken);
        await MoveBackAsync(context.TimelineEntries, "timeline", record, from, cancellationToken);
        await MoveBackAsync(context.LeadConsents, "consents", record, from, cancellationToken);
        await MoveBackAsync(context.LeadFiles, "files", record, from, cancellationToken);
        await MoveBackAsync(context.FollowUps, "follow_ups", record, from, cancellationToken);
        var (to, events) = (record.LeadId, record.Ids["events"]);
        await context.InboundEvents.Where(row => row.LeadId == from && EF.Parameter(events).Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeadId, to), cancellationToken);
        await MoveNearBackAsync(context, record, from, nearBefore, cancellationToken);
        return await MoveContactsBackAsync(context, record, from, cancellationToken);
    }

    private static async Task MoveAsync<T>(IQueryable<T> rows, string table, MergedRows record, long to, CancellationToken cancellationToken)
        where T : class
    {
        var from = record.LeadId;
        var mine = rows.Where(row => EF.Property<long>(row, "LeadId") == from);
        record.Ids[table] = await mine.Select(row => EF.Property<long>(row, "Id")).ToListAsync(cancellationToken);
        if (record.Ids[table].Count > 0)
            await mine.ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<long>(row, "LeadId"), to), cancellationToken);
    }

    private static async Task MoveBackAsync<T>(IQueryable<T> rows, string table, MergedRows record, long from, CancellationToken cancellationToken)
        where T : class
    {
        var (to, ids) = (record.LeadId, record.Ids[table]);
        if (ids.Count > 0)
        {
            await rows.Where(row => EF.Property<long>(row, "LeadId") == from && EF.Parameter(ids).Contains(EF.Property<long>(row, "Id")))
                .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<long>(row, "LeadId"), to), cancellationToken);
        }
    }

    private static async Task MoveNearBackAsync(AppDbContext context, MergedRows record, long from, IReadOnlyCollection<string> nearBefore, CancellationToken cancellationToken)
    {
        var foreign = record.Near.Except(nearBefore, StringComparer.Ordinal).ToList();
        await context.LeadNearKeys.Where(row => row.LeadId == from && foreign.Contains(row.Value)).ExecuteDeleteAsync(cancellationToken);
        foreach (var value in record.Near)
            context.LeadNearKeys.Add(new LeadNearKey { Value = value, LeadId = record.LeadId });
    }

    private static async Task<IReadOnlyList<MergedContact>> MoveContactsBackAsync(AppDbContext context, MergedRows record, long from, CancellationToken cancellationToken)
    {
        var lost = new List<MergedContact>();
        foreach (var contact in record.Contacts)
        {
            var held = await context.LeadContacts.AsTracking().FirstOrDefaultAsync(row => row.Kind == contact.Kind && row.Value == contact.Value, cancellationToken);
            if (held is null)
                context.LeadContacts.Add(new LeadContact { Kind = contact.Kind, Value = contact.Value, LeadId = record.LeadId });
            else if (held.LeadId == from)
                held.LeadId = record.LeadId;
            else
                lost.Add(contact);
        }

        return lost;
    }
}
