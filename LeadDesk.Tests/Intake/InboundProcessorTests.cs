using LeadDesk.Intake;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake;

/// <summary>What wakes the processor.</summary>
public sealed class InboundProcessorTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_signal_ends_the_wait_at_once_and_the_timer_does_when_its_time_comes()
    {
        var signal = new InboundSignal();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);

        var bySignal = signal.WaitAsync(timer, TestContext.Current.CancellationToken);
        bySignal.IsCompleted.ShouldBeFalse();
        signal.Wake();
        await bySignal;

        var byTimer = signal.WaitAsync(timer, TestContext.Current.CancellationToken);
        byTimer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        await byTimer;
    }

    [Fact]
    public async Task Signals_given_while_nobody_waits_count_once()
    {
        var signal = new InboundSignal();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        signal.Wake();
        signal.Wake();

        await signal.WaitAsync(timer, TestContext.Current.CancellationToken);

        signal.WaitAsync(timer, TestContext.Current.CancellationToken).IsCompleted.ShouldBeFalse();
    }
}
