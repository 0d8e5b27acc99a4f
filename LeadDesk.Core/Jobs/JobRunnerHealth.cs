namespace LeadDesk.Jobs;

/// <summary>Whether this process's runner is alive, for the readiness check.</summary>
public sealed class JobRunnerHealth(bool enabled)
{
    private long _lastLook;

    /// <summary>False when jobs are switched off in this process; then there is nothing to check.</summary>
    public bool Enabled => enabled;

    /// <summary>When the runner last looked for due jobs with success, UTC; null before the first time. A healthy runner looks every second.</summary>
    public DateTime? LastLookAt => Interlocked.Read(ref _lastLook) is var ticks and not 0 ? new DateTime(ticks, DateTimeKind.Utc) : null;

    internal void Looked(DateTime now) => Interlocked.Exchange(ref _lastLook, now.Ticks);
}
