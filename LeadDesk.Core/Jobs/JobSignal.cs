using System.Threading.Channels;

namespace LeadDesk.Jobs;

/// <summary>Tells this process's runner that there may be something to do.</summary>
public sealed class JobSignal
{
    // One waiting signal is enough: the runner looks for everything that is due.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call after the commit that added a job.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);

    internal async Task WaitAsync(CancellationToken cancellationToken) => await _signals.Reader.ReadAsync(cancellationToken);
}
