using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.FollowUps;

/// <summary>Lists of what is to be done: everybody's for those who see all leads, else what belongs to the leads one sees.</summary>
public sealed class FollowUpQueries(Database database)
{
    private const int MostOfLead = 60;
    private const int MostDue = 20;

    /// <returns>The open ones by time, then the last ten that are done; nothing when the lead is not this user's to see.</returns>
    public async Task<IReadOnlyList<FollowUpView>> OfLeadAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var all = Rows(context, user).Where(row => row.Task.LeadId == leadId);
        var open = await View(context, all.Where(row => row.Task.DoneAt == null).OrderBy(row => row.Task.DueAt).ThenBy(row => row.Task.Id)).Take(MostOfLead).ToListAsync(cancellationToken);
        var done = await View(context, all.Where(row => row.Task.DoneAt != null).OrderByDescending(row => row.Task.DoneAt).ThenByDescending(row => row.Task.Id)).Take(10).ToListAsync(cancellationToken);
        return [.. open, .. done];
    }

    /// <summary>Open ones by the time they are due, those that are done by the time they ended, the last first.</summary>
    /// <param name="limit">1 to 500.</param>
    public async Task<Outcome<Page<FollowUpView>>> ListAsync(CurrentUser user, FollowUpFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Page<FollowUpView>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<FollowUpView>.MaximumLimit}.");
        var sort = $"follow-ups-{filter.State}";
        var after = Cursor.Decode(cursor);
        var time = default(DateTime);
        if (!string.IsNullOrEmpty(cursor) && (after?.Sort != sort || !DateTime.TryParseExact(after.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time)))
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");
        await using var context = database.Open(user.CompanyId);
        var rows = Filtered(Rows(context, user), filter);
        var sorted = filter.State is FollowUpState.Open
            ? (after is null ? rows : rows.Where(row => row.Task.DueAt >= time && (row.Task.DueAt > time || row.Task.Id > after.Id))).OrderBy(row => row.Task.DueAt).ThenBy(row => row.Task.Id)
            : (after is null ? rows : rows.Where(row => row.Task.DoneAt <= time && (row.Task.DoneAt < time || row.Task.Id < after.Id))).OrderByDescending(row => row.Task.DoneAt).ThenByDescending(row => row.Task.Id);
        var found = await View(context, sorted).Take(limit + 1).ToListAsync(cancellationToken);
        if (found.Count <= limit)
            return new Page<FollowUpView>(found, null);
        found.RemoveAt(limit);
        var last = found[^1];
        return new Page<FollowUpView>(found, new Cursor(sort, (last.DoneAt ?? last.DueAt).ToString("O"), last.Id).Encode());
    }

    /// <summary>Open ones counted by when they are due.</summary>
    /// <param name="userId">One person's; null for everybody's.</param>
    /// <param name="endOfToday">In UTC, as the reader's zone has it.</param>
    public async Task<FollowUpCounts> CountsAsync(CurrentUser user, long? userId, DateTime now, DateTime endOfToday, DateTime endOfWeek, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var counted = await Filtered(Rows(context, user), new FollowUpFilter(UserId: userId))
            .GroupBy(row => row.Task.DueAt < now ? 0 : row.Task.DueAt < endOfToday ? 1 : row.Task.DueAt < endOfWeek ? 2 : 3)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new FollowUpCounts(counted.GetValueOrDefault(0), counted.GetValueOrDefault(1), counted.GetValueOrDefault(2), counted.GetValueOrDefault(3));
    }

    /// <summary>The user's own that are due: the longest overdue first, at most twenty.</summary>
    public async Task<IReadOnlyList<FollowUpView>> DueAsync(CurrentUser user, DateTime now, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await View(context, Due(context, user, now).OrderBy(row => row.Task.DueAt).ThenBy(row => row.Task.Id)).Take(MostDue).ToListAsync(cancellationToken);
    }

    /// <summary>How many of the user's own are due, counted up to a hundred.</summary>
    public async Task<int> CountDueAsync(CurrentUser user, DateTime now, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await Due(context, user, now).Take(100).CountAsync(cancellationToken);
    }

    private static IQueryable<Row> Due(AppDbContext context, CurrentUser user, DateTime now) =>
        Filtered(Rows(context, user), new FollowUpFilter(UserId: user.UserId, DueBefore: now));

    /// <summary>Those of leads in the trash rest with them.</summary>
    private static IQueryable<Row> Rows(AppDbContext context, CurrentUser user) =>
        context.FollowUps.Join(LeadQueries.Visible(context, user), task => task.LeadId, lead => lead.Id, (task, lead) => new Row { Task = task, Lead = lead });

    private static IQueryable<Row> Filtered(IQueryable<Row> rows, FollowUpFilter filter)
    {
        rows = filter.State is FollowUpState.Open ? rows.Where(row => row.Task.DoneAt == null) : rows.Where(row => row.Task.DoneAt != null);
        if (filter.UserId is { } person)
            rows = rows.Where(row => row.Task.UserId == person);
        if (filter.DueFrom is { } from)
            rows = rows.Where(row => row.Task.DueAt >= from);
        if (filter.DueBefore is { } before)
            rows = rows.Where(row => row.Task.DueAt < before);
        return rows;
    }

    private static IQueryable<FollowUpView> View(AppDbContext context, IQueryable<Row> rows) => rows.Select(row => new FollowUpView(
        row.Task.Id, row.Lead.Id, LeadNames.Display(row.Lead.Name, row.Lead.Email, row.Lead.Phone, row.Lead.Id), row.Lead.PhoneValid ? row.Lead.Phone : null, row.Lead.StageId,
        row.Task.Kind, row.Task.DueAt, row.Task.Text, row.Task.UserId,
        context.Users.Where(person => person.Id == row.Task.UserId).Select(person => person.Name).FirstOrDefault() ?? "", row.Task.DoneAt));

    private sealed class Row
    {
        public required FollowUp Task { get; init; }

        public required Lead Lead { get; init; }
    }
}
