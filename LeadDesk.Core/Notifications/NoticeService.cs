using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Notifications;

/// <summary>Opens and closes what admins must know.</summary>
public sealed class NoticeService(Database database, TimeProvider clock)
{
    /// <summary>Tells the admins, unless a notice of this kind and subject stands open already; its text is brought up to date then.</summary>
    /// <param name="link">The page where it can be put right.</param>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> OpenAsync(long companyId, string kind, string subject, string text, string? link, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await database.WriteAsync(
            companyId,
            async context =>
            {
                if (await Open(context, kind, subject).FirstOrDefaultAsync(cancellationToken) is { } open)
                {
                    open.Text = text;
                    return false;
                }

                context.Notices.Add(new Notice { Kind = kind, Subject = subject, Text = text, Link = link, At = now });
                return true;
            },
            cancellationToken);
    }

    /// <summary>The cause is gone.</summary>
    public async Task CloseAsync(long companyId, string kind, string subject, CancellationToken cancellationToken)
    {
        await using (var context = database.Open(companyId))
        {
            if (!await Open(context, kind, subject).AnyAsync(cancellationToken))
                return;
        }

        DateTime? now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            companyId,
            context => Open(context, kind, subject).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>An admin has seen it and puts it aside.</summary>
    public async Task<Outcome<bool>> PutAsideAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageSources))
            return NoticeQueries.NotAllowed;
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        var changed = await database.WriteAsync(
            user.CompanyId,
            context => context.Notices.Where(row => row.Id == id && row.ClosedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, now).SetProperty(row => row.ClosedById, user.UserId), cancellationToken),
            cancellationToken);
        return changed > 0 ? true : Refusal.Missing("notice");
    }

    private static IQueryable<Notice> Open(AppDbContext context, string kind, string subject) =>
        context.Notices.Where(row => row.Kind == kind && row.Subject == subject && row.ClosedAt == null);
}

/// <summary>What admins are told just now.</summary>
public sealed class NoticeQueries(Database database)
{
    /// <summary>More than this would not be read.</summary>
    private const int Most = 20;

    internal static Refusal NotAllowed { get; } = Refusal.Forbidden("Only admins see notices about the company's sources.");

    /// <returns>Newest first, at most twenty; none for roles that cannot act on them.</returns>
    public async Task<IReadOnlyList<Notice>> OpenAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageSources))
            return [];
        await using var context = database.Open(user.CompanyId);
        return await context.Notices.Where(row => row.ClosedAt == null).OrderByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
    }
}
