using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Jobs;

namespace LeadDesk.Tests.Jobs;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 30)]
    [InlineData(3, 120)]
    [InlineData(4, 600)]
    [InlineData(5, 3600)]
    public void Each_failure_waits_longer_than_the_one_before(int attempts, int seconds) =>
        RetrySchedule.DelayAfter(attempts, jitter: 0).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void The_last_attempt_is_followed_by_none()
    {
        RetrySchedule.DelayAfter(RetrySchedule.MaximumAttempts - 1, jitter: 0).ShouldNotBeNull();
        RetrySchedule.DelayAfter(RetrySchedule.MaximumAttempts, jitter: 0).ShouldBeNull();
    }

    [Fact]
    public void Jitter_adds_up_to_a_fifth_and_never_shortens() =>
        Prop.ForAll(
            Gen.Choose(1, RetrySchedule.MaximumAttempts - 1).ToArbitrary(),
            Gen.Choose(0, 999).ToArbitrary(),
            (attempts, jitter) =>
            {
                var plain = RetrySchedule.DelayAfter(attempts, 0)!.Value;
                var delay = RetrySchedule.DelayAfter(attempts, jitter / 1000.0)!.Value;
                return delay >= plain && delay < plain * 1.2;
            }).QuickCheckThrowOnFailure();
}
