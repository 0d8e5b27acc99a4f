using System.Globalization;
using System.Runtime.CompilerServices;

namespace LeadDesk.Bench.Reporting;

/// <summary>What a section has to say: tables and the sentences that explain them, in Markdown.</summary>
internal sealed record Section(string Text);

/// <summary>
/// BENCHMARKS.md. A run writes between the markers of its section only, so that sections are measured one by one:
/// <code>
/// &lt;!-- bench:ingest --&gt;
/// …
/// &lt;!-- /bench:ingest --&gt;
/// </code>
/// </summary>
internal sealed class BenchmarkFile
{
    private readonly string path;

    private BenchmarkFile(string path) => this.path = path;

    public static BenchmarkFile Open()
    {
        var file = Path.Combine(Repository, "BENCHMARKS.md");
        return File.Exists(file) ? new BenchmarkFile(file) : throw new FileNotFoundException("BENCHMARKS.md should stand in the repository's root.", file);
    }

    /// <summary>The repository's root, as it was when this was built.</summary>
    public static string Repository { get; } = RootOf(ThisFile());

    public void Replace(string name, Section section, string machine)
    {
        var (start, end) = ($"<!-- bench:{name} -->", $"<!-- /bench:{name} -->");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"BENCHMARKS.md has no place between {start} and {end}.");
        var measured = string.Create(CultureInfo.InvariantCulture, $"Measured {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC on {machine}.");
        File.WriteAllText(path, $"{text[..(from + start.Length)]}\n{measured}\n\n{section.Text.Trim()}\n{text[to..]}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static string RootOf(string file) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
