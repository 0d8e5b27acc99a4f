using System.Globalization;
using System.Linq.Expressions;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Every list of leads and every lead read: filtered by what the user may see, projected in the query, keyset-paged.</summary>
public sealed class LeadQueries(Database database)
{
    private static readonly Expression<Func<Lead, LeadRow>> ToRow = lead => new LeadRow(
        lead.Id, lead.Name, lead.Organisation, lead.Phone, lead.PhoneValid, lead.Email, lead.Channel, lead.Source, lead.Campaign, lead.Intent, lead.Urgency,
        lead.Score, lead.Grade, lead.StageId, lead.Outcome, lead.OwnerId, lead.LastMessage, lead.MessageCount, lead.SubmissionCount, lead.CreatedAt,
        lead.LastActivityAt, lead.ResponseDueAt, lead.FirstResponseAt, lead.Marks, lead.Version,
        lead.JobTitle, lead.ExternalId, lead.Interest, lead.City, lead.Country);

    private static readonly Func<Lead, LeadRow> Row = ToRow.Compile();

    /// <summary>A lead that is in hand already, as lists show it.</summary>
    public static LeadRow RowOf(Lead lead) => Row(lead);

    /// <param name="cursor">As given by the page before; a cursor of another sort or no cursor at all is refused.</param>
    /// <param name="limit">1 to 500.</param>
    public async Task<Outcome<Page<LeadRow>>> ListAsync(CurrentUser user, LeadFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Page<LeadRow>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<LeadRow>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && (after is null || !Fits(after, filter)))
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");

