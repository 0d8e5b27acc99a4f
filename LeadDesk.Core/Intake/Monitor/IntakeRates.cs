namespace LeadDesk.Intake.Monitor;

/// <summary>How much came in during the last hour and how quickly it was done.</summary>
/// <param name="At">UTC.</param>
/// <param name="Minutes">The beginnings of the last sixty minutes, oldest first; the last one is still running.</param>
/// <param name="Sources">Those with events in the hour or waiting, in the order of <see cref="InboundSources.All"/>.</param>
public sealed record IntakeRates(DateTime At, IReadOnlyList<DateTime> Minutes, IReadOnlyList<SourceRates> Sources);

/// <param name="PerMinute">Events in each minute; exact while the hour has few events, else from samples.</param>
/// <param name="SlowestPerMinute">The lag of each minute that 95 % kept below; null where nothing was done.</param>
/// <param name="Median">Half of the hour's events were done within it.</param>
/// <param name="Slowest">95 % of the hour's events were done within it.</param>
/// <param name="Waiting">How many wait or are worked on just now, of the oldest <see cref="IntakeRateQueries.MostWaiting"/>.</param>
/// <param name="OldestWaiting">Since when the first of them waits.</param>
public sealed record SourceRates(
    string Source,
    IReadOnlyList<double> PerMinute,
    IReadOnlyList<TimeSpan?> SlowestPerMinute,
    TimeSpan? Median,
    TimeSpan? Slowest,
    int Waiting,
    DateTime? OldestWaiting)
{
    public double InTheHour => PerMinute.Sum();
}
