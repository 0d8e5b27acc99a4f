using System.Diagnostics;
using LeadDesk.Bench.Reporting;

namespace LeadDesk.Bench.Live;

/// <param name="Latencies">From just before a change was sent until a listener heard of it, over all changes and listeners.</param>
/// <param name="Missed">How often somebody did not hear of a change of its own within the deadline.</param>
internal sealed record Hearing(Percentiles Latencies, int Missed);

/// <summary>Many that listen at the same time.</summary>
internal sealed class Audience : IAsyncDisposable
{
    private const int OpenedTogether = 8;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly List<Listener> listeners = [];

    public static async Task<Audience> OpenAsync(int count, Func<Task<Listener>> open)
    {
        var audience = new Audience();
        try
        {
            foreach (var together in Enumerable.Range(0, count).Chunk(OpenedTogether))
                audience.listeners.AddRange(await Task.WhenAll(together.Select(_ => open())));
            return audience;
        }
        catch
        {
            await audience.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until nobody has heard anything for this long.</summary>
    public async Task QuietAsync(TimeSpan quiet)
    {
        using var looks = new PeriodicTimer(BetweenLooks);
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(Math.Max(since, listeners.Max(listener => listener.LastHeard))) < quiet)
            await looks.WaitForNextTickAsync();
        listeners.ForEach(listener => listener.CheckAlive());
    }

    /// <param name="change">Makes one change and returns by which key it is heard of.</param>
    public async Task<Hearing> HearAsync(int changes, TimeSpan interval, Func<long> change)
    {
        listeners.ForEach(listener => listener.Sightings.Clear());
        var sent = new Dictionary<long, long>();
        using (var pace = new PeriodicTimer(interval))
        {
            for (var number = 0; number < changes && await pace.WaitForNextTickAsync(); number++)
            {
                var before = Stopwatch.GetTimestamp();
                sent[change()] = before;
            }
        }

        await AllHeardAsync(sent.Count);
        listeners.ForEach(listener => listener.CheckAlive());
        var latencies = listeners
            .SelectMany(listener => listener.Sightings.Where(sighting => sent.ContainsKey(sighting.Key)).DistinctBy(sighting => sighting.Key))
            .Select(sighting => Stopwatch.GetElapsedTime(sent[sighting.Key], sighting.At).TotalMilliseconds).ToList();
        return new Hearing(new Percentiles(latencies), (sent.Count * listeners.Count) - latencies.Count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }

    private async Task AllHeardAsync(int changes)
    {
        var end = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(BetweenLooks);
        while (Stopwatch.GetElapsedTime(end) < Deadline
            && listeners.Exists(listener => listener.Sightings.DistinctBy(sighting => sighting.Key).Count() < changes))
            await looks.WaitForNextTickAsync();
    }
}
