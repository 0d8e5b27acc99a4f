namespace LeadDesk.Live;

/// <summary>
/// Runs a refresh at most once per interval: the first request at once, and whatever is requested meanwhile as one more run
/// at the end of the interval, so the last state is always shown. Runs never overlap. Thread-safe.
/// </summary>
/// <param name="interval">From the start of one run to the start of the next; a longer run delays the next to its own end.</param>
/// <param name="refresh">Called on the thread pool. Its token fires when the throttle is disposed.</param>
/// <param name="failed">Called with what <paramref name="refresh"/> threw; the throttle goes on.</param>
public sealed class Throttle(TimeSpan interval, Func<CancellationToken, Task> refresh, Action<Exception> failed, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposal = new();
    private ITimer? _timer;
    private bool _running;
    private bool _resting;
    private bool _requested;
    private bool _disposed;

    /// <summary>Asks for a run; returns at once. Does nothing after disposal.</summary>
    public void Request()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _requested = true;
            StartIfDue();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer?.Dispose();
        }

        // Outside the lock: it runs the callbacks of whoever listens to the token. Not disposed itself, a run may still hold its token.
        _disposal.Cancel();
    }

    private void StartIfDue()
    {
        if (_disposed || _running || _resting || !_requested)
            return;
        _requested = false;
        _running = true;
        _resting = true;
        _timer ??= time.CreateTimer(static state => ((Throttle)state!).EndRest(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(interval, Timeout.InfiniteTimeSpan);
        _ = Task.Run(RunAsync);
    }

    private void EndRest()
    {
        lock (_gate)
        {
            _resting = false;
            StartIfDue();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await refresh(_disposal.Token);
        }
        catch (OperationCanceledException) when (_disposal.IsCancellationRequested)
        {
            // Disposed while it ran.
        }
        catch (Exception exception)
        {
            failed(exception);
        }
        finally
        {
            lock (_gate)
            {
                _running = false;
                StartIfDue();
            }
        }
    }
}
