using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <summary>
/// The indexes of leads that hold, behind the column they are sorted by, what is asked most. Such an index alone answers a question to ten
/// leads in a microsecond; their rows take ten times as long.
/// </summary>
internal static class LeadRanges
{
    private const string Newest = "SELECT * FROM leads INDEXED BY ix_leads_newest";

    /// <summary>Whether these indexes hold everything that is asked.</summary>
    public static bool Hold(LeadTest test) => test switch
    {
        AllTests all => all.Parts.All(Hold),
        AnyTest any => any.Parts.All(Hold),
        NotTest not => Hold(not.Inner),
        ChosenTest chosen => chosen.Field is "stage" or "owner" or "grade" or "intent" or "outcome",
        EmptyTest empty => empty.Field is "owner",
        NumberTest number => number.Field is "score",
        TimeTest time => time.Field is "created",
        ChannelTest or WaitingTest or AnsweredTest or TrialTest => true,
        _ => false,
    };

    /// <summary>Whether the leads can be put into this order without their rows.</summary>
    public static bool Hold(LeadSort sort) => sort is LeadSort.Created or LeadSort.Score;

    /// <summary>Whether one of the tests bounds the part of an index that must be read.</summary>
    public static bool Bound(IEnumerable<LeadTest> tests) => tests.Any(test => test is TimeTest { Field: "created" } || IndexOf(test) is not null);

    /// <summary>Whether each of them bounds one stretch of its index, which is in the order of the dates then.</summary>
    public static bool BoundInOrder(IEnumerable<LeadTest> tests)
    {
        var bounding = tests.Where(test => IndexOf(test) is not null).ToList();
        return bounding.Count > 0 && bounding.TrueForAll(test => test is ChosenTest { Ids.Count: 1 } or ChannelTest { Words.Count: 1 } or EmptyTest);
    }

    /// <returns>The leads that meet those of the tests which the indexes hold, along the index with the fewest to look at.</returns>
    public static async Task<IQueryable<Lead>> ShortestAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken) =>
        Held(context, tests, Along(context, await ShortestAsync(context, [.. tests.Where(test => IndexOf(test) is not null)], cancellationToken)));

    /// <returns>The same as ids, and what must be read for them; null when none of the tests bounds that.</returns>
    public static async Task<IndexedTest?> AlongAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken)
    {
        if (!Bound(tests))
            return null;
        var shortest = await ShortestAsync(context, [.. tests.Where(test => IndexOf(test) is not null)], cancellationToken);
        var along = Along(context, shortest);
        var range = Held(context, [.. tests.Where(test => test == shortest || test is TimeTest { Field: "created" })], along);
        return new IndexedTest(Held(context, tests, along).Select(lead => lead.Id), 5) { Range = range.Select(lead => lead.Id), IsAlong = true, IsHeld = true };
    }

    private static IQueryable<Lead> Held(AppDbContext context, IReadOnlyList<LeadTest> tests, IQueryable<Lead> along) =>
        tests.Where(Hold).Aggregate(along, (narrowed, test) => narrowed.Where(context, test));

    /// <summary>SQLite has no statistics of our tables and would take any of the indexes.</summary>
    private static IQueryable<Lead> Along(AppDbContext context, LeadTest? bounding) =>
        context.Database.IsSqlite() ? context.Leads.FromSqlRaw(bounding is null ? Newest : IndexOf(bounding)!) : context.Leads;

    /// <summary>The leads along the index that begins with what is asked.</summary>
    private static string? IndexOf(LeadTest test) => test switch
    {
        ChosenTest { Field: "owner" } or EmptyTest { Field: "owner" } => "SELECT * FROM leads INDEXED BY ix_leads_owner",
        ChosenTest { Field: "stage" } => "SELECT * FROM leads INDEXED BY ix_leads_stage",
        ChosenTest { Field: "grade" } => "SELECT * FROM leads INDEXED BY ix_leads_grade",
        ChannelTest => "SELECT * FROM leads INDEXED BY ix_leads_channel",
        _ => null,
    };

    /// <returns>The one that the fewest leads meet; null for none.</returns>
    private static async Task<LeadTest?> ShortestAsync(AppDbContext context, LeadTest[] bounding, CancellationToken cancellationToken)
    {
        if (bounding.Length < 2)
            return bounding.FirstOrDefault();
        var totals = context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Total && counter.Day == 0);
        var all = (await totals.Where(counter => counter.OwnerId == 0).Select(counter => new { counter.Key, counter.Count }).ToListAsync(cancellationToken))
            .ConvertAll(counter => (Key: CounterKeys.ReadTotalKey(counter.Key), counter.Count));
        var lengths = new List<(LeadTest Test, long Length)>();
        foreach (var test in bounding)
        {
            lengths.Add((test, test switch
            {
                ChosenTest { Field: "stage" } stage => all.Where(counter => stage.Ids.Contains(counter.Key.StageId)).Sum(counter => counter.Count),
                ChosenTest { Field: "grade" } grade => all.Where(counter => grade.Ids.Contains((long)counter.Key.Grade)).Sum(counter => counter.Count),
                ChosenTest owner => await totals.Where(counter => owner.Ids.Contains(counter.OwnerId)).SumAsync(counter => counter.Count, cancellationToken),
                EmptyTest => all.Sum(counter => counter.Count) - await totals.Where(counter => counter.OwnerId != 0).SumAsync(counter => counter.Count, cancellationToken),
                ChannelTest channel => await ChannelAsync(context, channel, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(bounding), test, "No index is bound by it."),
            }));
        }

        return lengths.MinBy(range => range.Length).Test;
    }

    private static Task<long> ChannelAsync(AppDbContext context, ChannelTest test, CancellationToken cancellationToken) => context.LeadCounters
        .Where(counter => counter.Metric == CounterMetric.Channel && counter.OwnerId == 0 && test.Words.Contains(counter.Key)).SumAsync(counter => counter.Count, cancellationToken);
}
