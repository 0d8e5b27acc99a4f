using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake.Monitor;

public sealed class IntakeRateTests
{
    public static TheoryData<DatabaseEngine> Both => Engines.All;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Events_are_counted_in_their_minute_and_leave_after_an_hour(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        await world.AddAsync([.. Enumerable.Range(0, 7).Select(_ => world.New())]);
        await world.AddAsync(world.New(InboundState.Received, InboundSources.Meta));

        (await FormAsync(world)).PerMinute[^1].ShouldBe(7);

        var started = world.Time.UtcNow.AddMilliseconds(-1500);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await world.AddAsync(world.New(), world.New());
        var form = await FormAsync(world);
        (form.PerMinute[^1], form.PerMinute[^11], form.InTheHour).ShouldBe((2, 7, 9));
        var meta = (await world.Rates.GetAsync(world.Company.Manager)).Value!.Sources.Single(source => source.Source == InboundSources.Meta);
        (meta.Waiting, meta.OldestWaiting, meta.Median).ShouldBe((1, started, null));

        world.Time.Advance(TimeSpan.FromMinutes(50));
        (await FormAsync(world)).InTheHour.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_event_that_is_done_while_the_monitor_is_open_brings_its_lag(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        var row = world.New(InboundState.Received);
        await world.AddAsync(row);
        (await FormAsync(world)).Median.ShouldBeNull();

        world.Time.Advance(TimeSpan.FromSeconds(8));
        await world.Database.Database.WriteAsync(world.Company.Id, context =>
        {
            context.InboundEvents.Attach(row);
            (row.State, row.ProcessedAt) = (InboundState.Processed, world.Time.UtcNow);
            return Task.FromResult(true);
        }, MonitorWorld.Stop);

        (await FormAsync(world)).Median.ShouldNotBeNull().TotalSeconds.ShouldBe(9.5, 0.5);
        (await FormAsync(world)).Waiting.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_rate_that_is_too_high_to_count_is_estimated_from_samples(DatabaseEngine engine)
    {
        await using var world = await MonitorWorld.OpenAsync(engine);
        const int Length = 12_000;
        await world.AddAsync([.. Enumerable.Range(0, Length).Select(i => world.New(source: i % 4 is 0 ? InboundSources.Meta : InboundSources.Form))]);
        // What an open monitor reads again is bounded: this hour is read by its first look, the second one samples.
        await FormAsync(world);
        world.Time.Advance(TimeSpan.FromSeconds(2));

        var form = await FormAsync(world);

        form.InTheHour.ShouldBe(Length * 0.75, Length * 0.02);
    }

    [Fact]
    public void Percentiles_are_within_five_percent()
    {
        var lags = new LagHistogram();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
            lags.Add(TimeSpan.FromMilliseconds(milliseconds), 1);

        lags.Percentile(0.5)!.Value.TotalMilliseconds.ShouldBe(500, 25);
        lags.Percentile(0.95)!.Value.TotalMilliseconds.ShouldBe(950, 48);
        new LagHistogram().Percentile(0.5).ShouldBeNull();
    }

    private static async Task<SourceRates> FormAsync(MonitorWorld world)
    {
        world.Time.Advance(TimeSpan.FromMilliseconds(1500));
        return (await world.Rates.GetAsync(world.Company.Admin)).Value!.Sources.Single(source => source.Source == InboundSources.Form);
    }
}
