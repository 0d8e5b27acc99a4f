using System.Linq.Expressions;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Every list of leads and every lead read: filtered by what the user may see, projected in the query, keyset-paged.</summary>
public sealed class LeadQueries(Database database)
{
    private static readonly Expression<Func<Lead, LeadRow>> ToRow = lead => new LeadRow(
        lead.Id, lead.Name, lead.Organisation, lead.Phone, lead.PhoneValid, lead.Email, lead.Channel, lead.Source, lead.Campaign, lead.Intent, lead.Urgency,
        lead.Score, lead.Grade, lead.StageId, lead.Outcome, lead.OwnerId, lead.LastMessage, lead.MessageCount, lead.SubmissionCount, lead.CreatedAt,
        lead.LastActivityAt, lead.ResponseDueAt, lead.FirstResponseAt, lead.Marks, lead.Version,
        lead.JobTitle, lead.ExternalId, lead.Interest, lead.City, lead.Country, lead.Value, lead.NextFollowUpAt, lead.LostReasonId, lead.Kind, lead.ImportId);

    private static readonly Func<Lead, LeadRow> Row = ToRow.Compile();

    internal FinderLimits Limits { get; init; } = new();

    /// <summary>A lead that is in hand already, as lists show it.</summary>
    public static LeadRow RowOf(Lead lead) => Row(lead);

