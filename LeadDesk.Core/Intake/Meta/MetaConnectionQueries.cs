using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>Connections as their admins see them.</summary>
public sealed class MetaConnectionQueries(Database database)
{
    /// <summary>Sorts as they stand in cursors.</summary>
    private const string ConnectionSort = "meta";

    private const string RunSort = "meta_run";
    private const string GapSort = "meta_gap";
    private const int MostForms = 1000;

    internal static Refusal Missing { get; } = Refusal.Missing("Meta connection");

    /// <summary>Oldest first.</summary>
    /// <param name="limit">1 to <see cref="Page{T}.MaximumLimit"/>.</param>
    public async Task<Outcome<Page<MetaConnectionView>>> ListAsync(CurrentUser actor, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (Check(actor, cursor, ConnectionSort, limit, out var after) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        var lastId = after?.Id ?? 0;
        var rows = await context.MetaConnections.Where(row => row.Id > lastId).OrderBy(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var page = PageOf(rows, limit, row => new Cursor(ConnectionSort, null, row.Id));
        return new Page<MetaConnectionView>([.. page.Items.Select(MetaConnectionView.Of)], page.NextCursor);
    }

    public async Task<Outcome<MetaConnectionView>> GetAsync(CurrentUser actor, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        return await context.MetaConnections.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } connection ? MetaConnectionView.Of(connection) : Missing;
    }

    /// <summary>The forms that were found, by name; at most a thousand.</summary>
    public async Task<Outcome<IReadOnlyList<MetaForm>>> FormsAsync(CurrentUser actor, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        if (!await context.MetaConnections.AnyAsync(row => row.Id == id, cancellationToken))
            return Missing;
        return await context.MetaForms.Where(row => row.ConnectionId == id).OrderBy(row => row.Name).ThenBy(row => row.Id).Take(MostForms).ToListAsync(cancellationToken);
    }

    /// <summary>The last fifty runs and gap checks, newest first.</summary>
    public async Task<Outcome<Page<MetaRun>>> RunsAsync(CurrentUser actor, long id, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (Check(actor, cursor, RunSort, limit, out var after) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        if (!await context.MetaConnections.AnyAsync(row => row.Id == id, cancellationToken))
            return Missing;
        var before = after?.Id ?? long.MaxValue;
        var rows = await context.MetaRuns.Where(row => row.ConnectionId == id && row.Id < before).OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return PageOf(rows, limit, row => new Cursor(RunSort, null, row.Id));
    }

    /// <summary>What the gap check found: the newest day first.</summary>
    public async Task<Outcome<Page<MetaGapDay>>> GapsAsync(CurrentUser actor, long id, string? formId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (Check(actor, cursor, GapSort, limit, out var after) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        if (!await context.MetaConnections.AnyAsync(row => row.Id == id, cancellationToken))
            return Missing;
        var gaps = context.MetaGapDays.Where(row => row.ConnectionId == id);
        if (!string.IsNullOrEmpty(formId))
            gaps = gaps.Where(row => row.FormId == formId);
        if (after is not null)
        {
            if (!int.TryParse(after.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var day))
                return Refusal.Invalid("cursor", "This cursor does not belong to this list.");
            gaps = gaps.Where(row => row.Day <= day && (row.Day < day || row.Id < after.Id));
        }

        var rows = await gaps.OrderByDescending(row => row.Day).ThenByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return PageOf(rows, limit, row => new Cursor(GapSort, row.Day.ToString(CultureInfo.InvariantCulture), row.Id));
    }

    private static Refusal? Check(CurrentUser actor, string? cursor, string sort, int limit, out Cursor? after)
    {
        after = Cursor.Decode(cursor);
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (limit is < 1 or > Page<MetaRun>.MaximumLimit)
            return Refusal.Invalid("limit", $"Give a limit from 1 to {Page<MetaRun>.MaximumLimit}.");
        return cursor is not null && after?.Sort != sort ? Refusal.Invalid("cursor", "This cursor does not belong to this list.") : null;
    }

    private static Page<T> PageOf<T>(List<T> rows, int limit, Func<T, Cursor> cursor) =>
        rows.Count <= limit ? new Page<T>(rows, null) : new Page<T>(rows[..limit], cursor(rows[limit - 1]).Encode());
}