        await using var context = database.Open(user.CompanyId);
        var list = (IQueryable<Lead> leads) => Sorted(Filtered(Visible(context, leads, user), user, filter), filter, after);
        var query = await LeadSearch.ListAsync(context, filter.Search, list, limit + 1, cancellationToken);
        var rows = await query.Select(ToRow).Take(limit + 1).ToListAsync(cancellationToken);
        if (rows.Count <= limit)
            return new Page<LeadRow>(rows, null);
        rows.RemoveAt(limit);
        return new Page<LeadRow>(rows, CursorOf(rows[^1], filter).Encode());
    }

    /// <summary>How many leads match, counted up to <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(CurrentUser user, LeadFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var list = (IQueryable<Lead> leads) => Filtered(Visible(context, leads, user), user, filter).OrderByDescending(lead => lead.CreatedAt);
        var query = await LeadSearch.ListAsync(context, filter.Search, list, most, cancellationToken);
        return await query.Take(most).CountAsync(cancellationToken);
    }

    /// <summary>Those of some leads that match, in no order: for screens that follow changes.</summary>
    /// <param name="ids">Of more than 500 that match, some are left out.</param>
    public async Task<IReadOnlyList<LeadRow>> AmongAsync(CurrentUser user, LeadFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var some = Filtered(Visible(context, user).Where(lead => ids.Contains(lead.Id)), user, filter);
        var query = await LeadSearch.AmongAsync(context, filter.Search, some, cancellationToken);
        return await query.Take(Page<LeadRow>.MaximumLimit).Select(ToRow).ToListAsync(cancellationToken);
    }

    /// <summary>The leads before and after one in a list; both null when it is not this user's to see.</summary>
    public async Task<LeadNeighbours> NeighboursAsync(CurrentUser user, LeadFilter filter, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var row = await Visible(context, user).Where(lead => lead.Id == leadId).Select(ToRow).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
            return LeadNeighbours.None;
        return new LeadNeighbours(await NextAsync(filter with { Ascending = !filter.Ascending }), await NextAsync(filter));

        async Task<long?> NextAsync(LeadFilter direction)
        {
            var list = (IQueryable<Lead> leads) => Sorted(Filtered(Visible(context, leads, user), user, direction), direction, CursorOf(row, direction));
            var query = await LeadSearch.ListAsync(context, direction.Search, list, 1, cancellationToken);
            return await query.Select(lead => (long?)lead.Id).FirstOrDefaultAsync(cancellationToken);
        }
    }

    public async Task<LeadRow?> RowAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await Visible(context, user).Where(lead => lead.Id == leadId).Select(ToRow).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<bool> CanSeeAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken);
    }

    /// <returns>Refused as missing when it does not exist, is in the trash, or is not this user's to see.</returns>
    public async Task<Outcome<LeadDetails>> GetAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var lead = await Visible(context, user).FirstOrDefaultAsync(row => row.Id == leadId, cancellationToken);
        if (lead is null)
            return Refusal.Missing("lead");
        var analysis = await context.LeadAnalyses.Where(row => row.LeadId == leadId).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var duplicates = await context.PossibleDuplicates
            .Where(pair => pair.LeadId == leadId || pair.OtherLeadId == leadId)
            .Join(Visible(context, user), pair => pair.LeadId == leadId ? pair.OtherLeadId : pair.LeadId, other => other.Id, (pair, other) => new { pair.Reason, other.Id, other.Name, other.Email, other.Phone })
            .OrderBy(row => row.Id).Take(20).ToListAsync(cancellationToken);
        var consents = await context.LeadConsents.Where(row => row.LeadId == leadId).OrderByDescending(row => row.Id).Take(50).ToListAsync(cancellationToken);
        var helpers = await context.LeadHelpers.Where(row => row.LeadId == leadId).OrderBy(row => row.Since).ThenBy(row => row.UserId).Select(row => new LeadHelperView(row.UserId, context.Users.Where(person => person.Id == row.UserId).Select(person => person.Name).FirstOrDefault() ?? "", row.Since)).ToListAsync(cancellationToken);
        return new LeadDetails(lead, analysis, consents, [.. duplicates.Select(row => new LeadDuplicate(row.Id, LeadNames.Display(row.Name, row.Email, row.Phone, row.Id), row.Reason))]) { Helpers = helpers };
    }

    public async Task<IReadOnlyList<LeadMessage>> MessagesAsync(CurrentUser user, long leadId, int most, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return [];
        return await context.LeadMessages.Where(message => message.LeadId == leadId).OrderByDescending(message => message.Id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>Channels in use, for filters; the most common ones first.</summary>
    public async Task<IReadOnlyList<string>> ChannelsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Channel && counter.OwnerId == 0)
            .GroupBy(counter => counter.Key).OrderByDescending(group => group.Sum(counter => counter.Count)).Select(group => group.Key).Take(50).ToListAsync(cancellationToken);
    }

    /// <summary>The leads this user may see; those in the trash are left out by the model's filter.</summary>
    internal static IQueryable<Lead> Visible(AppDbContext context, CurrentUser user) => Visible(context, context.Leads, user);

    /// <summary>Who does not see all sees what he owns or helps with.</summary>
    private static IQueryable<Lead> Visible(AppDbContext context, IQueryable<Lead> leads, CurrentUser user) =>
        user.SeesAllLeads
            ? leads
            : leads.Where(lead => lead.OwnerId == user.UserId || context.LeadHelpers.Any(helper => helper.LeadId == lead.Id && helper.UserId == user.UserId));

    /// <summary>Open and not answered yet; nobody waits behind a trial of a source.</summary>
    internal static IQueryable<Lead> Waiting(IQueryable<Lead> leads) =>
        leads.Where(lead => lead.FirstResponseAt == null && lead.Outcome == LeadOutcome.Open && (lead.Marks & LeadMarks.Test) == LeadMarks.None);

    private static IQueryable<Lead> Filtered(IQueryable<Lead> query, CurrentUser user, LeadFilter filter)
    {
        if (filter.Grade is { } grade)
            query = query.Where(lead => lead.Grade == grade);
        if (filter.Channel is { } channel)
            query = query.Where(lead => lead.Channel == channel);
        if (filter.StageId is { } stage)
            query = query.Where(lead => lead.StageId == stage);
        if (filter.Intent is { } intent)
            query = query.Where(lead => lead.Intent == intent);
        if (filter.Owner is { } owner && user.SeesAllLeads)
            query = query.Where(lead => lead.OwnerId == owner.UserId);
        if (filter.Outcome is { } outcome)
            query = query.Where(lead => lead.Outcome == outcome);
        if (filter.Waiting || filter.OverdueAt is not null || filter.Sort is LeadSort.Response)
            query = Waiting(query);
        if (filter.Answered)
            query = query.Where(lead => lead.FirstResponseAt != null || lead.Outcome != LeadOutcome.Open);
        if (filter.OverdueAt is { } now)
            query = query.Where(lead => lead.ResponseDueAt < now);
        if (filter.CreatedFrom is { } from)
            query = query.Where(lead => lead.CreatedAt >= from);
        if (filter.CreatedBefore is { } before)
            query = query.Where(lead => lead.CreatedAt < before);
        return query;
    }

    /// <summary>A cursor is the caller's input: its value must be of the sort's kind.</summary>
    private static bool Fits(Cursor after, LeadFilter filter) => after.Sort == SortName(filter) && filter.Sort switch
    {
        LeadSort.Score => int.TryParse(after.Value, CultureInfo.InvariantCulture, out _),
        LeadSort.Name => after.Value is not null,
        LeadSort.Activity or LeadSort.Response or LeadSort.Created => DateTime.TryParseExact(after.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
        _ => true,
    };

    private static string SortName(LeadFilter filter) => $"{filter.Sort}{(filter.Ascending ? "+" : "-")}";

    private static Cursor CursorOf(LeadRow row, LeadFilter filter) => new(
        SortName(filter),
        filter.Sort switch
        {
            LeadSort.Score => row.Score.ToString(CultureInfo.InvariantCulture),
            LeadSort.Name => LeadText.NameKey(row.Name, row.Email, row.Phone),
            LeadSort.Activity => row.LastActivityAt.ToString("O"),
            LeadSort.Response => row.ResponseDueAt.ToString("O"),
            _ => row.CreatedAt.ToString("O"),
        },
        row.Id);

    private static IQueryable<Lead> Sorted(IQueryable<Lead> query, LeadFilter filter, Cursor? after) => filter.Sort switch
    {
        LeadSort.Score => Keyset.Sort(query, lead => lead.Score, after is null ? null : int.Parse(after.Value!, CultureInfo.InvariantCulture), after?.Id, filter.Ascending),
        LeadSort.Name => Keyset.Sort(query, lead => lead.NameKey, after?.Value, after?.Id, filter.Ascending),
        LeadSort.Activity => Keyset.Sort(query, lead => lead.LastActivityAt, Time(after), after?.Id, filter.Ascending),
        LeadSort.Response => Keyset.Sort(query, lead => lead.ResponseDueAt, Time(after), after?.Id, filter.Ascending),
        _ => Keyset.Sort(query, lead => lead.CreatedAt, Time(after), after?.Id, filter.Ascending),
    };

    private static DateTime? Time(Cursor? after) =>
        after is null ? null : DateTime.ParseExact(after.Value!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
