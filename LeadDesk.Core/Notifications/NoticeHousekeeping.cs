using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Notifications;

/// <summary>
/// Removes what people were told: 90 days after they read it, or a year after it came when nobody did. Walks from the oldest on, in
/// pages with a transaction each, to the first page on which nothing can be due.
/// </summary>
internal sealed class NoticeHousekeeping(Database database, TimeProvider clock) : IJobHandler
{
    /// <summary>Small enough that other writers hardly wait.</summary>
    private const int PageSize = 1000;

    private static readonly TimeSpan ReadKeptFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan UnreadKeptFor = TimeSpan.FromDays(365);

    public static string Kind => "housekeeping.notices";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (read, unread) = (now - ReadKeptFor, now - UnreadKeptFor);
        for (long? from = 0; from is { } after;)
            from = await PageAsync(after, read, unread, cancellationToken);
    }

    /// <returns>Where the next page begins; null when there is none that matters.</returns>
    private async Task<long?> PageAsync(long after, DateTime read, DateTime unread, CancellationToken cancellationToken)
    {
        await using var reading = database.Open(CompanyScope.Installation);
        var page = await All(reading).Where(notice => notice.Id > after).OrderBy(notice => notice.Id).Select(notice => new { notice.Id, notice.At, notice.ReadAt }).Take(PageSize).ToListAsync(cancellationToken);
        var due = page.Where(notice => notice.ReadAt < read || notice.At < unread).Select(notice => notice.Id).ToList();
        if (due.Count > 0)
            await database.WriteAsync(CompanyScope.Installation, context => All(context).Where(notice => EF.Parameter(due).Contains(notice.Id)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        return page.Count < PageSize || page.TrueForAll(notice => notice.At >= read) ? null : page[^1].Id;
    }

    private static IQueryable<UserNotice> All(AppDbContext context) => context.UserNotices.IgnoreQueryFilters([AppDbContext.CompanyFilter]);
}
