using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>
/// The last hour of all companies, minute by minute. Made anew from the one before, of which only the newest minutes are read
/// again; so an open monitor costs the database a bounded read every two seconds, at any rate of events.
/// </summary>
internal sealed class IntakeHour(DateTime at, Dictionary<IntakeHour.Key, IntakeHour.Cell> cells)
{
    public const int Length = 60;

    /// <summary>Minutes that may still change: events of their end are being stored and worked on.</summary>
    private static readonly TimeSpan Changing = TimeSpan.FromMinutes(2);

    /// <summary>Rows of one stretch that are read; a longer stretch counts by its sample.</summary>
    private const int SampleLength = 500;

    private const int StretchesOfAnHour = 240;
    private const int StretchesOfAMinute = 6;

    public DateTime At => at;

    public Dictionary<Key, Cell> Cells => cells;

    /// <param name="last">Null for the first.</param>
    public static async Task<IntakeHour> ReadAsync(Database database, IntakeHour? last, DateTime now, CancellationToken cancellationToken)
    {
        var first = MinuteOf(now).AddMinutes(1 - Length);
        var from = last is not null && MinuteOf(last.At) - Changing > first ? MinuteOf(last.At) - Changing : first;
        var cells = new Dictionary<Key, Cell>();
        foreach (var (key, cell) in last?.Cells ?? [])
        {
            if (key.Minute >= first && key.Minute < from)
                cells[key] = cell;
        }

        await using var context = database.Open(CompanyScope.Installation);
        var low = await InboundEventTimes.FirstIdAsync(context, from - InboundEventTimes.Slack, cancellationToken);
        var high = await InboundEventTimes.EndAsync(context, cancellationToken);
        var most = Math.Min(StretchesOfAnHour, StretchesOfAMinute * (int)Math.Ceiling((now - from).TotalMinutes));
        foreach (var (start, end) in Stretches(low, high, most))
            await AddAsync(context, cells, start, end, (from, now), cancellationToken);
        return new IntakeHour(now, cells);
    }

    public static DateTime MinuteOf(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private static IEnumerable<(long Start, long End)> Stretches(long low, long high, int most)
    {
        var length = Math.Max(SampleLength, ((high - low) / most) + 1);
        for (var start = low; start < high; start += length)
            yield return (start, Math.Min(high, start + length));
    }

    private static async Task AddAsync(AppDbContext context, Dictionary<Key, Cell> cells, long start, long end, (DateTime From, DateTime Now) range, CancellationToken cancellationToken)
    {
        var rows = await InboundEventTimes.OfAllCompanies(context).Where(row => row.Id >= start && row.Id < end).OrderBy(row => row.Id).Take(SampleLength)
            .Select(row => new { row.Id, row.CompanyId, row.Source, row.State, row.ReceivedAt, row.ProcessedAt }).ToListAsync(cancellationToken);
        // Ids have gaps; the sample's own density is taken for the whole stretch.
        var weight = rows.Count < SampleLength ? 1 : (double)(end - start) / (rows[^1].Id - start + 1);
        foreach (var row in rows)
        {
            if (row.ReceivedAt < range.From || row.ReceivedAt > range.Now)
                continue;
            var key = new Key(row.CompanyId, row.Source, MinuteOf(row.ReceivedAt));
            if (!cells.TryGetValue(key, out var cell))
                cells[key] = cell = new Cell();
            cell.Count += weight;
            if (row is { State: InboundState.Processed, ProcessedAt: { } done })
                cell.Lags.Add(done - row.ReceivedAt, weight);
        }
    }

    internal readonly record struct Key(long CompanyId, string Source, DateTime Minute);

    internal sealed class Cell
    {
        public double Count { get; set; }

        public LagHistogram Lags { get; } = new();
    }
}
