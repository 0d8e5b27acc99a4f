using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Intake;

/// <summary>Leads from Meta: pushed, polled and read back to the beginning, each beside what the bare server and the bare engine do.</summary>
internal static class IntakeSection
{
    public static async Task<Section> RunAsync(BenchRun bench)
    {
        var (pushes, syncs, backfills) = (PushMeasure.Table(), SyncMeasure.Table(), BackfillMeasure.Table());
        foreach (var engine in bench.Options.Engines)
        {
            BenchRun.Say($"{BenchDatabase.NameOf(engine)}: pushes");
            await PushMeasure.RunAsync(bench, engine, pushes);
            BenchRun.Say($"{BenchDatabase.NameOf(engine)}: syncs");
            await SyncMeasure.RunAsync(bench, engine, syncs);
            BenchRun.Say($"{BenchDatabase.NameOf(engine)}: backfill");
            await BackfillMeasure.RunAsync(bench, engine, backfills);
        }

        return new Section(
            $"""
            ### Pushes

            {pushes}
            {PushMeasure.Notes(bench)}

            ### A sync of {SyncMeasure.LeadsPerSync} new leads

            {syncs}
            {SyncMeasure.Notes(bench)}

            ### A backfill

            {backfills}
            {BackfillMeasure.Notes}
            """);
    }
}
