using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import;

/// <summary>The dry run of a file, from its first row to its last, with its result stored with the import.</summary>
internal sealed class ImportChecks(Database database, ImportSettings settings, ImportFiles files, UserDirectory users, LeadIntake intake, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan StoredEvery = TimeSpan.FromSeconds(2);

    public static string Kind => "import.check";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("An import belongs to a company.");
        var importId = ImportJobs.IdOf(run);
        await using var context = database.Open(companyId);
        var import = await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId && row.State == ImportState.Checking, cancellationToken);
        if (import is null)
            return;
        await using var file = await files.OpenAsync(companyId, importId, cancellationToken);
        await CheckAsync(import, file, cancellationToken);
    }

    /// <summary>Checks all of the file and makes the import ready, or failed with the reason. Cancelled in its middle it leaves the import to a job.</summary>
    /// <param name="import">With format and mapping set.</param>
    public async Task CheckAsync(LeadImport import, Stream file, CancellationToken cancellationToken)
    {
        var format = ImportFormats.Read(import.Format)!;
        var rules = ImportMappingJson.Read(import.Mapping, format.Columns)!;
        var setting = await settings.OfAsync(import.CompanyId, cancellationToken);
        var order = await settings.OrderAsync(import, rules, cancellationToken);
        var dryRun = new DryRun(setting, order);
        var staff = (await users.OfAsync(import.CompanyId)).Candidates;
        var preparation = new RowPreparation(setting, staff, format, rules, clock);
        var stored = clock.GetTimestamp();
        try
        {
            await foreach (var batch in preparation.ReadAsync(file, after: 0, cancellationToken))
            {
                dryRun.Add(batch, await intake.LookUpAsync(batch.Items, cancellationToken), clock.GetUtcNow().UtcDateTime);
                if (clock.GetElapsedTime(stored) < StoredEvery)
                    continue;
                stored = clock.GetTimestamp();
                if (!await StoreAsync(import, dryRun.Result(isWhole: false), ImportState.Checking, null, cancellationToken))
                    return;
            }

            await StoreAsync(import, dryRun.Result(isWhole: true), ImportState.Ready, null, cancellationToken);
        }
        catch (UnreadableTableException exception)
        {
            await StoreAsync(import, dryRun.Result(isWhole: false), ImportState.Failed, exception.Message, cancellationToken);
        }
    }

    /// <returns>False when somebody has changed or cancelled the import meanwhile; his change counts.</returns>
    private async Task<bool> StoreAsync(LeadImport import, ImportSummary summary, ImportState state, string? error, CancellationToken cancellationToken)
    {
        var (text, rows) = (summary.Write(), summary.Rows);
        var mapping = import.Mapping;
        return await database.WriteAsync(
            import.CompanyId,
            context => context.LeadImports.Where(row => row.Id == import.Id && row.State == ImportState.Checking && row.Mapping == mapping).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DryRun, text).SetProperty(row => row.Rows, rows).SetProperty(row => row.State, state).SetProperty(row => row.Error, error).SetProperty(row => row.Version, row => row.Version + 1),
                cancellationToken),
            cancellationToken) > 0;
    }
}
