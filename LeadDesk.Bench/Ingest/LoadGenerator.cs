using System.Diagnostics;
using LeadDesk.Bench.Reporting;

namespace LeadDesk.Bench.Ingest;

/// <param name="Duration">From the first request to the last answer.</param>
internal sealed record Load(int Answered, TimeSpan Duration, Percentiles Latencies)
{
    public double PerSecond => Answered / Duration.TotalSeconds;
}

/// <summary>Threads that do one thing again and again and note how long each time took.</summary>
internal sealed class LoadGenerator(Uri address)
{
    private const int SmallStack = 256 * 1024;

    private int nextPerson;

    /// <summary>Answers with 200 so far, over all runs; each was for another person.</summary>
    public int Answered { get; private set; }

    /// <summary>Posts until the time is over.</summary>
    public Load Post(int connections, TimeSpan duration) => Post(connections, duration, int.MaxValue);

    /// <summary>Posts this many.</summary>
    public void Post(int connections, int count) => Post(connections, Timeout.InfiniteTimeSpan, count);

    /// <param name="open">Makes what one thread works with.</param>
    /// <param name="step">Does it once. The number is another one each time.</param>
    public static Load Repeat<T>(int threads, TimeSpan duration, int most, Func<T> open, Action<T, int> step)
        where T : IDisposable
    {
        var left = most;
        var number = -1;
        var latencies = new List<double>[threads];
        Exception? failure = null;
        using var ready = new Barrier(threads + 1);
        var deadline = long.MaxValue;
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() => Run(index), SmallStack)).ToList();
        workers.ForEach(worker => worker.Start());
        ready.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        if (duration != Timeout.InfiniteTimeSpan)
            Volatile.Write(ref deadline, started + (long)(duration.TotalSeconds * Stopwatch.Frequency));
        workers.ForEach(worker => worker.Join());
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (failure is not null)
            throw new InvalidOperationException("The load stopped.", failure);
        return new Load(latencies.Sum(thread => thread.Count), elapsed, new Percentiles(latencies.SelectMany(thread => thread)));

        void Run(int index)
        {
            var taken = latencies[index] = new List<double>(1 << 16);
            using var tool = open();
            ready.SignalAndWait();
            try
            {
                for (var before = Stopwatch.GetTimestamp(); before < Volatile.Read(ref deadline) && Volatile.Read(ref failure) is null && Interlocked.Decrement(ref left) >= 0;)
                {
                    step(tool, Interlocked.Increment(ref number));
                    var after = Stopwatch.GetTimestamp();
                    taken.Add(Stopwatch.GetElapsedTime(before, after).TotalMilliseconds);
                    before = after;
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or System.Net.Sockets.SocketException or System.Data.Common.DbException)
            {
                Volatile.Write(ref failure, exception);
            }
        }
    }

    private Load Post(int connections, TimeSpan duration, int most)
    {
        var first = nextPerson;
        var load = Repeat(connections, duration, most, () => new Poster(address), (poster, number) => poster.Post(first + number));
        nextPerson += load.Answered;
        Answered += load.Answered;
        return load;
    }

    private sealed class Poster(Uri address) : IDisposable
    {
        private readonly LoadConnection connection = new(address);
        private readonly WebhookRequest[] requests = WebhookRequest.CreateAll(address);

        public void Post(int person)
        {
            var request = requests[person % requests.Length];
            request.Address(person);
            connection.Exchange(request.Bytes);
        }

        public void Dispose() => connection.Dispose();
    }
}
