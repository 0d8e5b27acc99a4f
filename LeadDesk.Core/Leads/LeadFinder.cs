using System.Runtime.CompilerServices;
using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Finds a page of a list among any number of leads.
/// <para>
/// A condition that many leads meet fills the page from the beginning of the list, so that is walked first, along the index of
/// the list's order. What is too rare for that is looked up (<see cref="LeadLookUp"/>): in an index of its own (tag, custom value, facet, search text…),
/// and along the shortest index that holds what is asked (<see cref="LeadRanges"/>). Of a few leads found the list is made; with many at hand the order's
/// index is walked again, by ids alone this time, and only leads that were found are looked at. Gathering all
/// leads to show fifty, or looking at a million to find three, is what this avoids.
/// </para>
/// </summary>
internal sealed class LeadFinder
{
    /// <summary>How many leads of the list are looked at for each row of a page: a few, which tell how many the next step would find, then more.</summary>
    private const int LookedAtFirst = 12, LookedAtNext = 60;

    /// <summary>Work on all leads goes in steps, each of which looks anew: only what is short is looked up.</summary>
    private const int Short = 40_000;

    private readonly AppDbContext context;
    private readonly IReadOnlyList<LeadTest> all;
    private readonly LeadSort sort;
    private readonly FinderLimits limits;
    private readonly IReadOnlyList<LeadTest> served;
    private readonly IReadOnlyList<LeadTest> others;
    private readonly bool held;
    private readonly VisibleTest? visible;
    private readonly LeadFinder? owned;
    private readonly LeadLookUp lookUp;
    private readonly List<IReadOnlyList<long>> walked = [];
    private LeadStretch? walkedOf;
    private IReadOnlyList<long>? exact;
    private bool begun, certain;

    /// <param name="context">Its connection is open.</param>
    /// <param name="all">What must hold.</param>
    public LeadFinder(AppDbContext context, IReadOnlyList<LeadTest> all, LeadSort sort, FinderLimits limits)
    {
        (this.context, this.all, this.sort, this.limits) = (context, all, sort, limits);
        served = LeadTestIndex.ServedBy(sort, all);
        others = [.. all.Except(served)];
        held = LeadRanges.Hold(sort) && all.All(LeadRanges.Hold);
        lookUp = new LeadLookUp(context, all);
        visible = all.OfType<VisibleTest>().FirstOrDefault();
        if (visible is not null)
            owned = new LeadFinder(context, [.. all.Except([visible]), visible.Owned], sort, limits);
    }

