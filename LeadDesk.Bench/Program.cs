using LeadDesk.Bench;
using LeadDesk.Bench.Bulk;
using LeadDesk.Bench.Exports;
using LeadDesk.Bench.Duplicates;
using LeadDesk.Bench.Imports;
using LeadDesk.Bench.Ingest;
using LeadDesk.Bench.Intake;
using LeadDesk.Bench.Lists;
using LeadDesk.Bench.Live;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Resting;
using LeadDesk.Bench.Running;

if (args is [FloorApp.Switch, var address])
    return await FloorApp.RunAsync(address);

if (BenchOptions.Read(args, out var problem) is not { } options)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

Dictionary<string, Func<BenchRun, Task<Section>>> sections = new(StringComparer.Ordinal)
{
    ["start"] = StartSection.RunAsync,
    ["memory"] = MemorySection.RunAsync,
    ["live"] = LiveSection.RunAsync,
    ["lists"] = ListsSection.RunAsync,
    ["bulk"] = BulkSection.RunAsync,
    ["exports"] = ExportsSection.RunAsync,
    ["duplicates"] = DuplicatesSection.RunAsync,
    ["imports"] = ImportsSection.RunAsync,
    ["ingest"] = IngestSection.RunAsync,
    ["intake"] = IntakeSection.RunAsync,
};

await using var bench = new BenchRun(options);
var report = BenchmarkFile.Open();
foreach (var (name, run) in sections.Where(section => options.Runs(section.Key)))
{
    Console.WriteLine($"== {name}");
    var section = await run(bench);
    Console.WriteLine(section.Text);
    if (options.Quick)
        Console.WriteLine("A quick run only shows that everything works: BENCHMARKS.md was left as it is.");
    else
        report.Replace(name, section, await bench.MachineAsync());
}

return 0;
