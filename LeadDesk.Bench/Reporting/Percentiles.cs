namespace LeadDesk.Bench.Reporting;

/// <summary>Latencies of one measurement, in milliseconds.</summary>
internal sealed class Percentiles
{
    private readonly double[] sorted;

    /// <param name="milliseconds">At least one.</param>
    public Percentiles(IEnumerable<double> milliseconds)
    {
        sorted = [.. milliseconds];
        if (sorted.Length is 0)
            throw new InvalidOperationException("Nothing was measured.");
        Array.Sort(sorted);
    }

    public int Count => sorted.Length;

    public double P50 => At(0.50);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public double Highest => sorted[^1];

    /// <summary>The smallest latency that at least this share of all did not exceed.</summary>
    private double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
