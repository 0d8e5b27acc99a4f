using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Finds a page of a list among any number of leads.
/// <para>
/// A condition that many leads meet fills the page from the beginning of the list, so that is walked first, along the index of
/// the list's order. What is too rare for that is looked up: in an index of its own (tag, custom value, facet, search text…), or along the
/// shortest index that holds what is asked (<see cref="LeadRanges"/>); the list is made of what was found. Gathering a hundred thousand
/// leads to show fifty, or walking a million to find three, is what this avoids.
/// </para>
/// </summary>
internal sealed class LeadFinder
{
    /// <summary>How many leads of the list are looked at for each row of a page: a few, which tell how many the next step would find, then more.</summary>
    private const int LookedAtFirst = 12, LookedAtNext = 160;

    private const int LeastFirst = 600, MostFirst = 6000, LeastNext = 8000, MostNext = 24_000;

    /// <summary>More than this, and walking is quicker: a page of fifty is among the first few thousand of a million then.</summary>
    private const int MostFound = 12_000;

    /// <summary>Few enough not to look for fewer; in an index that may be long, and in any.</summary>
    private const int FewerFound = 8000, FewFound = 1000;

    private readonly AppDbContext context;
    private readonly IReadOnlyList<LeadTest> all;
    private readonly LeadSort sort;
    private readonly IReadOnlyList<LeadTest> served;
    private readonly IReadOnlyList<LeadTest> others;
    private readonly VisibleTest? visible;
    private readonly LeadFinder? owned;
    private HashSet<long>? among;
    private bool lookedUp, exact;

    /// <param name="all">What must hold.</param>
    public LeadFinder(AppDbContext context, IReadOnlyList<LeadTest> all, LeadSort sort)
    {
        (this.context, this.all, this.sort) = (context, all, sort);
        served = LeadTestIndex.ServedBy(sort, all);
        others = [.. all.Except(served)];
        visible = all.OfType<VisibleTest>().FirstOrDefault();
        if (visible is not null)
            owned = new LeadFinder(context, [.. all.Except([visible]), visible.Owned], sort);
    }

