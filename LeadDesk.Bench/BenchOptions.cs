using System.Globalization;
using LeadDesk.Data;

namespace LeadDesk.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        """
        dotnet run -c Release --project LeadDesk.Bench -- SECTION [--engine sqlite|postgres] [--leads N] [--data FOLDER] [--quick]

        SECTION   all, bulk, duplicates, exports, imports, ingest, intake, lists, live, memory or start
        --engine  only this engine, where a section measures both
        --leads   how many leads lists and exports are measured with; 1000000 by default, 50000 for a quick run
        --data    lists: where the leads stay between runs, filled the first time; of PostgreSQL a database stays in the server
        --quick   short runs with few leads, to see that everything works; writes nothing into BENCHMARKS.md

        LEADDESK_BENCH_POSTGRES  connection string of a PostgreSQL that may create databases; without it one is started for the run
        """;

    private const string All = "all";
    private const int ManyLeads = 1_000_000;
    private const int QuickLeads = 50_000;

    private static readonly string[] Sections = [All, "bulk", "duplicates", "exports", "imports", "ingest", "intake", "lists", "live", "memory", "start"];

    private int? given;

    public required string Section { get; init; }

    public required IReadOnlyList<DatabaseEngine> Engines { get; init; }

    /// <summary>How many the lists are measured with.</summary>
    public int Leads => given ?? (Quick ? QuickLeads : ManyLeads);

    /// <summary>Where the leads of the lists stay; null when they are made anew and thrown away.</summary>
    public string? Data { get; init; }

    public bool Quick { get; init; }

    public bool Runs(string section) => Section is All || Section == section;

    /// <returns>Null with the reason in <paramref name="problem"/> when something is not understood.</returns>
    public static BenchOptions? Read(string[] args, out string? problem)
    {
        problem = null;
        if (args is not [var section, .. var rest] || !Sections.Contains(section))
        {
            problem = $"Name a section: {string.Join(", ", Sections)}.";
            return null;
        }

        var options = new BenchOptions { Section = section, Engines = [DatabaseEngine.Sqlite, DatabaseEngine.Postgres] };
        while (rest is not [])
        {
            switch (rest)
            {
                case ["--quick", .. var others]:
                    (options, rest) = (options with { Quick = true }, others);
                    break;
                case ["--leads", var text, .. var others] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var leads) && leads >= 1000:
                    (options, rest) = (options with { given = leads }, others);
                    break;
                case ["--data", var folder, .. var others]:
                    (options, rest) = (options with { Data = Path.GetFullPath(folder) }, others);
                    break;
                case ["--engine", var word, .. var others] when Enum.TryParse<DatabaseEngine>(word, ignoreCase: true, out var engine):
                    (options, rest) = (options with { Engines = [engine] }, others);
                    break;
                default:
                    problem = $"Not understood: {string.Join(' ', rest)}";
                    return null;
            }
        }

        return options;
    }
}
