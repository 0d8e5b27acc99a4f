namespace LeadDesk.Jobs;

/// <summary>How long a failed job waits for its next attempt, and when it is given up.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(6),
    ];

    /// <summary>After this many failed attempts (about ten hours) a job is parked.</summary>
    public static int MaximumAttempts => Delays.Length + 1;

    /// <param name="attempts">Failed attempts so far, from 1.</param>
    /// <param name="jitter">
    /// 0 up to 1: spreads jobs that failed together over the delay and a fifth more, so that they do not return together.
    /// </param>
    /// <returns>Null when the job is to be parked.</returns>
    public static TimeSpan? DelayAfter(int attempts, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        return attempts >= MaximumAttempts ? null : Delays[attempts - 1] * (1 + (0.2 * jitter));
    }
}
