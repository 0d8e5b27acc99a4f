using System.Diagnostics.Metrics;

namespace LeadDesk.Analysis;

/// <summary>How the model providers do, in the meter "LeadDesk".</summary>
internal static class AnalysisMetrics
{
    private static readonly Meter s_meter = new("LeadDesk");

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        "leaddesk.analysis.model.duration", unit: "s", description: "Time of one request to a model provider, by provider and result.");

    private static readonly Counter<long> s_answers = s_meter.CreateCounter<long>(
        "leaddesk.analysis.answers", description: "Analyses that went through the model chain, by who answered in the end.");

    public static void Attempted(ModelAttempt attempt) => s_duration.Record(
        attempt.Duration.TotalSeconds,
        new("provider", attempt.Provider),
        new("result", attempt.Reason?.ToString().ToLowerInvariant() ?? "answered"));

    public static void Answered(string answeredBy) => s_answers.Add(1, new KeyValuePair<string, object?>("answered_by", answeredBy));
}