    /// <param name="cursor">As given by the page before; a cursor of another sort or no cursor at all is refused.</param>
    /// <param name="limit">1 to 500.</param>
    public async Task<Outcome<Page<LeadRow>>> ListAsync(CurrentUser user, LeadFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Page<LeadRow>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<LeadRow>.MaximumLimit}.");
        await using var context = database.Open(user.CompanyId);
        var order = await LeadOrders.OfAsync(context, filter, backwards: false, cancellationToken);
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && (after is null || !order.Fits(after)))
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");

        var finder = await FinderAsync(context, user, filter, cancellationToken);
        var rows = await PageAsync(finder, order, after, limit + 1, cancellationToken);
        if (rows.Count <= limit)
            return new Page<LeadRow>(rows, null);
        rows.RemoveAt(limit);
        return new Page<LeadRow>(rows, (await order.CursorAsync(context, rows[^1], cancellationToken)).Encode());
    }

    /// <summary>How many leads match: all of them where the running totals tell, else counted up to <paramref name="most"/>.</summary>
    public async Task<LeadCount> CountAsync(CurrentUser user, LeadFilter filter, int most, CancellationToken cancellationToken)
    {
        if (await TotalAsync(user, filter, cancellationToken) is { } total)
            return new LeadCount(total, More: false);
        await using var context = database.Open(user.CompanyId);
        var newest = filter with { Sort = filter.Sort is LeadSort.Response ? LeadSort.Response : LeadSort.Created };
        var finder = await FinderAsync(context, user, newest, cancellationToken);
        var asked = most is int.MaxValue ? most : most + 1;
        var query = await finder.ListAsync(new LeadStretch(NewestFirst) { AnyOrder = true }, asked, cancellationToken);
        var count = await query.Take(asked).CountAsync(cancellationToken);
        return new LeadCount(Math.Min(count, most), count > most);
    }

    /// <summary>How many leads match by the running totals, whatever their number.</summary>
    /// <returns>Null when the totals do not tell, or do not concern this user.</returns>
    public async Task<int?> TotalAsync(CurrentUser user, LeadFilter filter, CancellationToken cancellationToken)
    {
        if (!user.SeesAllLeads || filter.Search is not null)
            return null;
        await using var context = database.Open(user.CompanyId);
        return await LeadTotals.CountAsync(context, LeadTests.Of(user, filter, terms: null, helped: []), cancellationToken);
    }

    /// <summary>How many leads match and what they are worth together in hundredths, both of at most <paramref name="most"/> leads, the newest.</summary>
    public async Task<(int Count, long Value)> WorthAsync(CurrentUser user, LeadFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var newest = filter with { Sort = filter.Sort is LeadSort.Response ? LeadSort.Response : LeadSort.Created };
        var finder = await FinderAsync(context, user, newest, cancellationToken);
        var query = await finder.ListAsync(new LeadStretch(NewestFirst), most, cancellationToken);
        var worth = await query.Take(most).GroupBy(lead => 1).Select(all => new { Count = all.Count(), Value = all.Sum(lead => lead.Value) }).FirstOrDefaultAsync(cancellationToken);
        return (worth?.Count ?? 0, worth?.Value ?? 0);
    }

    /// <summary>Those of some leads that match, in no order: for screens that follow changes.</summary>
    /// <param name="ids">Of more than 500 that match, some are left out.</param>
    public async Task<IReadOnlyList<LeadRow>> AmongAsync(CurrentUser user, LeadFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var finder = await FinderAsync(context, user, filter, cancellationToken);
        return await finder.Among(LeadSearch.WithIds(context, [.. ids])).Take(Page<LeadRow>.MaximumLimit).Select(ToRow).ToListAsync(cancellationToken);
    }

    /// <summary>Those of some leads that match, in the list's order: for screens whose rows do not tell where a new one belongs.</summary>
    /// <param name="ids">A few hundred at most.</param>
    public async Task<IReadOnlyList<LeadRow>> InOrderAsync(CurrentUser user, LeadFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var order = await LeadOrders.OfAsync(context, filter, backwards: false, cancellationToken);
        var few = (await FinderAsync(context, user, filter, cancellationToken)).Among(LeadSearch.WithIds(context, [.. ids]));
        var rows = new List<LeadRow>();
        foreach (var stretch in order.From(null))
            rows.AddRange(await stretch.Sort(few).Select(ToRow).ToListAsync(cancellationToken));
        return rows;
    }

    /// <summary>The leads before and after one in a list; both null when it is not this user's to see.</summary>
    public async Task<LeadNeighbours> NeighboursAsync(CurrentUser user, LeadFilter filter, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var row = await Visible(context, user).Where(lead => lead.Id == leadId).Select(ToRow).FirstOrDefaultAsync(cancellationToken);
        return row is null ? LeadNeighbours.None : new LeadNeighbours(await NextAsync(backwards: true), await NextAsync(backwards: false));

        async Task<long?> NextAsync(bool backwards)
        {
            var order = await LeadOrders.OfAsync(context, filter, backwards, cancellationToken);
            var after = await order.CursorAsync(context, row, cancellationToken);
            var finder = await FinderAsync(context, user, filter, cancellationToken);
            return (await PageAsync(finder, order, after, 1, cancellationToken)).FirstOrDefault()?.Id;
        }
    }

    /// <summary>Every lead of a list in its order; for exports.</summary>
    /// <param name="only">Of those that match, these; null for all.</param>
    /// <param name="except">Of those that match, these not.</param>
    internal async Task<LeadWalk> WalkAsync(CurrentUser user, LeadFilter filter, IReadOnlyList<long>? only, IReadOnlyList<long> except, CancellationToken cancellationToken)
    {
        var context = database.Open(user.CompanyId);
        try
        {
            await ReadSnapshot.PrepareAsync(context, cancellationToken);
            var order = await LeadOrders.OfAsync(context, filter, backwards: false, cancellationToken);
            var finder = await FinderAsync(context, user, filter, cancellationToken);
            var all = only is null ? await finder.AllAsync(cancellationToken) : finder.Among(LeadSearch.WithIds(context, only));
            return new LeadWalk(context, order, except.Count is 0 ? all : all.Where(lead => !EF.Parameter(except).Contains(lead.Id)));
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next ids of the leads that match, ascending, whatever the list's order: for work on all of them in steps.</summary>
    /// <param name="afterId">0 to begin with.</param>
    public async Task<IReadOnlyList<long>> IdsAsync(CurrentUser user, LeadFilter filter, long afterId, int most, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var all = await (await FinderAsync(context, user, filter, cancellationToken)).AllAsync(cancellationToken);
        return await all.Where(lead => lead.Id > afterId).OrderBy(lead => lead.Id).Select(lead => lead.Id).Take(most).ToListAsync(cancellationToken);
    }

    public async Task<LeadRow?> RowAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await Visible(context, user).Where(lead => lead.Id == leadId).Select(ToRow).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Which of some people help with which of some leads, for telling them of changes.</summary>
    public async Task<IReadOnlyCollection<(long LeadId, long UserId)>> HelpersAsync(long companyId, IReadOnlyCollection<long> users, IReadOnlyCollection<long> leadIds, CancellationToken cancellationToken)
    {
        if (users.Count is 0 || leadIds.Count is 0)
            return [];
        await using var context = database.Open(companyId);
        var rows = await context.LeadHelpers.Where(helper => EF.Parameter(leadIds).Contains(helper.LeadId) && EF.Parameter(users).Contains(helper.UserId))
            .Select(helper => new { helper.LeadId, helper.UserId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.LeadId, row.UserId))];
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
            .Where(pair => pair.State == Duplicates.DuplicateState.Open && (pair.LeadId == leadId || pair.OtherLeadId == leadId))
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

    /// <summary>A lead that was read in the same snapshot.</summary>
    internal static Task<LeadRow> RowAsync(AppDbContext context, long leadId, CancellationToken cancellationToken) =>
        context.Leads.Where(lead => lead.Id == leadId).Select(ToRow).SingleAsync(cancellationToken);

    /// <summary>The leads this user may see; those in the trash are left out by the model's filter.</summary>
    internal static IQueryable<Lead> Visible(AppDbContext context, CurrentUser user) => Visible(context, context.Leads, user);

    /// <summary>Who does not see all sees what he owns or helps with.</summary>
    internal static IQueryable<Lead> Visible(AppDbContext context, IQueryable<Lead> leads, CurrentUser user) =>
        user.SeesAllLeads
            ? leads
            : leads.Where(lead => lead.OwnerId == user.UserId || context.LeadHelpers.Any(helper => helper.LeadId == lead.Id && helper.UserId == user.UserId));

    /// <summary>Open and not answered yet; nobody waits behind a trial of a source.</summary>
    internal static IQueryable<Lead> Waiting(IQueryable<Lead> leads) =>
        leads.Where(lead => lead.FirstResponseAt == null && lead.Outcome == LeadOutcome.Open && (lead.Marks & LeadMarks.Test) == LeadMarks.None);

    private static IOrderedQueryable<Lead> NewestFirst(IQueryable<Lead> leads) => leads.OrderByDescending(lead => lead.CreatedAt).ThenByDescending(lead => lead.Id);

    private async Task<LeadFinder> FinderAsync(AppDbContext context, CurrentUser user, LeadFilter filter, CancellationToken cancellationToken)
    {
        // It asks several times, on one connection until the context is gone.
        await context.Database.OpenConnectionAsync(cancellationToken);
        var terms = await LeadSearch.ReadAsync(context, filter.Search, cancellationToken);
        IReadOnlyList<long> helped = user.SeesAllLeads
            ? []
            : await context.LeadHelpers.Where(helper => helper.UserId == user.UserId).Select(helper => helper.LeadId).Take(LeadTests.FewHelped + 1).ToListAsync(cancellationToken);
        return new LeadFinder(context, await ClosedStages.BoundAsync(context, LeadTests.Of(user, filter, terms, helped), cancellationToken), filter.Sort, Limits);
    }

    private static async Task<List<LeadRow>> PageAsync(LeadFinder finder, LeadOrder order, Cursor? after, int size, CancellationToken cancellationToken)
    {
        var rows = new List<LeadRow>();
        foreach (var stretch in order.From(after))
        {
            var query = await finder.ListAsync(stretch, size - rows.Count, cancellationToken);
            rows.AddRange(await query.Select(ToRow).Take(size - rows.Count).ToListAsync(cancellationToken));
            if (rows.Count == size)
                break;
        }

        return rows;
    }
}
