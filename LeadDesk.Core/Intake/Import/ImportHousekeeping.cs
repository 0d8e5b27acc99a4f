using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import;

/// <summary>Drops the files of imports a day after nobody may use them any more (<see cref="ImportFiles.KeptFor"/>), piece by piece. The imports themselves stay.</summary>
internal sealed class ImportHousekeeping(Database database, TimeProvider clock) : IJobHandler
{
    /// <summary>Some megabytes to a transaction.</summary>
    private const int ChunksTogether = 8;

    private static readonly ImportState[] Busy = [ImportState.Running, ImportState.Reverting];

    public static string Kind => "housekeeping.imports";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().UtcDateTime - ImportFiles.KeptFor - TimeSpan.FromDays(1);
        while (await DropAsync(before, cancellationToken) > 0)
        {
            // Each piece is a transaction of its own.
        }
    }

    private async Task<int> DropAsync(DateTime before, CancellationToken cancellationToken)
    {
        var positions = new List<int>();
        long importId;
        // Read before it is written: mostly there is nothing to do, and no writer has to wait for that.
        await using (var context = database.Open(CompanyScope.Installation))
        {
            var chunks = context.ImportChunks.IgnoreQueryFilters();
            importId = await context.LeadImports.IgnoreQueryFilters()
                .Where(import => !Busy.Contains(import.State) && (import.FinishedAt ?? import.CreatedAt) < before && chunks.Any(chunk => chunk.ImportId == import.Id))
                .Select(import => import.Id).FirstOrDefaultAsync(cancellationToken);
            if (importId is not 0)
                positions = await chunks.Where(chunk => chunk.ImportId == importId).OrderBy(chunk => chunk.Position).Select(chunk => chunk.Position).Take(ChunksTogether).ToListAsync(cancellationToken);
        }

        if (positions.Count is 0)
            return 0;
        var last = positions[^1];
        return await database.WriteAsync(
            CompanyScope.Installation,
            context => context.ImportChunks.IgnoreQueryFilters().Where(chunk => chunk.ImportId == importId && chunk.Position <= last).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
    }
}
