using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Architecture;

/// <summary>A source file of ours: not generated, not a migration, not build output.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    private static readonly string[] ProductProjects = ["LeadDesk.Core", "LeadDesk.Web"];
    private static readonly string[] AllProjects = [.. ProductProjects, "LeadDesk.Simulators", "LeadDesk.Bench", "LeadDesk.Tests", "tools"];
    private static readonly string[] NotOurs = ["/bin/", "/obj/", "/Migrations/"];

    /// <summary>What users run.</summary>
    public static IReadOnlyList<SourceFile> OfTheProduct { get; } = [.. In(ProductProjects)];

    /// <summary>The product, its tests and tools.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. In(AllProjects)];

    /// <summary>"path:line: text" of each line the condition holds for, to be read in a failed test.</summary>
    public static IReadOnlyList<string> Where(IEnumerable<SourceFile> files, Func<string, bool> holds) =>
    [
        .. from file in files
           from line in file.Lines.Index()
           where holds(line.Item)
           select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}",
    ];

    private static IEnumerable<SourceFile> In(IEnumerable<string> projects) =>
        from project in projects
        from file in Directory.EnumerateFiles(Repository.PathTo(project), "*", SearchOption.AllDirectories)
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
        let path = System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !NotOurs.Any(folder => path.Contains(folder, StringComparison.Ordinal))
        select new SourceFile(path, File.ReadAllLines(file));
}
