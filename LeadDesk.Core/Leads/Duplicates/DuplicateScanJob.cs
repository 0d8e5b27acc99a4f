using System.Globalization;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// Runs a scan: reads all leads into profiles, then round by round compares and writes down what was found. A run that
/// begins again after a crash reads anew and goes on with the round that was not finished.
/// </summary>
internal sealed class DuplicateScanJob(Database database, CompanyDirectory companies, TimeProvider clock) : IJobHandler
{
    private const int MostAttempts = 3;

    /// <summary>Leads read before profiles are made of them.</summary>
    private const int AtOnce = 1000;

    private const int LookEveryBatches = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public static string Kind => "leads.duplicates";

    private static int Rounds => BlockingKeys.Passes.Count;

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("A scan belongs to a company.");
        var scanId = long.Parse(run.Payload!, CultureInfo.InvariantCulture);
        if (await BeginAsync(companyId, scanId, cancellationToken) is not { } scan)
            return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await ScanAsync(scan, stop, cancellationToken);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await EndAsync(scan, ScanState.Cancelled, null, cancellationToken);
        }
        catch (Exception) when (run.Attempt >= MostAttempts && !cancellationToken.IsCancellationRequested)
        {
            // The job's own retries go on to the log; the page must not show a scan that never ends.
            await EndAsync(scan, ScanState.Failed, "The scan stopped because of an error on the server. What it found so far stays. Start it again.", cancellationToken);
            throw;
        }
    }

    private Task<DuplicateScan?> BeginAsync(long companyId, long scanId, CancellationToken cancellationToken) => database.WriteAsync(companyId, async context =>
    {
        var scan = await context.DuplicateScans.FirstOrDefaultAsync(row => row.Id == scanId, cancellationToken);
        if (scan is not { State: ScanState.Waiting or ScanState.Running })
            return null;
        scan.State = ScanState.Running;
        scan.StartedAt ??= clock.GetUtcNow().UtcDateTime;
        return scan;
    }, cancellationToken);

    private async Task ScanAsync(DuplicateScan scan, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var store = new ProfileStore();
        var rarity = ValueRarity.ForCounting();
        await ReadAsync(scan, store, rarity, stop, cancellationToken);
        var roundsDone = scan.Leads is 0 ? 0 : (int)((long)scan.Done * Rounds / scan.Leads);
        scan.Leads = store.Count;
        await ReportAsync(scan, roundsDone, 0, cancellationToken);
        var scanner = new DuplicateScanner(store, rarity, scan.Threshold, Environment.ProcessorCount);
        var results = new ScanResults(database, scan);
        await results.LoadAsync(stop.Token);
        for (var round = roundsDone; round < Rounds; round++)
        {
            var pass = BlockingKeys.Passes[round];
            // Comparing keeps the processor busy for seconds; meanwhile somebody may ask to stop.
            var work = Task.Run(() => scanner.Run(pass, stop.Token), stop.Token);
            await WatchAsync(scan, work, stop, cancellationToken);
            await results.SaveAsync(await work, clock.GetUtcNow().UtcDateTime, stop.Token);
            await ReportAsync(scan, round + 1, results.Count, cancellationToken);
        }

        await results.RemoveStaleAsync(stop.Token);
        await EndAsync(scan, ScanState.Done, null, cancellationToken);
    }

    private async Task ReadAsync(DuplicateScan scan, ProfileStore store, ValueRarity rarity, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(scan.CompanyId, cancellationToken);
        await using var context = database.Open(scan.CompanyId);
        // One core reads while another makes profiles of what was read before.
        var (read, profiling, writer) = (new List<ComparedLead>(AtOnce), Task.CompletedTask, new ProfileWriter());
        var batches = 0;
        await foreach (var lead in ComparedLeads.AllAsync(context, company, stop.Token))
        {
            read.Add(lead);
            if (read.Count < AtOnce)
                continue;
            await profiling;
            var full = read;
            profiling = Task.Run(() => AddProfiles(full, writer, store, rarity), CancellationToken.None);
            read = new List<ComparedLead>(AtOnce);
            if (++batches % LookEveryBatches is 0 && await IsCancelledAsync(scan, cancellationToken))
                await stop.CancelAsync();
        }

        await profiling;
        AddProfiles(read, writer, store, rarity);
    }

    private static void AddProfiles(List<ComparedLead> leads, ProfileWriter writer, ProfileStore store, ValueRarity rarity)
    {
        foreach (var lead in leads)
        {
            var profile = writer.Write(lead);
            rarity.Count(profile);
            store.Add(lead.Id, profile);
        }
    }

    private async Task WatchAsync(DuplicateScan scan, Task work, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            if (await IsCancelledAsync(scan, cancellationToken))
                await stop.CancelAsync();
        }
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync(cancellationToken).AsTask()) != work);
    }

    private async Task<bool> IsCancelledAsync(DuplicateScan scan, CancellationToken cancellationToken)
    {
        await using var context = database.Open(scan.CompanyId);
        return await context.DuplicateScans.AnyAsync(row => row.Id == scan.Id && row.CancelAsked, cancellationToken);
    }

    private Task<int> ReportAsync(DuplicateScan scan, int roundsDone, int pairs, CancellationToken cancellationToken)
    {
        // Rounded up, so that dividing by the rounds again gives the same round.
        scan.Done = (int)((((long)scan.Leads * roundsDone) + Rounds - 1) / Rounds);
        return database.WriteAsync(scan.CompanyId, context => context.DuplicateScans.Where(row => row.Id == scan.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Leads, scan.Leads).SetProperty(row => row.Done, scan.Done).SetProperty(row => row.Pairs, row => pairs > row.Pairs ? pairs : row.Pairs), cancellationToken), cancellationToken);
    }

    private Task<int> EndAsync(DuplicateScan scan, ScanState state, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return database.WriteAsync(scan.CompanyId, context => context.DuplicateScans.Where(row => row.Id == scan.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state).SetProperty(row => row.FinishedAt, now).SetProperty(row => row.Error, error), cancellationToken), cancellationToken);
    }
}
