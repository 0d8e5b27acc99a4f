namespace LeadDesk.Simulators.Graph;

/// <summary>What the usage headers say. All numbers are percent but the minutes.</summary>
/// <param name="AppPercent">For <c>X-App-Usage</c>; null leaves the header out.</param>
/// <param name="PagePercent">For <c>X-Business-Use-Case-Usage</c>; null leaves the header out.</param>
/// <param name="Minutes">Estimated time until access is regained.</param>
public sealed record GraphUsage(int? AppPercent = null, int? PagePercent = null, int Minutes = 0);

/// <summary>One call as it came in. Tokens are not kept.</summary>
/// <param name="Query">Without the token and its proof.</param>
public sealed record GraphCall(DateTime At, string Method, string Path, string Query, bool HadBearer);

/// <summary>How calls go: faults in waiting, outages, latency, usage; and what calls there were. Safe for concurrent use.</summary>
internal sealed class GraphBehaviour(TimeProvider time)
{
    private const int MostCalls = 10_000;

    private readonly Lock _lock = new();
    private readonly List<PlannedFault> _planned = [];
    private readonly Queue<GraphCall> _calls = [];
    private DateTime _downUntil;
    private GraphFault _outage = GraphFaults.Find("plain_text")!;
    private int _running;
    private int _mostRunning;
    private long _count;
    private long _failed;

    public TimeSpan Latency { get; set; }

    public GraphUsage Usage { get; set; } = new();

    public IReadOnlyList<GraphCall> Calls { get { lock (_lock) return [.. _calls]; } }

    public long CallCount { get { lock (_lock) return _count; } }

    public long FailedCount { get { lock (_lock) return _failed; } }

    public int MostRunning { get { lock (_lock) return _mostRunning; } }

    public bool IsDown { get { lock (_lock) return Now < _downUntil; } }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public void Plan(GraphFault fault, int times, int after, string? on)
    {
        lock (_lock) _planned.Add(new PlannedFault(fault, on) { Times = times, After = after });
    }

    public void GoDown(TimeSpan howLong, GraphFault outage)
    {
        lock (_lock)
        {
            _downUntil = howLong == Timeout.InfiniteTimeSpan ? DateTime.MaxValue : Now + howLong;
            _outage = outage;
        }
    }

    public void ComeBack()
    {
        lock (_lock)
        {
            _downUntil = default;
            _planned.Clear();
        }
    }

    /// <summary>Counts a call in and tells how it fails; null: it does not.</summary>
    public GraphFault? Enter(GraphCall call)
    {
        lock (_lock)
        {
            _count++;
            _calls.Enqueue(call);
            if (_calls.Count > MostCalls) _calls.Dequeue();
            _mostRunning = Math.Max(_mostRunning, ++_running);
            var fault = Now < _downUntil ? _outage : Planned(call);
            if (fault is not null) _failed++;
            return fault;
        }
    }

    public void Leave()
    {
        lock (_lock) _running--;
    }

    public void Reset()
    {
        lock (_lock)
        {
            _planned.Clear();
            _calls.Clear();
            _downUntil = default;
            _mostRunning = _running;
            _count = 0;
            _failed = 0;
            Latency = TimeSpan.Zero;
            Usage = new GraphUsage();
        }
    }

    private GraphFault? Planned(GraphCall call)
    {
        var planned = _planned.Find(candidate => candidate.Fits(call));
        if (planned is null) return null;
        if (planned.After > 0)
        {
            planned.After--;
            return null;
        }

        if (--planned.Times == 0) _planned.Remove(planned);
        return planned.Fault;
    }

    /// <param name="on">Part of the path; null: every call.</param>
    private sealed class PlannedFault(GraphFault fault, string? on)
    {
        public GraphFault Fault => fault;

        public int Times { get; set; }

        public int After { get; set; }

        public bool Fits(GraphCall call) => on is null || call.Path.Contains(on, StringComparison.OrdinalIgnoreCase);
    }
}
