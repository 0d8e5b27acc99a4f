using LeadDesk.Scoring;

namespace LeadDesk.Reports;

/// <summary>
/// What a dashboard shows at one moment, made once for everybody who sees the same leads. Parts that did not change
/// are the same objects as in the snapshot before, so that a page finds out by reference what to draw again.
/// </summary>
/// <param name="Days">The last 30 days, today last.</param>
/// <param name="Funnel">In the pipeline's order.</param>
/// <param name="Channels">By arrivals of the last 30 days, most first; at most <see cref="DashboardQueries.MostChannels"/>.</param>
/// <param name="NeedsYou">Waiting for their first response, by the end of the response goal; at most ten.</param>
/// <param name="Latest">Newest first; at most ten.</param>
public sealed record DashboardSnapshot(
    DashboardCards Cards,
    IReadOnlyList<DayArrivals> Days,
    IReadOnlyList<StageCount> Funnel,
    IReadOnlyList<ChannelCount> Channels,
    IReadOnlyList<WaitingLead> NeedsYou,
    IReadOnlyList<ArrivedLead> Latest)
{
    /// <summary>This snapshot with the unchanged parts of an earlier one; the earlier one itself when nothing changed.</summary>
    internal DashboardSnapshot Reusing(DashboardSnapshot? before)
    {
        if (before is null)
            return this;
        var merged = new DashboardSnapshot(
            Cards.Reusing(before.Cards),
            Same(before.Days, Days),
            Same(before.Funnel, Funnel),
            Same(before.Channels, Channels),
            Same(before.NeedsYou, NeedsYou),
            Same(before.Latest, Latest));
        return merged == before ? before : merged;
    }

    internal static IReadOnlyList<T> Same<T>(IReadOnlyList<T> before, IReadOnlyList<T> now) => before.SequenceEqual(now) ? before : now;
}

/// <summary>The numbers on top. Trends cover 14 days, today last.</summary>
/// <param name="Total">All leads; 0 means that the company is new.</param>
/// <param name="AveragePerDay">Arrivals of the seven days before today, divided by seven.</param>
/// <param name="Overdue">Waiting beyond the response goal; counted up to <see cref="DashboardQueries.MostOverdue"/>.</param>
/// <param name="MedianResponse">Of the first responses of the last seven days, today among them; null when there were none.</param>
/// <param name="MedianResponseBefore">Of the seven days before those.</param>
/// <param name="WonThisMonth">Won since the first of the month, whenever they arrived.</param>
public sealed record DashboardCards(
    long Total,
    long Today,
    double AveragePerDay,
    IReadOnlyList<double> ArrivalTrend,
    long Waiting,
    long HotWaiting,
    IReadOnlyList<double> HotTrend,
    int Overdue,
    TimeSpan ResponseGoal,
    TimeSpan? MedianResponse,
    TimeSpan? MedianResponseBefore,
    IReadOnlyList<double> ResponseTrend,
    long WonThisMonth,
    long ArrivedThisMonth,
    long WonLastMonth,
    long ArrivedLastMonth,
    IReadOnlyList<double> WonTrend)
{
    /// <summary>Won out of arrived, from 0; null while nothing arrived.</summary>
    public double? ConversionThisMonth => ArrivedThisMonth > 0 ? (double)WonThisMonth / ArrivedThisMonth : null;

    public double? ConversionLastMonth => ArrivedLastMonth > 0 ? (double)WonLastMonth / ArrivedLastMonth : null;

    internal DashboardCards Reusing(DashboardCards before)
    {
        var merged = this with
        {
            ArrivalTrend = DashboardSnapshot.Same(before.ArrivalTrend, ArrivalTrend),
            HotTrend = DashboardSnapshot.Same(before.HotTrend, HotTrend),
            ResponseTrend = DashboardSnapshot.Same(before.ResponseTrend, ResponseTrend),
            WonTrend = DashboardSnapshot.Same(before.WonTrend, WonTrend),
        };
        return merged == before ? before : merged;
    }
}

/// <param name="Day">In the company's time zone.</param>
public sealed record DayArrivals(DateOnly Day, int Hot, int Warm, int Cold);

public sealed record ChannelCount(string Channel, long Count);

/// <param name="OwnerName">Null when nobody owns it.</param>
public sealed record WaitingLead(long Id, string Name, string Channel, Grade Grade, int Score, string? OwnerName, DateTime ResponseDueAt);

/// <param name="Reason">The factor that gave most points; null without reasons.</param>
public sealed record ArrivedLead(long Id, string Name, string Channel, Grade Grade, int Score, ScoreReason? Reason, DateTime CreatedAt);
