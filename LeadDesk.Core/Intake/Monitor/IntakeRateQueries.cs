using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>Rate and lag of each source. Read at most every second and a half, however many look at it.</summary>
public sealed class IntakeRateQueries
{
    public const int MostWaiting = 10_000;

    private const int MostCompanies = 1000;

    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(1500);

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ShortLivedCache<bool, IntakeHour> hours;
    private readonly ShortLivedCache<long, IntakeRates> rates;
    private IntakeHour? last;

    public IntakeRateQueries(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        hours = new(Fresh, 1, clock, async _ => last = await IntakeHour.ReadAsync(database, last, clock.GetUtcNow().UtcDateTime, CancellationToken.None));
        rates = new(Fresh, MostCompanies, clock, ReadAsync);
    }

    public async Task<Outcome<IntakeRates>> GetAsync(CurrentUser user) =>
        user.Can(Permission.SeeIntake) ? await rates.GetAsync(user.CompanyId) : InboundEventQueries.NotAllowed;

    private async Task<IntakeRates> ReadAsync(long companyId)
    {
        var hour = await hours.GetAsync(true);
        var waiting = await WaitingAsync(companyId);
        var now = IntakeHour.MinuteOf(clock.GetUtcNow().UtcDateTime);
        var minutes = Enumerable.Range(1 - IntakeHour.Length, IntakeHour.Length).Select(step => now.AddMinutes(step)).ToArray();
        var own = hour.Cells.Where(cell => cell.Key.CompanyId == companyId).ToLookup(cell => cell.Key.Source, StringComparer.Ordinal);
        var words = own.Select(source => source.Key).Union(waiting.Keys, StringComparer.Ordinal).OrderBy(Place).ThenBy(word => word, StringComparer.Ordinal);
        return new IntakeRates(hour.At, minutes, [.. words.Select(word => Of(word, [.. own[word]], minutes, waiting.GetValueOrDefault(word)))]);
    }

    private static SourceRates Of(string source, IReadOnlyCollection<KeyValuePair<IntakeHour.Key, IntakeHour.Cell>> cells, DateTime[] minutes, (int Count, DateTime? Oldest) waiting)
    {
        var byMinute = cells.ToDictionary(cell => cell.Key.Minute, cell => cell.Value);
        var whole = new LagHistogram();
        foreach (var cell in byMinute.Values)
            whole.Add(cell.Lags);
        return new SourceRates(
            source,
            [.. minutes.Select(minute => byMinute.GetValueOrDefault(minute)?.Count ?? 0)],
            [.. minutes.Select(minute => byMinute.GetValueOrDefault(minute)?.Lags.Percentile(0.95))],
            whole.Percentile(0.5),
            whole.Percentile(0.95),
            waiting.Count,
            waiting.Oldest);
    }

    private async Task<Dictionary<string, (int Count, DateTime? Oldest)>> WaitingAsync(long companyId)
    {
        await using var context = database.Open(companyId);
        var waiting = await context.InboundEvents.Where(row => row.State == InboundState.Received && row.State != InboundState.Processed)
            .OrderBy(row => row.Id).Take(MostWaiting).GroupBy(row => row.Source)
            .Select(source => new { Source = source.Key, Count = source.Count(), Oldest = source.Min(row => row.ReceivedAt) }).ToListAsync();
        return waiting.ToDictionary(source => source.Source, source => (source.Count, (DateTime?)source.Oldest), StringComparer.Ordinal);
    }

    private static int Place(string source)
    {
        for (var place = 0; place < InboundSources.All.Count; place++)
        {
            if (InboundSources.All[place] == source)
                return place;
        }

        return int.MaxValue;
    }
}
