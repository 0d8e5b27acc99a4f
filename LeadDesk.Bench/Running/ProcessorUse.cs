using System.Diagnostics;
using System.Globalization;

namespace LeadDesk.Bench.Running;

/// <summary>Processor time from the moment it is made.</summary>
internal sealed class ProcessorUse(ServerProcess server)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan serverBefore = server.ProcessorTime;
    private readonly TimeSpan clientBefore = Environment.CpuUsage.TotalTime;
    private readonly (double Busy, double All) machineBefore = Machine();

    /// <returns>Shares of one core; of the whole machine for the machine.</returns>
    public (double Server, double Client, double Machine) Since()
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var machine = Machine();
        return ((server.ProcessorTime - serverBefore).TotalSeconds / seconds,
            (Environment.CpuUsage.TotalTime - clientBefore).TotalSeconds / seconds,
            (machine.Busy - machineBefore.Busy) / (machine.All - machineBefore.All));
    }

    /// <summary>From <c>cpu  user nice system idle iowait irq softirq steal …</c>, the first line of /proc/stat.</summary>
    private static (double Busy, double All) Machine()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }
}
