using System.Globalization;
using System.Linq.Expressions;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>A part of a list's order that an index can walk.</summary>
/// <param name="Sort">Sorts leads, and leaves out those up to the one that the page before ended with.</param>
internal sealed record LeadStretch(Func<IQueryable<Lead>, IQueryable<Lead>> Sort)
{
    /// <summary>The ids in this order along an index alone; null where those of <see cref="Sort"/> are as good.</summary>
    public Func<AppDbContext, IQueryable<long>>? Ids { get; init; }

    /// <summary>Whether only the leads tell their places, so that walking means to look at each.</summary>
    public bool NeedsLeads { get; init; }

    /// <summary>Whether leads of another part are among these ids.</summary>
    public bool HasOthers { get; init; }

    /// <summary>What all its leads meet; null where it is not for one group.</summary>
    public LeadTest? Group { get; init; }

    /// <summary>Nobody looks at the order: it only tells where to begin.</summary>
    public bool AnyOrder { get; init; }
}

/// <summary>
/// The order of a list: stretches that follow one another, each of which an index can walk. Leads with a value and then those
/// without one are two; sorted by stage, each stage is one.
/// </summary>
internal abstract class LeadOrder
{
    private const string RestMark = "0";

    /// <summary>The stretches from a place on; from the beginning for null.</summary>
    public abstract IEnumerable<LeadStretch> From(Cursor? after);

    /// <summary>A cursor is the caller's input: whether its value is of this order's kind.</summary>
    public abstract bool Fits(Cursor after);

    /// <summary>The place right behind a lead.</summary>
    public abstract Task<Cursor> CursorAsync(AppDbContext context, LeadRow row, CancellationToken cancellationToken);

    /// <summary>The leads without a value, newest first, along the index of that; backwards the other way round.</summary>
    /// <param name="name">Of the order; a cursor among these leads has a name of its own.</param>
    protected static IQueryable<Lead> Rest(IQueryable<Lead> leads, string name, Cursor? after, bool backwards) =>
        Keyset.Sort(leads, lead => lead.CreatedAt, IsInRest(name, after) ? (Time(after!.Value)!.Value, after.Id) : null, ascending: backwards);

    protected static Cursor InRest(string name, LeadRow row) => new(name + RestMark, Time(row.CreatedAt), row.Id);

    protected static bool IsInRest(string name, Cursor? after) => after?.Sort == name + RestMark && Time(after.Value) is not null;

    protected static string Time(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);

    protected static DateTime? Time(string? text) =>
        DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
}

/// <summary>By a column of the lead. Leads without a value come last, and first when the list is read backwards.</summary>
/// <param name="text">The value in a cursor.</param>
/// <param name="read">The value of a cursor's text; false when it is none.</param>
/// <param name="ofRow">The value as a row of the list has it.</param>
/// <param name="hasValue">Null when every lead has one.</param>
internal sealed class ColumnOrder<TKey>(
    string name, Expression<Func<Lead, TKey>> key, Func<LeadRow, TKey> ofRow, Func<TKey, string> text, TryRead<TKey> read, Expression<Func<Lead, bool>>? hasValue, bool ascending, bool backwards)
    : LeadOrder
{
    private bool Up => ascending != backwards;

    public override IEnumerable<LeadStretch> From(Cursor? after)
    {
        var some = new LeadStretch(leads => Keyset.Sort(hasValue is null ? leads : leads.Where(hasValue), key, Place(after), Up));
        if (hasValue is null)
            return [some];
        var rest = new LeadStretch(leads => Rest(leads.Where(Without), name, after, backwards)) { Ids = context => Rest(context.Leads, name, after, backwards).Select(lead => lead.Id), HasOthers = true };
        return (backwards, after is null, IsInRest(name, after)) switch
        {
            (false, _, false) => [some, rest],
            (false, _, true) => [rest],
            (true, false, false) => [some],
            (true, _, _) => [rest, some],
        };
    }

    public override bool Fits(Cursor after) => (after.Sort == name && after.Value is not null && read(after.Value, out _)) || (hasValue is not null && IsInRest(name, after));

    public override Task<Cursor> CursorAsync(AppDbContext context, LeadRow row, CancellationToken cancellationToken) =>
        Task.FromResult(ofRow(row) is { } value ? new Cursor(name, text(value), row.Id) : InRest(name, row));

    private Expression<Func<Lead, bool>> Without => Expression.Lambda<Func<Lead, bool>>(Expression.Not(hasValue!.Body), hasValue.Parameters);

    private (TKey Value, long Id)? Place(Cursor? after) => after?.Sort == name && after.Value is { } written && read(written, out var value) ? (value, after.Id) : null;
}

