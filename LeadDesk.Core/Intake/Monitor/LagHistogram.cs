namespace LeadDesk.Intake.Monitor;

/// <summary>
/// Durations in buckets of a fixed ratio, so that percentiles of any number of them take little memory and two can be added
/// up. Eight buckets for each doubling from a tenth of a millisecond: a percentile is within 5 % of the exact one.
/// </summary>
internal sealed class LagHistogram
{
    private const int PerDoubling = 8;
    private const double Smallest = 0.1;

    private readonly SortedDictionary<int, double> buckets = [];

    public void Add(TimeSpan lag, double weight) => Add(IndexOf(lag), weight);

    public void Add(LagHistogram other)
    {
        foreach (var (index, weight) in other.buckets)
            Add(index, weight);
    }

    /// <param name="part">0.5 is the median.</param>
    /// <returns>Null when there is nothing in it.</returns>
    public TimeSpan? Percentile(double part)
    {
        var rest = buckets.Values.Sum() * part;
        foreach (var (index, weight) in buckets)
        {
            rest -= weight;
            if (rest <= 0)
                return Middle(index);
        }

        return buckets.Count is 0 ? null : Middle(buckets.Keys.Last());
    }

    private void Add(int index, double weight) => buckets[index] = buckets.GetValueOrDefault(index) + weight;

    private static int IndexOf(TimeSpan lag) =>
        lag.TotalMilliseconds <= Smallest ? 0 : 1 + (int)Math.Floor(Math.Log2(lag.TotalMilliseconds / Smallest) * PerDoubling);

    private static TimeSpan Middle(int index) =>
        index is 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Smallest * Math.Pow(2, (index - 0.5) / PerDoubling));
}
