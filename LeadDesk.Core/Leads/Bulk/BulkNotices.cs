using System.Globalization;
using LeadDesk.Data;
using LeadDesk.Live;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>What people are told of a change of many leads: one notice each, however many leads it is about.</summary>
internal static class BulkNotices
{
    /// <summary>Tells those who got leads to own or to help with, inside the transaction that ends the change.</summary>
    /// <returns>What the live feed signals after the commit.</returns>
    public static async Task<IReadOnlyList<LiveSignal>> TellAsync(AppDbContext context, BulkChange bulk, BulkRequest request, DateTime now, CancellationToken cancellationToken)
    {
        if (request.Action is not (BulkAction.Assign or BulkAction.Helper) || bulk.Changed is 0)
            return [];
        var kind = request.Action is BulkAction.Assign ? UserNoticeKind.Assigned : UserNoticeKind.Helper;
        List<(long UserId, int Leads, long LeadId)> told = kind is UserNoticeKind.Helper
            ? [(request.HelperId ?? 0, bulk.Changed, 0)]
            : await ReceiversAsync(context, bulk, cancellationToken);
        told.RemoveAll(person => person.UserId == bulk.UserId);
        context.UserNotices.AddRange(told.Select(person => Notice(bulk, kind, person.UserId, now, person.Leads is 1 && person.LeadId > 0 ? person.LeadId : null, Words(person.Leads), "/my-leads")));
        return told.ConvertAll(person => LiveSignal.Told(bulk.CompanyId, person.UserId));
    }

    /// <summary>Tells who asked for it that it is over.</summary>
    public static LiveSignal Ended(AppDbContext context, BulkChange bulk, DateTime now)
    {
        context.UserNotices.Add(Notice(bulk, UserNoticeKind.WorkDone, bulk.UserId, now, null, Words(bulk.State is BulkState.Undone ? bulk.Restored : bulk.Changed), string.Create(CultureInfo.InvariantCulture, $"/bulk/{bulk.Id}")));
        return LiveSignal.Told(bulk.CompanyId, bulk.UserId);
    }

    private static async Task<List<(long UserId, int Leads, long LeadId)>> ReceiversAsync(AppDbContext context, BulkChange bulk, CancellationToken cancellationToken) =>
        (await context.BulkItems.Where(item => item.BulkId == bulk.Id && item.State == BulkItemState.Changed)
            .Join(context.Leads, item => item.LeadId, lead => lead.Id, (_, lead) => lead)
            .Where(lead => lead.OwnerId != null)
            .GroupBy(lead => lead.OwnerId!.Value)
            .Select(group => new { Owner = group.Key, Leads = group.Count(), One = group.Min(lead => lead.Id) })
            .ToListAsync(cancellationToken))
        .ConvertAll(row => (row.Owner, row.Leads, row.One));

    private static UserNotice Notice(BulkChange bulk, UserNoticeKind kind, long userId, DateTime now, long? leadId, string text, string link) => new()
    {
        CompanyId = bulk.CompanyId,
        UserId = userId,
        Kind = kind,
        At = now,
        ActorId = kind is UserNoticeKind.WorkDone ? null : bulk.UserId,
        LeadId = leadId,
        Text = leadId is null ? text : null,
        Link = link,
    };

    private static string Words(int leads) => leads is 1 ? "1 lead" : string.Create(CultureInfo.InvariantCulture, $"{leads:N0} leads");
}