internal delegate bool TryRead<T>(string text, out T value);

/// <summary>A value of a lead that stands in another table.</summary>
internal sealed class SideKey<TKey>
{
    /// <summary>Null where only the other table is read.</summary>
    public Lead Lead { get; init; } = null!;

    public long LeadId { get; init; }

    public required TKey Key { get; init; }
}

/// <summary>By a value in another table, along its index; leads without one come last.</summary>
/// <param name="withKey">The leads with their values.</param>
/// <param name="withoutKey">The leads that have none.</param>
/// <param name="keys">The values alone; null when only the lead tells which of several is its own.</param>
internal sealed class SideOrder<TKey>(
    string name, Func<AppDbContext, IQueryable<Lead>, IQueryable<SideKey<TKey>>> withKey, Func<AppDbContext, IQueryable<Lead>, IQueryable<Lead>> withoutKey,
    Func<AppDbContext, IQueryable<SideKey<TKey>>>? keys, AppDbContext reading, Func<TKey, string> text, TryRead<TKey> read, bool ascending, bool backwards) : LeadOrder
{
    public override IEnumerable<LeadStretch> From(Cursor? after)
    {
        (TKey, long)? place = after?.Sort == name && after.Value is { } written && read(written, out var value) ? (value, after.Id) : null;
        var some = new LeadStretch(leads => Sorted(withKey(reading, leads), place).Select(row => row.Lead)) { Ids = keys is null ? null : context => Sorted(keys(context), place).Select(row => row.LeadId), NeedsLeads = keys is null };
        var rest = new LeadStretch(leads => Rest(withoutKey(reading, leads), name, after, backwards)) { Ids = context => Rest(context.Leads, name, after, backwards).Select(lead => lead.Id), HasOthers = true };
        return (backwards, after is null, IsInRest(name, after)) switch
        {
            (false, _, false) => [some, rest],
            (false, _, true) => [rest],
            (true, false, false) => [some],
            (true, _, _) => [rest, some],
        };
    }

    public override bool Fits(Cursor after) => (after.Sort == name && after.Value is not null && read(after.Value, out _)) || IsInRest(name, after);

    public override async Task<Cursor> CursorAsync(AppDbContext context, LeadRow row, CancellationToken cancellationToken)
    {
        var lead = context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => lead.Id == row.Id);
        var found = await withKey(context, lead).Select(side => side.Key).Take(1).ToListAsync(cancellationToken);
        return found is [var key] ? new Cursor(name, text(key), row.Id) : InRest(name, row);
    }

    private IQueryable<SideKey<TKey>> Sorted(IQueryable<SideKey<TKey>> rows, (TKey, long)? place) =>
        Keyset.Sort(rows, row => row.Key, row => row.LeadId, place, ascending != backwards);
}

/// <summary>One group after the other, newest first in each.</summary>
/// <param name="groups">The words of the groups in their order, each with the tests that tells its leads.</param>
/// <param name="groupOf">A lead's word.</param>
internal sealed class GroupOrder(
    string name, IReadOnlyList<(string Word, LeadTest Test)> groups, Func<LeadRow, string> groupOf, AppDbContext reading, bool backwards) : LeadOrder
{
    private const char Between = '|';

    public override IEnumerable<LeadStretch> From(Cursor? after)
    {
        var (at, created) = after is null ? (0, null) : Read(after);
        for (var group = at; group < groups.Count; group++)
        {
            var test = groups[group].Test;
            (DateTime, long)? place = group == at && created is { } time ? (time, after!.Id) : null;
            yield return new LeadStretch(leads => Keyset.Sort(leads.Where(reading, test), lead => lead.CreatedAt, place, ascending: backwards)) { Group = test };
        }
    }

    public override bool Fits(Cursor after) => after.Sort == name && Read(after) is (>= 0, not null);

    public override Task<Cursor> CursorAsync(AppDbContext context, LeadRow row, CancellationToken cancellationToken) =>
        Task.FromResult(new Cursor(name, $"{groupOf(row)}{Between}{Time(row.CreatedAt)}", row.Id));

    /// <returns>The group's number, or -1 when there is none of that word.</returns>
    private (int Group, DateTime? Created) Read(Cursor after)
    {
        var parts = after.Value?.Split(Between, 2);
        return parts is [var word, var time] ? (groups.Index().FirstOrDefault(group => group.Item.Word == word, (-1, default)).Index, Time(time)) : (-1, null);
    }
}
