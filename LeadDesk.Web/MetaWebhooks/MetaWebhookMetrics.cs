using System.Diagnostics.Metrics;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.MetaWebhooks;

/// <summary>What was turned away: a rising count means a wrong secret, or somebody who tries.</summary>
internal static class MetaWebhookMetrics
{
    private static readonly Meter s_meter = new(PrometheusMetrics.OwnMeter);

    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>(
        "leaddesk.meta_webhook.refused", description: "Bodies and handshakes of Meta's webhooks that were not proven, by address and what was wrong.");

    public static void Refused(string address, string what) =>
        s_refused.Add(1, new KeyValuePair<string, object?>("address", address), new KeyValuePair<string, object?>("wrong", what));
}
