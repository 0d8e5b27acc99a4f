using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

public enum CounterMetric
{
    /// <summary>Day 0. Key <c>grade:stage id:waiting(0/1)</c>.</summary>
    Total = 1,

    /// <summary>By the day a lead came in. Key: the grade it has now.</summary>
    Arrived = 2,

    /// <summary>By the day a lead came in. Key: its channel.</summary>
    Channel = 3,

    /// <summary>By the day it was won or lost. Key <c>won</c> or <c>lost</c>.</summary>
    Closed = 4,

    /// <summary>By the day of the first response. Key: see <see cref="ResponseBuckets"/>.</summary>
    FirstResponse = 5,

    /// <summary>Day 0: what the deals of a stage are worth together, in hundredths. Key: stage id.</summary>
    Value = 6,
}

public readonly record struct CounterKey(CounterMetric Metric, int Day, long OwnerId, string Key);

/// <summary>
/// Which counters a lead stands in. A change is counted as: out of the counters of the lead as it was, into those of
/// the lead as it is; so totals cannot drift from the leads, whatever changed.
/// </summary>
public static class CounterKeys
{
    public static void Add(Dictionary<CounterKey, long> deltas, Lead lead, TimeZoneInfo zone, int sign)
    {
        if (lead.DeletedAt is not null || lead.IsTest)
            return;
        Count(deltas, lead, CounterMetric.Total, 0, TotalKey(lead.Grade, lead.StageId, IsWaiting(lead)), sign);
        var arrived = Days.Number(lead.CreatedAt, zone);
        Count(deltas, lead, CounterMetric.Arrived, arrived, GradeKey(lead.Grade), sign);
        Count(deltas, lead, CounterMetric.Channel, arrived, lead.Channel, sign);
        if (lead.Outcome is not LeadOutcome.Open)
            Count(deltas, lead, CounterMetric.Closed, Days.Number(lead.StageChangedAt, zone), lead.Outcome is LeadOutcome.Won ? "won" : "lost", sign);
        if (lead.Value is { } value)
            Count(deltas, lead, CounterMetric.Value, 0, lead.StageId.ToString(CultureInfo.InvariantCulture), sign * value);
        if (lead.FirstResponseAt is { } response)
            Count(deltas, lead, CounterMetric.FirstResponse, Days.Number(response, zone), ResponseBuckets.Key(response - lead.CreatedAt), sign);
    }

    /// <summary>Open and nobody of ours has answered yet.</summary>
    public static bool IsWaiting(Lead lead) => lead is { FirstResponseAt: null, Outcome: LeadOutcome.Open };

    public static string GradeKey(Grade grade) => grade switch { Grade.Hot => "2", Grade.Warm => "1", _ => "0" };

    public static (Grade Grade, long StageId, bool Waiting) ReadTotalKey(string key)
    {
        var parts = key.Split(':');
        return ((Grade)int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] is "1");
    }

    private static string TotalKey(Grade grade, long stageId, bool waiting) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)grade}:{stageId}:{(waiting ? 1 : 0)}");

    private static void Count(Dictionary<CounterKey, long> deltas, Lead lead, CounterMetric metric, int day, string key, long change)
    {
        Bump(deltas, new CounterKey(metric, day, 0, key), change);
        if (lead.OwnerId is { } owner)
            Bump(deltas, new CounterKey(metric, day, owner, key), change);
    }

    private static void Bump(Dictionary<CounterKey, long> deltas, CounterKey key, long change)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(deltas, key, out _);
        count += change;
    }
}

/// <summary>
/// Response times in buckets of a fixed ratio, so that a median over any number of leads is a sum over few rows.
/// Ten buckets for each factor of two: a median read from them is within 3.5 % of the exact one.
/// </summary>
public static class ResponseBuckets
{
    private const int PerDoubling = 10;
    private const int Highest = 400;

    public static string Key(TimeSpan response) => Index(response).ToString("D3", CultureInfo.InvariantCulture);

    /// <returns>The median, or null when nothing was counted.</returns>
    public static TimeSpan? Median(IEnumerable<(string Key, long Count)> buckets)
    {
        var ordered = buckets.Where(bucket => bucket.Count > 0).OrderBy(bucket => bucket.Key, StringComparer.Ordinal).ToList();
        var half = (ordered.Sum(bucket => bucket.Count) + 1) / 2;
        foreach (var (key, count) in ordered)
        {
            half -= count;
            if (half <= 0)
                return Middle(int.Parse(key, CultureInfo.InvariantCulture));
        }

        return null;
    }

    private static int Index(TimeSpan response) =>
        response.TotalSeconds < 1 ? 0 : Math.Min(Highest, 1 + (int)Math.Floor(Math.Log2(response.TotalSeconds) * PerDoubling));

    private static TimeSpan Middle(int index) =>
        index is 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, (index - 0.5) / PerDoubling));
}
