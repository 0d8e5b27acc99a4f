using LeadDesk.Live;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Live;

public sealed class ThrottleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private int _runs;

    [Fact]
    public async Task The_first_request_runs_at_once_and_those_that_follow_run_together_at_the_end_of_the_interval()
    {
        using var throttle = NewThrottle();

        throttle.Request();
        await RunsBecomeAsync(1);
        throttle.Request();
        throttle.Request();
        _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
        _runs.ShouldBe(1);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await RunsBecomeAsync(2);
        _time.Advance(Interval * 3);
        _runs.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_quiet_interval_a_request_runs_at_once_again()
    {
        using var throttle = NewThrottle();
        throttle.Request();
        await RunsBecomeAsync(1);
        _time.Advance(Interval);

        throttle.Request();

        await RunsBecomeAsync(2);
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_the_interval_never_overlaps_the_next()
    {
        var (inside, most) = (0, 0);
        var gate = new SemaphoreSlim(0);
        using var throttle = new Throttle(
            Interval,
            async token =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await gate.WaitAsync(token);
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref _runs);
            },
            _ => { },
            _time);

        throttle.Request();
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref inside) is 1);
        throttle.Request();
        _time.Advance(Interval * 2);
        gate.Release(2);

        await RunsBecomeAsync(2);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_throws_is_reported_and_the_next_one_runs()
    {
        var problems = new List<string>();
        using var throttle = new Throttle(Interval, _ => Interlocked.Increment(ref _runs) is 1 ? throw new FormatException("a defect") : Task.CompletedTask, problem => problems.Add(problem.Message), _time);

        throttle.Request();
        await RunsBecomeAsync(1);
        throttle.Request();
        _time.Advance(Interval);

        await RunsBecomeAsync(2);
        problems.ShouldBe(["a defect"]);
    }

    [Fact]
    public async Task After_disposal_nothing_runs_and_the_running_one_is_told()
    {
        var told = new TaskCompletionSource();
        var throttle = new Throttle(
            Interval,
            token =>
            {
                token.Register(told.SetResult);
                Interlocked.Increment(ref _runs);
                return told.Task;
            },
            _ => { },
            _time);
        throttle.Request();
        await RunsBecomeAsync(1);
        throttle.Request();

        throttle.Dispose();
        throttle.Dispose();
        throttle.Request();
        _time.Advance(Interval * 2);

        await told.Task;
        _runs.ShouldBe(1);
    }

    private Throttle NewThrottle() => new(
        Interval,
        _ =>
        {
            Interlocked.Increment(ref _runs);
            return Task.CompletedTask;
        },
        _ => { },
        _time);

    private Task RunsBecomeAsync(int runs) => Eventually.BecomesTrueAsync(() => Volatile.Read(ref _runs) == runs);
}
