namespace LeadDesk.Demo;

/// <summary>Stands at any time in the past, for each flow of work at its own. Caches that measure real time stay fresh.</summary>
internal sealed class DemoClock : TimeProvider
{
    private readonly AsyncLocal<DateTime> now = new();

    public override DateTimeOffset GetUtcNow() => new(now.Value, TimeSpan.Zero);

    public override long GetTimestamp() => 0;

    public void Set(DateTime utc) => now.Value = utc;
}
