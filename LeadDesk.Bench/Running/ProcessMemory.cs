using System.Globalization;

namespace LeadDesk.Bench.Running;

/// <param name="Resident">All memory that is in use, files and shared libraries included; bytes.</param>
/// <param name="Private">What belongs to this process alone; bytes.</param>
internal sealed record ProcessMemory(long Resident, long Private)
{
    /// <summary>
    /// From /proc:
    /// <code>
    /// VmRSS:	  143212 kB
    /// RssAnon:	   81200 kB
    /// </code>
    /// </summary>
    public static ProcessMemory Of(int processId)
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"));
        return new ProcessMemory(Value("VmRSS:"), Value("RssAnon:"));

        long Value(string name) =>
            long.Parse(lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
