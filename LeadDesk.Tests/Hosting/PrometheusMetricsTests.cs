using System.Diagnostics.Metrics;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Tests.Hosting;

public sealed class PrometheusMetricsTests
{
    [Fact]
    public void Counters_histograms_and_odd_labels_are_written_as_Prometheus_reads_them()
    {
        using var metrics = new PrometheusMetrics();
        using var meter = new Meter(PrometheusMetrics.OwnMeter);
        meter.CreateCounter<long>("test.leads", description: "Leads\nreceived.").Add(3, new KeyValuePair<string, object?>("channel", "a\"b\\c\nd"));
        var duration = meter.CreateHistogram("test.duration", "s", "Time.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        duration.Record(0.5);
        duration.Record(0.75);
        duration.Record(9);

        var text = metrics.Scrape();

        text.ShouldContain("# HELP test_leads_total Leads\\nreceived.\n# TYPE test_leads_total counter\ntest_leads_total{channel=\"a\\\"b\\\\c\\nd\"} 3\n");
        text.ShouldContain("# TYPE test_duration_seconds histogram\n"
            + "test_duration_seconds_bucket{le=\"0.5\"} 1\ntest_duration_seconds_bucket{le=\"1\"} 2\ntest_duration_seconds_bucket{le=\"+Inf\"} 3\n"
            + "test_duration_seconds_sum 10.25\ntest_duration_seconds_count 3\n");
    }

    [Fact]
    public void What_is_observed_shows_its_last_value_and_not_a_sum_of_scrapes()
    {
        using var metrics = new PrometheusMetrics();
        using var meter = new Meter(PrometheusMetrics.OwnMeter);
        meter.CreateObservableGauge("test.depth", () => 7);

        metrics.Scrape();

        metrics.Scrape().ShouldContain("# TYPE test_depth gauge\ntest_depth 7\n");
    }
}
