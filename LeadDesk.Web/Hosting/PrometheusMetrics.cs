using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using LeadDesk.Intake.Monitor;

namespace LeadDesk.Web.Hosting;

/// <summary>
/// <c>/metrics</c> in the Prometheus text format 0.0.4, from the framework's own meters and LeadDesk's. The page is open, so
/// only numbers about the process and the shapes of addresses get in: no caller, company or lead.
/// </summary>
internal sealed class PrometheusMetrics : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Every instrument of this meter is shown; it must follow the rule above.</summary>
    public const string OwnMeter = "LeadDesk";

    /// <summary>Instruments of the framework that are worth a graph, and which of their tags become labels.</summary>
    private static readonly Dictionary<string, string[]> Chosen = new(StringComparer.Ordinal)
    {
        ["http.server.request.duration"] = ["http.request.method", "http.route", "http.response.status_code"],
        ["http.server.active_requests"] = ["http.request.method"],
        ["kestrel.active_connections"] = [],
        ["kestrel.rejected_connections"] = [],
        ["signalr.server.active_connections"] = ["signalr.transport"],
        ["aspnetcore.components.circuit.active"] = [],
        ["aspnetcore.components.circuit.connected"] = [],
        ["aspnetcore.rate_limiting.requests"] = ["aspnetcore.rate_limiting.result"],
        ["dotnet.process.memory.working_set"] = [],
        ["dotnet.process.cpu.time"] = ["cpu.mode"],
        ["dotnet.gc.collections"] = ["gc.heap.generation"],
        ["dotnet.gc.heap.total_allocated"] = [],
        ["dotnet.gc.last_collection.heap.size"] = ["gc.heap.generation"],
        ["dotnet.gc.pause.time"] = [],
        ["dotnet.thread_pool.thread.count"] = [],
        ["dotnet.thread_pool.queue.length"] = [],
        ["dotnet.monitor.lock_contentions"] = [],
        ["dotnet.exceptions"] = [],
    };

    private readonly ConcurrentDictionary<string, PrometheusFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly Lock scraping = new();

    public PrometheusMetrics()
    {
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((PrometheusFamily)state!).Measure(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((PrometheusFamily)state!).Measure(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((PrometheusFamily)state!).Measure(value, tags));
        listener.Start();
    }

    public string Scrape()
    {
        // Observed values of one scrape must not mix with another's.
        lock (scraping)
        {
            foreach (var family in families.Values)
                family.BeginObserving();
            listener.RecordObservableInstruments();
            var text = new StringBuilder(16 * 1024);
            foreach (var family in families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.WriteTo(text);
            return text.ToString();
        }
    }

    public void Dispose() => listener.Dispose();

    private void Publish(Instrument instrument, MeterListener meters)
    {
        string[]? labels = null;
        if (instrument.Meter.Name is not OwnMeter && !Chosen.TryGetValue(instrument.Name, out labels))
            return;
        var name = PrometheusFamily.NameOf(instrument);
        meters.EnableMeasurementEvents(instrument, families.GetOrAdd(name, static (key, made) => PrometheusFamily.Create(key, made.instrument, made.labels), (instrument, labels)));
    }
}

internal static class PrometheusEndpoint
{
    public static void MapMetrics(this WebApplication app)
    {
        // Made now and not at the first scrape, so that everything from the start is counted.
        var metrics = app.Services.GetRequiredService<PrometheusMetrics>();
        var waiting = app.Services.GetRequiredService<InboundWaitingGauge>();
        app.MapGet("/metrics", async () =>
        {
            await waiting.RefreshAsync();
            return Results.Text(metrics.Scrape(), PrometheusMetrics.ContentType);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
