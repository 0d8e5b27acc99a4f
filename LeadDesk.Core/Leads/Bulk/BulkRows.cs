using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>The rows of changes, as service, job and undo use them.</summary>
internal static class BulkRows
{
    public static readonly Refusal Unknown = Refusal.Missing("change");

    /// <summary>A change is shown to who made it and to who sees all leads.</summary>
    public static bool MaySee(CurrentUser user, BulkChange bulk) => bulk.UserId == user.UserId || user.SeesAllLeads;

    /// <summary>Tracked, and nobody else's until the transaction ends.</summary>
    public static Task<BulkChange?> LockAsync(AppDbContext context, long companyId, long id, CancellationToken cancellationToken) =>
        (context.Database.IsNpgsql()
            ? context.BulkChanges.FromSql($"SELECT * FROM bulk_changes WHERE company_id = {companyId} AND id = {id} FOR UPDATE")
            : context.BulkChanges.Where(row => row.Id == id)).AsTracking().SingleOrDefaultAsync(cancellationToken);

    /// <summary>Writes what became of items.</summary>
    public static Task WriteAsync(AppDbContext context, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken) =>
        ManyRows.UpdateAsync(context, items, [nameof(BulkItem.Before), nameof(BulkItem.Reason), nameof(BulkItem.State), nameof(BulkItem.Version)], cancellationToken);

    /// <summary>A time without what is smaller than a microsecond, which neither database keeps.</summary>
    public static DateTime Exact(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
