using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace LeadDesk.Simulators.Wire;

/// <summary>Sends prepared calls at an even rate over kept connections, and tries failed ones again as Meta does.</summary>
public sealed class CallSender : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
    });

    public void Dispose() => _http.Dispose();

    public async Task<SendReport> SendAsync(IReadOnlyList<OutgoingCall> calls, SendPlan plan, CancellationToken ct)
    {
        var run = new Run(plan, calls.Count);
        using var places = new SemaphoreSlim(plan.MostAtOnce);
        using var ticks = new PeriodicTimer(s_tick);
        var sending = new Task[calls.Count];
        for (var i = 0; i < calls.Count; i++)
        {
            var due = plan.Rate is { } rate ? TimeSpan.FromSeconds(i / rate) : TimeSpan.Zero;
            while (run.Clock.Elapsed < due) await ticks.WaitForNextTickAsync(ct);
            await places.WaitAsync(ct);
            if (plan.Rate is not null) run.NoteLateness(run.Clock.Elapsed - due);
            sending[i] = SendOneAsync(calls[i], run, places, ct);
        }

        await Task.WhenAll(sending);
        return run.Report(calls);
    }

    private async Task SendOneAsync(OutgoingCall call, Run run, SemaphoreSlim places, CancellationToken ct)
    {
        var isHolding = true;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var started = Stopwatch.GetTimestamp();
                var status = await PostAsync(call, run.Plan.Url, ct);
                run.Note(status, Stopwatch.GetElapsedTime(started));
                if (status is >= 200 and < 300) return;
                if (attempt == run.Plan.Retries)
                {
                    run.NoteGivenUp();
                    return;
                }

                if (attempt == 0) continue;
                // Whoever waits lets the others go on.
                if (isHolding) places.Release();
                isHolding = false;
                await Task.Delay(TimeSpan.FromSeconds(run.Plan.RetrySeconds * Math.Pow(2, attempt - 1)), ct);
            }
        }
        finally
        {
            if (isHolding) places.Release();
        }
    }

    /// <returns>The status; 0 when there was no answer.</returns>
    private async Task<int> PostAsync(OutgoingCall call, Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(call.ContentType);
        foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _http.SendAsync(request, ct);
            await response.Content.CopyToAsync(Stream.Null, ct);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private sealed class Run(SendPlan plan, int expected)
    {
        private readonly ConcurrentBag<double> _latencies = [];
        private readonly ConcurrentDictionary<int, int> _statuses = new();
        private int _givenUp;
        private double _mostLate;

        public SendPlan Plan => plan;

        public Stopwatch Clock { get; } = Stopwatch.StartNew();

        public void NoteLateness(TimeSpan late) => _mostLate = Math.Max(_mostLate, late.TotalMilliseconds);

        public void NoteGivenUp() => Interlocked.Increment(ref _givenUp);

        public void Note(int status, TimeSpan took)
        {
            _latencies.Add(took.TotalMilliseconds);
            _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        }

        public SendReport Report(IReadOnlyList<OutgoingCall> calls)
        {
            var sorted = _latencies.ToArray();
            Array.Sort(sorted);
            double At(double part) => sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))], 2);
            return new SendReport(
                expected, calls.Sum(call => call.Units), sorted.Length, new SortedDictionary<int, int>(_statuses), _givenUp,
                Math.Round(Clock.Elapsed.TotalSeconds, 3), At(0.5), At(0.9), At(0.99), At(1), Math.Round(_mostLate, 2));
        }
    }
}