    /// <summary>The leads that meet everything, in the order that <paramref name="order"/> gives them.</summary>
    /// <param name="order">Along an index, without what is before the page.</param>
    /// <param name="page">How many will be taken.</param>
    public async Task<IQueryable<Lead>> ListAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        if (others.Count is 0)
            return order.Sort(Narrowed(context.Leads, served));
        if (owned is not null)
            return order.Sort(LeadSearch.WithIds(context, await OwnedAndHelpedAsync(order, page, cancellationToken)));
        if (order.Group is { } group && all.Any(test => LeadTests.Exclude(test, group)))
            return context.Leads.Where(_ => false);
        if (sort is LeadSort.Created && all.All(LeadRanges.Hold) && LeadRanges.BoundInOrder(all))
            return order.Sort(await LeadRanges.ShortestAsync(context, all, cancellationToken));
        if (exact is null && await FirstAsync(order, page, cancellationToken) is { } first)
            return order.Sort(LeadSearch.WithIds(context, first));
        if (exact is not null)
            return order.Sort(LeadSearch.WithIds(context, exact));
        // Nothing that is asked is rare, and yet there are few at the beginning of the list: its order has to do with what is asked.
        return held
            ? order.Sort(await LeadRanges.ShortestAsync(context, all, cancellationToken))
            : order.Sort(LeadSearch.WithIds(context, await LookAtAsync(order, page, cancellationToken)));
    }

    /// <summary>All leads that meet everything, in no order; for work on the whole list.</summary>
    public async Task<IQueryable<Lead>> AllAsync(CancellationToken cancellationToken)
    {
        while (others.Count > 0 && !(lookUp.Found?.Count <= limits.MostFound))
        {
            if (!await lookUp.NarrowAsync(Short, cancellationToken))
                break;
        }

        return lookUp.Found is { } few && few.Count <= limits.MostFound ? Narrowed(LeadSearch.WithIds(context, [.. few.Descending]), all) : Narrowed(context.Leads, all);
    }

    /// <summary>Those of a few leads that meet everything.</summary>
    public IQueryable<Lead> Among(IQueryable<Lead> few) => Narrowed(few, all);

    /// <summary>The beginning of what the user owns, which has an index, and all he helps with, which is little.</summary>
    private async Task<List<long>> OwnedAndHelpedAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        var first = await (await owned!.ListAsync(order, page, cancellationToken)).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);
        var helped = await Narrowed(LeadSearch.WithIds(context, visible!.Helped), all).Select(lead => lead.Id).ToListAsync(cancellationToken);
        return [.. first.Union(helped)];
    }

    /// <returns>The first leads of the stretch, a page of them or all; null when they are better taken from all its leads.</returns>
    private async Task<IReadOnlyList<long>?> FirstAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        if (!begun)
        {
            // One stretch of the order after the other looks at what was found.
            begun = true;
            if (await BeginningAsync(order, page, cancellationToken) is { } first)
                return first;
        }

        while (!(lookUp.Found?.Count <= limits.FewFound))
        {
            if (lookUp.Found is not null && page <= limits.MostFound && !order.NeedsLeads && await WalkAsync(order, page, limits.MostWalked, limits.FewFound, cancellationToken) is { } begins)
                return begins;
            if (!await lookUp.NarrowAsync(held && LeadRanges.Bound(all) ? Short : int.MaxValue, cancellationToken))
                break;
        }

        if (lookUp.Found is not { } found)
            return null;
        if (found.Count > (order.NeedsLeads ? limits.MostWalked : limits.MostFound) && page <= limits.MostFound)
        {
            if (await WalkAsync(order, page, int.MaxValue, certain ? int.MaxValue : 2 * limits.FewFound, cancellationToken) is { } walked)
                return walked;
            // Few of those that were found meet everything. In the order of their ids, which is that of the rows, all are looked at far quicker.
            (var meeting, certain) = (await MeetingAsync(found, cancellationToken), true);
            lookUp.Keep(meeting);
            if (meeting.Count > limits.MostFound && !order.NeedsLeads)
                return await WalkAsync(order, page, int.MaxValue, int.MaxValue, cancellationToken);
            exact = meeting;
            return null;
        }

        exact = await MeetingAsync(found, cancellationToken);
        return null;
    }

    private Task<IReadOnlyList<long>> MeetingAsync(LeadIds found, CancellationToken cancellationToken) =>
        ManyIds.ReadAsync(context, Narrowed(LeadSearch.WithIds(context, [.. found.Descending.Reverse()]), all).Select(lead => lead.Id), cancellationToken);

    /// <returns>A full page from the beginning of the list; null when it would take too long.</returns>
    private async Task<List<long>?> BeginningAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        var (few, more) = ((int)Math.Clamp((long)page * LookedAtFirst, limits.LeastFirst, limits.MostFirst), (int)Math.Clamp((long)page * LookedAtNext, limits.LeastNext, limits.MostNext));
        var first = await LookAtAsync(order, 0, few, page, cancellationToken);
        if (first.Count < page && (long)first.Count * more / few >= page)
            first.AddRange(await LookAtAsync(order, few, more - few, page - first.Count, cancellationToken));
        return first.Count == page ? first : null;
    }

    /// <summary>Looks at one lead after the other, as far as it takes: the order's index alone, which no condition may draw the database away from.</summary>
    private async Task<List<long>> LookAtAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        var first = new List<long>();
        for (var (at, part) = (0, limits.LeastNext); first.Count < page; (at, part) = (at + part, part * 4))
        {
            first.AddRange(await LookAtAsync(order, at, part, page - first.Count, cancellationToken));
            if (!await order.Sort(Narrowed(context.Leads, served)).Skip(at + part).Take(1).AnyAsync(cancellationToken))
                break;
        }

        return first;
    }

    /// <summary>Those among some leads of the list that meet everything, as many as a page takes.</summary>
    private Task<List<long>> LookAtAsync(LeadStretch order, int at, int most, int page, CancellationToken cancellationToken) =>
        Narrowed(order.Sort(Narrowed(context.Leads, served)).Skip(at).Take(most), others).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);

    /// <summary>Goes along the order by ids, and looks at those leads only that were found.</summary>
    /// <param name="mostIds">Of the order, before it is given up.</param>
    /// <param name="mostLeads">To look at, beside those of a page.</param>
    /// <returns>A page, or all of the stretch when they are fewer; null when it was given up.</returns>
    private async Task<List<long>?> WalkAsync(LeadStretch order, int page, int mostIds, int mostLeads, CancellationToken cancellationToken)
    {
        var (first, looked) = (new List<long>(), 0);
        await foreach (var part in PartsAsync(order, mostIds, cancellationToken))
        {
            if (part is null)
                return null;
            for (var at = 0; at < part.Count && first.Count < page;)
            {
                if (looked > (long)mostLeads + page)
                    return null;
                // A few more than are missing; where few of them meet everything, ever more.
                var some = part.GetRange(at, Math.Min(part.Count - at, Math.Max(((page - first.Count) * 5 / 4) + 10, looked)));
                var among = LeadSearch.WithIds(context, some);
                var meeting = await ManyIds.ReadAsync(context, Narrowed(order.HasOthers ? order.Sort(among) : among, all).Select(lead => lead.Id), cancellationToken);
                first.AddRange(some.Where(meeting.ToHashSet().Contains).Take(page - first.Count));
                (at, looked) = (at + some.Count, looked + some.Count);
            }

            if (first.Count == page)
                break;
        }

        return first;
    }

    /// <summary>The found leads in the stretch's order, part by part; null at the end when there would be more.</summary>
    private async IAsyncEnumerable<List<long>?> PartsAsync(LeadStretch order, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (order.AnyOrder)
        {
            foreach (var some in lookUp.Found!.Descending.Chunk(limits.FewFound))
                yield return [.. some];
            yield break;
        }

        if (walkedOf != order)
            walked.Clear();
        walkedOf = order;
        var ids = order.Ids?.Invoke(context) ?? order.Sort(Narrowed(context.Leads, served)).Select(lead => lead.Id);
        for (var (at, part, number) = (0, limits.FirstPart, 0); ; (part, number) = (Math.Min(part * 2, limits.LargestPart), number + 1))
        {
            if (number == walked.Count)
                walked.Add(await ManyIds.ReadAsync(context, ids.Skip(at).Take(part), cancellationToken));
            var read = walked[number];
            yield return [.. read.Where(lookUp.Found!.Contains)];
            at += read.Count;
            if (read.Count < part)
                yield break;
            if (at < most)
                continue;
            yield return null;
            yield break;
        }
    }

    private IQueryable<Lead> Narrowed(IQueryable<Lead> leads, IReadOnlyList<LeadTest> tests) => tests.Aggregate(leads, (narrowed, test) => narrowed.Where(context, test));
}
