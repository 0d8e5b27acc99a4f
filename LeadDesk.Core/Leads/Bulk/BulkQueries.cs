using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>A change of many leads as people follow it.</summary>
/// <param name="By">Who made it.</param>
/// <param name="CanUndo">It can still be taken back.</param>
public sealed record BulkView(
    long Id, BulkAction Action, BulkState State, int Total, int Changed, int Skipped, int Restored, int NotRestored,
    string By, DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt, DateTime? UndoneAt, bool CancelAsked, string? Error, bool CanUndo)
{
    public bool IsUnderWay => State is BulkState.Waiting or BulkState.Running or BulkState.Undoing;

    /// <summary>How many leads are through, of how many.</summary>
    public (int Done, int Of) Progress => State is BulkState.Undoing or BulkState.Undone ? (Restored + NotRestored, Changed) : (Changed + Skipped, Total);

    /// <summary>Leads in a second so far; null before any is through.</summary>
    public double? RateAt(DateTime now)
    {
        var since = State is BulkState.Undoing ? UndoneAt : StartedAt;
        return since is { } start && Progress.Done > 0 && now > start ? Progress.Done / (now - start).TotalSeconds : null;
    }

    /// <summary>How long it will go on at this rate.</summary>
    public TimeSpan? LeftAt(DateTime now) => RateAt(now) is { } rate and > 0 ? TimeSpan.FromSeconds((Progress.Of - Progress.Done) / rate) : null;
}

/// <summary>A lead that a change, or its undo, left as it is.</summary>
/// <param name="Name">Null when it is not this user's to see.</param>
public sealed record BulkItemView(long LeadId, string? Name, string Reason);

/// <summary>Changes of many leads and how far they are, for who made them and who sees all leads.</summary>
public sealed class BulkQueries(Database database, TimeProvider clock)
{
    private const int MostActive = 5;

    public async Task<Outcome<BulkView>> GetAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return (await Views(context, Visible(context, user).Where(bulk => bulk.Id == id)).ToListAsync(cancellationToken)) is [var view] ? view.Read() : BulkRows.Unknown;
    }

    /// <summary>This user's own changes that go on just now, the newest first.</summary>
    public async Task<IReadOnlyList<BulkView>> UnderWayAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var going = context.BulkChanges.Where(bulk => bulk.UserId == user.UserId && (bulk.State == BulkState.Waiting || bulk.State == BulkState.Running || bulk.State == BulkState.Undoing));
        return (await Views(context, going.OrderByDescending(bulk => bulk.Id).Take(MostActive)).ToListAsync(cancellationToken)).ConvertAll(row => row.Read());
    }

    /// <summary>Leads that stayed as they are, by id: skipped ones, or with <paramref name="notRestored"/> those an undo left.</summary>
    /// <param name="limit">1 to <see cref="Page{T}.MaximumLimit"/>.</param>
    public async Task<Outcome<Page<BulkItemView>>> LeftAsync(CurrentUser user, long id, bool notRestored, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Page<BulkItemView>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<BulkItemView>.MaximumLimit}.");
        var sort = notRestored ? "bulk-left" : "bulk-skipped";
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && after?.Sort != sort)
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");
        await using var context = database.Open(user.CompanyId);
        if (!await Visible(context, user).AnyAsync(bulk => bulk.Id == id, cancellationToken))
            return BulkRows.Unknown;
        var (state, from) = (notRestored ? BulkItemState.NotRestored : BulkItemState.Skipped, after?.Id ?? 0);
        var items = await context.BulkItems.Where(item => item.BulkId == id && item.State == state && item.LeadId > from)
            .OrderBy(item => item.LeadId).Select(item => new { item.LeadId, item.Reason }).Take(limit + 1).ToListAsync(cancellationToken);
        var names = await NamesAsync(context, user, items.ConvertAll(item => item.LeadId), cancellationToken);
        var views = items.ConvertAll(item => new BulkItemView(item.LeadId, names.GetValueOrDefault(item.LeadId), item.Reason ?? ""));
        return views.Count <= limit
            ? new Page<BulkItemView>(views, null)
            : new Page<BulkItemView>(views[..limit], new Cursor(sort, null, views[limit - 1].LeadId).Encode());
    }

    /// <summary>Names of those of the leads that the user sees, in the trash or not.</summary>
    internal static async Task<Dictionary<long, string>> NamesAsync(AppDbContext context, CurrentUser user, List<long> ids, CancellationToken cancellationToken) =>
        (await LeadQueries.Visible(context, LeadSearch.WithIds(context, ids), user).IgnoreQueryFilters([AppDbContext.TrashFilter])
            .Select(lead => new { lead.Id, lead.Name, lead.Email, lead.Phone }).ToListAsync(cancellationToken))
        .ToDictionary(lead => lead.Id, lead => LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id));

    private static IQueryable<BulkChange> Visible(AppDbContext context, CurrentUser user) =>
        user.SeesAllLeads ? context.BulkChanges : context.BulkChanges.Where(bulk => bulk.UserId == user.UserId);

    /// <summary>Without the request, which may name a million leads.</summary>
    private IQueryable<ViewRow> Views(AppDbContext context, IQueryable<BulkChange> changes)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return changes.Select(bulk => new ViewRow(
            bulk.Id, bulk.Action, bulk.State, bulk.Total, bulk.Changed, bulk.Skipped, bulk.Restored, bulk.NotRestored,
            context.Users.Where(person => person.Id == bulk.UserId).Select(person => person.Name).FirstOrDefault(),
            bulk.CreatedAt, bulk.StartedAt, bulk.FinishedAt, bulk.UndoneAt, bulk.CancelAsked, bulk.Error,
            context.UndoEntries.Any(undo => undo.Kind == UndoKind.Bulk && undo.SubjectId == bulk.Id && undo.UsedAt == null && undo.ExpiresAt > now)));
    }

    private sealed record ViewRow(
        long Id, string Action, BulkState State, int Total, int Changed, int Skipped, int Restored, int NotRestored,
        string? By, DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt, DateTime? UndoneAt, bool CancelAsked, string? Error, bool CanUndo)
    {
        public BulkView Read() => new(
            Id, Enum.Parse<BulkAction>(Action), State, Total, Changed, Skipped, Restored, NotRestored, By ?? "LeadDesk", CreatedAt, StartedAt, FinishedAt, UndoneAt, CancelAsked, Error, CanUndo);
    }
}
