using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Intake.Import.Rows;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import.Running;

/// <summary>
/// Runs an import: reads the file ahead of the database and hands batch after batch to the shared commit, which stores rows and progress
/// together. A run that is cut off goes on behind its last commit; one that is cancelled can be continued or reverted.
/// </summary>
internal sealed class ImportRuns(
    Database database, ImportSettings settings, ImportFiles files, UserDirectory users, LeadIntake intake, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookedEvery = TimeSpan.FromMilliseconds(500);

    public static string Kind => "import.run";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("An import belongs to a company.");
        if (await FindAsync(companyId, ImportJobs.IdOf(run), cancellationToken) is not { State: ImportState.Running } import)
            return;
        var format = ImportFormats.Read(import.Format)!;
        var rules = ImportMappingJson.Read(import.Mapping, format.Columns)!;
        await ImportTags.MakeAsync(database, import, cancellationToken);
        var setting = await settings.OfAsync(companyId, cancellationToken);
        var order = await settings.OrderAsync(import, rules, cancellationToken);
        var staff = (await users.OfAsync(companyId)).Candidates;
        await using var file = await files.OpenAsync(companyId, import.Id, cancellationToken);
        using var longRun = database.EnterLongRun();
        try
        {
            var state = await StoreAsync(import, order, new RowPreparation(setting, staff, format, rules, clock).ReadAsync(file, import.Done, cancellationToken), cancellationToken);
            await EndAsync(import, state, null, cancellationToken);
        }
        catch (UnreadableTableException exception)
        {
            await EndAsync(import, ImportState.Cancelled, exception.Message, cancellationToken);
        }
        catch (ImportMovedOnException)
        {
            // Another process goes on with it, whose job this is no more.
        }

        feed.Publish([LeadEvent.Reload(companyId)]);
    }

    private async Task<ImportState> StoreAsync(LeadImport import, ImportOrder order, IAsyncEnumerable<PreparedRows> batches, CancellationToken cancellationToken)
    {
        var touched = await TouchedAsync(import, cancellationToken);
        var done = import.Done;
        var told = clock.GetTimestamp();
        long? looked = null;
        await foreach (var batch in batches)
        {
            if (looked is null || clock.GetElapsedTime(looked.Value) > LookedEvery)
            {
                looked = clock.GetTimestamp();
                if (await FindAsync(import.CompanyId, import.Id, cancellationToken) is { CancelAsked: true })
                    return ImportState.Cancelled;
            }

            await StoreAsync(order, batch.Items, batch.Rejected, done, batch.LastRow, touched);
            done = batch.LastRow;
            if (clock.GetElapsedTime(told) < ToldEvery)
                continue;
            told = clock.GetTimestamp();
            feed.Publish([LeadEvent.Reload(import.CompanyId)]);
        }

        return ImportState.Done;
    }

    /// <summary>A row that cannot be stored must not keep the others out: the batch is halved until the row stands alone, and is given back.</summary>
    private async Task StoreAsync(ImportOrder order, IReadOnlyList<IntakeItem> items, IReadOnlyList<ImportedRow> rejected, int before, int after, HashSet<long> touched)
    {
        try
        {
            await intake.StoreRowsAsync(new ImportBatch(order, items, rejected, before, after, touched));
        }
        catch (Exception exception) when (exception is not (ImportMovedOnException or IntakeOverloadedException) && !Database.IsUnavailable(exception) && items.Count > 0)
        {
            if (items.Count is 1)
            {
                var row = items[0].Row!;
                var bad = new ImportedRow { Number = row.Number, Problem = "The row could not be stored. Send it again, or enter the lead by hand.", Cells = row.Cells ?? [] };
                await intake.StoreRowsAsync(new ImportBatch(order, [], [.. rejected, bad], before, after, touched));
                return;
            }

            var half = items.Count / 2;
            var middle = items[half].Row!.Number - 1;
            await StoreAsync(order, [.. items.Take(half)], [.. rejected.Where(row => row.Number <= middle)], before, middle, touched);
            await StoreAsync(order, [.. items.Skip(half)], [.. rejected.Where(row => row.Number > middle)], middle, after, touched);
        }
    }

    /// <summary>Leads that rows before a crash met.</summary>
    private async Task<HashSet<long>> TouchedAsync(LeadImport import, CancellationToken cancellationToken)
    {
        if (import.Done is 0)
            return [];
        await using var context = database.Open(import.CompanyId);
        return await context.ImportRows.Where(row => row.ImportId == import.Id && row.LeadId != null).Select(row => row.LeadId!.Value).ToHashSetAsync(cancellationToken);
    }

    private async Task<LeadImport?> FindAsync(long companyId, long importId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        return await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId, cancellationToken);
    }

    private async Task EndAsync(LeadImport import, ImportState state, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(import.CompanyId, async context =>
        {
            var row = await context.LeadImports.FirstAsync(one => one.Id == import.Id, cancellationToken);
            if (row.State is not ImportState.Running)
                return row.State;
            (row.State, row.Error, row.FinishedAt, row.CancelAsked) = (state, error, now, false);
            row.Version++;
            Audit.Note(context, import.CompanyId, import.UserId, now, state is ImportState.Done ? "import.done" : "import.stopped", import.FileName, $"{row.Added} new, {row.Updated} updated, {row.Joined} joined, {row.Skipped} skipped, {row.Rejected} rejected");
            return state;
        }, cancellationToken);
    }
}
