using LeadDesk.Data;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <summary>How many leads meet some tests by the running totals, so that a million take no longer than ten.</summary>
internal static class LeadTotals
{
    private const string Trials = "SELECT * FROM leads INDEXED BY ix_leads_trials WHERE (marks & 64) <> 0";

    /// <returns>The exact number; null when the totals do not tell.</returns>
    public static async Task<int?> CountAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken)
    {
        if (!await TellAsync(context, tests, cancellationToken))
            return null;
        var channel = tests.OfType<ChannelTest>().FirstOrDefault();
        var counters = channel is null
            ? context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Total && counter.Day == 0)
            : context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Channel && channel.Words.Contains(counter.Key));
        var stages = await StagesAsync(context, tests, cancellationToken);
        var total = tests.FirstOrDefault(IsOwner) switch
        {
            null => await SumAsync(counters.Where(counter => counter.OwnerId == 0)),
            ChosenTest owner => await SumAsync(counters.Where(counter => owner.Ids.Contains(counter.OwnerId))),
            // All of them, less those that somebody owns.
            _ => await SumAsync(counters.Where(counter => counter.OwnerId == 0)) - await SumAsync(counters.Where(counter => counter.OwnerId != 0)),
        };
        return checked((int)(total + await TrialsAsync(context, tests, cancellationToken)));

        async Task<long> SumAsync(IQueryable<LeadCounter> some)
        {
            if (channel is not null)
                return await some.SumAsync(counter => counter.Count, cancellationToken);
            var sums = await some.GroupBy(counter => counter.Key).Select(same => new { same.Key, Count = same.Sum(counter => counter.Count) }).ToListAsync(cancellationToken);
            return sums.Where(sum => Meets(CounterKeys.ReadTotalKey(sum.Key), tests, stages)).Sum(sum => sum.Count);
        }
    }

    /// <summary>A total knows stage, grade, owner and whether somebody waits; or else channel and owner.</summary>
    private static async Task<bool> TellAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken)
    {
        if (tests.Count(IsOwner) > 1 || !tests.All(test => IsOwner(test) || test is ChosenTest { Field: "stage" or "grade" or "outcome" } or WaitingTest or AnsweredTest or ChannelTest or NotTest { Inner: TrialTest }))
            return false;
        if (tests.Any(test => test is ChannelTest) && tests.Any(test => test is not (ChannelTest or NotTest) && !IsOwner(test)))
            return false;
        return tests.Count(test => test is ChannelTest) < 2 && (!AsksOutcome(tests) || await ClosedStages.TellOutcomesAsync(context, cancellationToken));
    }

    private static bool IsOwner(LeadTest test) => test is ChosenTest { Field: "owner" } or EmptyTest { Field: "owner" };

    private static bool AsksOutcome(IReadOnlyList<LeadTest> tests) => tests.Any(test => test is ChosenTest { Field: "outcome" });

    /// <returns>How the leads of each stage ended; empty where nobody asks.</returns>
    private static async Task<IReadOnlyDictionary<long, LeadOutcome>> StagesAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken) =>
        AsksOutcome(tests) ? await context.Stages.ToDictionaryAsync(stage => stage.Id, stage => stage.Outcome, cancellationToken) : new Dictionary<long, LeadOutcome>();

    private static bool Meets((Grade Grade, long StageId, bool Waiting) key, IReadOnlyList<LeadTest> tests, IReadOnlyDictionary<long, LeadOutcome> stages) => tests.All(test => test switch
    {
        ChosenTest { Field: "stage" } stage => stage.Ids.Contains(key.StageId),
        ChosenTest { Field: "grade" } grade => grade.Ids.Contains((long)key.Grade),
        ChosenTest { Field: "outcome" } outcome => stages.TryGetValue(key.StageId, out var ended) && outcome.Ids.Contains((long)ended),
        WaitingTest => key.Waiting,
        AnsweredTest => !key.Waiting,
        _ => true,
    });

    /// <summary>Trials of sources stand in no total, but in lists; they are few and have an index of their own.</summary>
    private static async Task<int> TrialsAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken)
    {
        if (tests.Any(test => test is WaitingTest or NotTest))
            return 0;
        // SQLite has no statistics of our tables and would take any index.
        var trials = context.Database.IsSqlite() ? context.Leads.FromSqlRaw(Trials) : context.Leads.Where(context, new TrialTest());
        return await tests.Aggregate(trials, (narrowed, test) => narrowed.Where(context, test)).CountAsync(cancellationToken);
    }
}
