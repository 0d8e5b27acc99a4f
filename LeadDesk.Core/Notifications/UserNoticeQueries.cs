using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Notifications;

/// <param name="LeadName">Null when it is about no lead, or the lead is not the reader's to see any more.</param>
/// <param name="Href">Where it leads; null when there is nothing to open.</param>
public sealed record UserNoticeView(long Id, UserNoticeKind Kind, DateTime At, string? ActorName, long? LeadId, string? LeadName, string? Text, string? Href, bool Read);

/// <summary>What one person is told: the bell and its page.</summary>
public sealed class UserNoticeQueries(Database database, FollowUpQueries followUps)
{
    /// <summary>The bell shows 99+ beyond.</summary>
    private const int MostCounted = 100;

    /// <summary>Unread notices and own follow-ups that are due, counted up to two hundred.</summary>
    public async Task<int> CountAsync(CurrentUser user, DateTime now, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var unread = await context.UserNotices.Where(notice => notice.UserId == user.UserId && notice.ReadAt == null).Take(MostCounted).CountAsync(cancellationToken);
        return unread + await followUps.CountDueAsync(user, now, cancellationToken);
    }

    /// <summary>Newest first.</summary>
    /// <param name="limit">1 to 500.</param>
    public async Task<Outcome<Page<UserNoticeView>>> ListAsync(CurrentUser user, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Page<UserNoticeView>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<UserNoticeView>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && after is not { Sort: "notices" })
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");
        await using var context = database.Open(user.CompanyId);
        var mine = context.UserNotices.Where(notice => notice.UserId == user.UserId);
        if (after is not null)
            mine = mine.Where(notice => notice.Id < after.Id);
        var visible = LeadQueries.Visible(context, user);
        var rows = await mine.OrderByDescending(notice => notice.Id).Take(limit + 1)
            .Select(notice => new
            {
                Notice = notice,
                Actor = context.Users.Where(person => person.Id == notice.ActorId).Select(person => person.Name).FirstOrDefault(),
                Lead = visible.Where(lead => lead.Id == notice.LeadId).Select(lead => new { lead.Id, lead.Name, lead.Email, lead.Phone }).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var items = rows.ConvertAll(row => new UserNoticeView(
            row.Notice.Id, row.Notice.Kind, row.Notice.At, row.Actor, row.Notice.LeadId,
            row.Lead is null ? null : LeadNames.Display(row.Lead.Name, row.Lead.Email, row.Lead.Phone, row.Lead.Id),
            // What was written about a lead that is not the reader's any more is not his either.
            row.Notice.LeadId is not null && row.Lead is null ? null : row.Notice.Text,
            row.Lead is not null ? $"/leads/{row.Lead.Id}" : row.Notice.LeadId is null ? row.Notice.Link : null,
            row.Notice.ReadAt is not null));
        if (items.Count <= limit)
            return new Page<UserNoticeView>(items, null);
        items.RemoveAt(limit);
        return new Page<UserNoticeView>(items, new Cursor("notices", null, items[^1].Id).Encode());
    }
}

/// <summary>Marks as read.</summary>
public sealed class UserNoticeService(Database database, LiveFeed feed, TimeProvider clock)
{
    /// <summary>One of the user's own; another one's changes nothing.</summary>
    public Task ReadAsync(CurrentUser user, long noticeId, CancellationToken cancellationToken) => MarkAsync(user, noticeId, cancellationToken);

    public Task ReadAllAsync(CurrentUser user, CancellationToken cancellationToken) => MarkAsync(user, null, cancellationToken);

    private async Task MarkAsync(CurrentUser user, long? only, CancellationToken cancellationToken)
    {
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            user.CompanyId,
            context => context.UserNotices.Where(notice => notice.UserId == user.UserId && notice.ReadAt == null && (only == null || notice.Id == only))
                .ExecuteUpdateAsync(row => row.SetProperty(notice => notice.ReadAt, now), cancellationToken),
            cancellationToken);
        feed.Signals.Publish(LiveSignal.Told(user.CompanyId, user.UserId));
    }
}