    /// <summary>The leads that meet everything, in the order that <paramref name="order"/> gives them.</summary>
    /// <param name="order">Sorts leads along an index and leaves out those before the page.</param>
    /// <param name="page">How many will be taken.</param>
    public async Task<IQueryable<Lead>> ListAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        if (others.Count is 0)
            return order(Narrowed(context.Leads, served));
        if (owned is not null)
            return order(LeadSearch.WithIds(context, await OwnedAndHelpedAsync(order, page, cancellationToken)));
        if (sort is LeadSort.Created && all.All(LeadRanges.Hold) && LeadRanges.BoundInOrder(all))
            return order(await LeadRanges.ShortestAsync(context, all, cancellationToken));
        if (lookedUp && among is not null)
            await NarrowAsync(cancellationToken);
        else if (await FirstAsync(order, page, cancellationToken) is { } first)
            return order(LeadSearch.WithIds(context, first));
        if (among is not null)
            return order(Narrowed(LeadSearch.WithIds(context, [.. among.Order()]), exact ? [] : all));
        // Many leads meet everything, and yet few at the beginning of the list: its order has to do with what is asked.
        return LeadRanges.Bound(all) || (LeadRanges.Hold(sort) && all.All(LeadRanges.Hold))
            ? order(Narrowed(await LeadRanges.ShortestAsync(context, all, cancellationToken), [.. all.Where(test => !LeadRanges.Hold(test))]))
            : Narrowed(order(Narrowed(context.Leads, served)), others);
    }

    /// <summary>All leads that meet everything, in no order; for work on the whole list.</summary>
    public async Task<IQueryable<Lead>> AllAsync(CancellationToken cancellationToken) =>
        others.Count > 0 && await LookUpAsync(cancellationToken) ? Narrowed(LeadSearch.WithIds(context, [.. among!.Order()]), all) : Narrowed(context.Leads, all);

    /// <summary>Those of a few leads that meet everything.</summary>
    public IQueryable<Lead> Among(IQueryable<Lead> few) => Narrowed(few, all);

    /// <summary>The beginning of what the user owns, which has an index, and all he helps with, which is little.</summary>
    private async Task<List<long>> OwnedAndHelpedAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        var first = await (await owned!.ListAsync(order, page, cancellationToken)).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);
        var helped = await Narrowed(LeadSearch.WithIds(context, visible!.Helped), all).Select(lead => lead.Id).ToListAsync(cancellationToken);
        return [.. first.Union(helped)];
    }

    /// <returns>A full page from the beginning of the list; null when it is better made of what an index has.</returns>
    private async Task<List<long>?> FirstAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        var first = await BeginningAsync(order, (int)Math.Clamp((long)page * LookedAtFirst, LeastFirst, MostFirst), page, cancellationToken);
        var looksMany = first.Count * LookedAtNext / LookedAtFirst >= page;
        if (first.Count < page && (looksMany || !await LookUpAsync(cancellationToken)))
            first = await BeginningAsync(order, (int)Math.Clamp((long)page * LookedAtNext, LeastNext, MostNext), page, cancellationToken);
        if (first.Count == page)
            return first;
        await LookUpAsync(cancellationToken);
        return null;
    }

    /// <summary>One stretch of the order after the other looks at what was found.</summary>
    private async Task NarrowAsync(CancellationToken cancellationToken)
    {
        if (!exact)
            among = [.. await ManyIds.ReadAsync(Narrowed(LeadSearch.WithIds(context, [.. among!.Order()]), all).Select(lead => lead.Id), cancellationToken)];
        exact = true;
    }

    /// <summary>Those among the first leads of the list that meet everything, as many as a page takes.</summary>
    private Task<List<long>> BeginningAsync(LeadStretch order, int most, int page, CancellationToken cancellationToken) =>
        Narrowed(order(Narrowed(context.Leads, served)).Take(most), others).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);

    private IQueryable<Lead> Narrowed(IQueryable<Lead> leads, IReadOnlyList<LeadTest> tests) => tests.Aggregate(leads, (narrowed, test) => narrowed.Where(context, test));

    /// <summary>Looks for leads among which all are that meet everything.</summary>
    /// <returns>Whether they are few.</returns>
    private async Task<bool> LookUpAsync(CancellationToken cancellationToken)
    {
        if (lookedUp)
            return among is { Count: <= MostFound };
        lookedUp = true;
        var many = new List<IQueryable<long>>();
        // Who waits has a short index of its own as well.
        var own = all.Where(test => test is WaitingTest or OverdueTest || !LeadRanges.Hold(test)).Select(test => LeadTestIndex.Ids(context, test)).OfType<IndexedTest>();
        foreach (var indexed in own.OrderBy(test => test.Rank))
        {
            await LookUpAsync(indexed, many, cancellationToken);
            if (among?.Count <= FewFound)
                break;
        }

        if (all.Any(LeadRanges.Hold) && among is null or { Count: > FewerFound })
            await LookAlongAsync(many, cancellationToken);
        if (among is null && many.Count > 1)
        {
            var both = await ManyIds.ReadAsync(many.Aggregate((left, right) => left.Intersect(right)).Take(IndexedTest.MostOfIndex + 1), cancellationToken);
            among = both.Count <= IndexedTest.MostOfIndex ? [.. both] : null;
        }

        return among is { Count: <= MostFound };
    }

    private async Task LookUpAsync(IndexedTest indexed, List<IQueryable<long>> many, CancellationToken cancellationToken)
    {
        // Passing them over costs little; reading so many for nothing does not.
        if (await indexed.Ids.Skip(indexed.Most).Take(1).AnyAsync(cancellationToken))
            many.Add(indexed.Ids);
        else
            Narrow(await ManyIds.ReadAsync(indexed.Ids, cancellationToken));
    }

    /// <summary>Along an index of leads, which may have to be passed over whole: once.</summary>
    private async Task LookAlongAsync(List<IQueryable<long>> many, CancellationToken cancellationToken)
    {
        var held = (await LeadRanges.ShortestAsync(context, all, cancellationToken)).Select(lead => lead.Id);
        var ids = await ManyIds.ReadAsync(held.Take(IndexedTest.MostOfIndex + 1), cancellationToken);
        if (ids.Count > IndexedTest.MostOfIndex)
            many.Add(held);
        else
            Narrow(ids);
    }

    private void Narrow(IReadOnlyList<long> ids)
    {
        if (among is null)
            among = [.. ids];
        else
            among.IntersectWith(ids);
    }
}
