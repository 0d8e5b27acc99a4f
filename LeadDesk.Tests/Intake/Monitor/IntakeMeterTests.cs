using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Tests.Intake.Monitor;

public sealed class IntakeMeterTests
{
    [Fact]
    public async Task Refusals_outcomes_and_what_waits_stand_in_the_metrics()
    {
        await using var world = await MonitorWorld.OpenAsync(DatabaseEngine.Sqlite);
        using var metrics = new PrometheusMetrics();
        using var gauge = new InboundWaitingGauge(world.Database.Database, world.Time);
        await world.AddAsync(world.New(InboundState.Received), world.New(InboundState.Received), world.New());

        IntakeMeter.Rejected("test-source", IntakeMeter.WrongSignature);
        IntakeMeter.Became("test-source", InboundState.Failed);
        IntakeMeter.Delayed("test-source");
        await gauge.RefreshAsync();

        var text = metrics.Scrape();
        text.ShouldContain("leaddesk_inbound_rejected_total{source=\"test-source\",reason=\"signature\"} 1\n");
        text.ShouldContain("leaddesk_inbound_events_total{source=\"test-source\",state=\"failed\"} 1\n");
        text.ShouldContain("leaddesk_inbound_events_total{source=\"test-source\",state=\"later\"} 1\n");
        text.ShouldContain("# TYPE leaddesk_inbound_waiting gauge\nleaddesk_inbound_waiting 2\n");
    }
}
