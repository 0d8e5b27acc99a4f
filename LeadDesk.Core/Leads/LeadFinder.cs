using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Finds a page of a list among any number of leads.
/// <para>
/// A condition that many leads meet fills the page from the beginning of the list, so that is walked first, along the index of
/// the list's order. A rare condition is looked up in an index of its own (stage, tag, custom value, facet, search text…),
/// and the list is made of what was found. Gathering a hundred thousand leads to show fifty, or walking a million to find
/// three, is what this avoids.
/// </para>
/// </summary>
internal sealed class LeadFinder
{
    /// <summary>
    /// How many leads of the list are looked at for a full page: a few, which is enough for what is common, then more. At a million
    /// leads a condition too rare for that is met by fewer than ten thousand.
    /// </summary>
    private static readonly int[] LookedAt = [600, 6000];

    /// <summary>More than this from an index, and walking is quicker.</summary>
    private const int MostFound = 20_000;

    /// <summary>Few enough not to look for fewer.</summary>
    private const int FewFound = 1000;

    private readonly AppDbContext context;
    private readonly IReadOnlyList<LeadTest> all;
    private readonly IReadOnlyList<LeadTest> served;
    private readonly IReadOnlyList<LeadTest> others;
    private readonly VisibleTest? visible;
    private readonly LeadFinder? owned;
    private List<long>? found;
    private bool lookedUp;

    /// <param name="all">What must hold.</param>
    public LeadFinder(AppDbContext context, IReadOnlyList<LeadTest> all, LeadSort sort)
    {
        (this.context, this.all) = (context, all);
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
        foreach (var most in lookedUp ? [] : LookedAt)
        {
            var beginning = order(Narrowed(context.Leads, served)).Take(most);
            var first = await Narrowed(beginning, others).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);
            if (first.Count == page)
                return order(LeadSearch.WithIds(context, first));
        }

        return await FoundAsync(cancellationToken) is { } ids ? order(Narrowed(LeadSearch.WithIds(context, ids), all)) : Narrowed(order(Narrowed(context.Leads, served)), others);
    }

    /// <summary>All leads that meet everything, in no order; for work on the whole list.</summary>
    public async Task<IQueryable<Lead>> AllAsync(CancellationToken cancellationToken) =>
        others.Count > 0 && await FoundAsync(cancellationToken) is { } ids ? Narrowed(LeadSearch.WithIds(context, ids), all) : Narrowed(context.Leads, all);

    /// <summary>Those of a few leads that meet everything.</summary>
    public IQueryable<Lead> Among(IQueryable<Lead> few) => Narrowed(few, all);

    /// <summary>The beginning of what the user owns, which has an index, and all he helps with, which is little.</summary>
    private async Task<List<long>> OwnedAndHelpedAsync(LeadStretch order, int page, CancellationToken cancellationToken)
    {
        var first = await (await owned!.ListAsync(order, page, cancellationToken)).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);
        var helped = await Narrowed(LeadSearch.WithIds(context, visible!.Helped), all).Select(lead => lead.Id).ToListAsync(cancellationToken);
        return [.. first.Union(helped)];
    }

    private IQueryable<Lead> Narrowed(IQueryable<Lead> leads, IReadOnlyList<LeadTest> tests) => tests.Aggregate(leads, (narrowed, test) => narrowed.Where(context, test));

    /// <summary>Leads among which all are that meet everything; null when no index has few enough.</summary>
    private async Task<List<long>?> FoundAsync(CancellationToken cancellationToken)
    {
        if (lookedUp)
            return found;
        lookedUp = true;
        var many = new List<IQueryable<long>>();
        foreach (var indexed in all.Select(test => LeadTestIndex.Ids(context, test)).OfType<IndexedTest>().OrderBy(test => test.Rank))
        {
            var ids = await indexed.Ids.Take(MostFound + 1).ToListAsync(cancellationToken);
            if (ids.Count > MostFound)
                many.Add(indexed.Ids);
            else if (found is null || ids.Count < found.Count)
                found = ids;
            if (found?.Count <= FewFound)
                break;
        }

        if (found is null && many.Count > 1)
            found = await many.Aggregate((left, right) => left.Intersect(right)).Take(MostFound + 1).ToListAsync(cancellationToken) is { Count: <= MostFound } both ? both : null;
        found = found?.Distinct().ToList();
        return found;
    }
}
