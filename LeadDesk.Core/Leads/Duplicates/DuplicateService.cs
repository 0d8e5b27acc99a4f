using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Starts and stops scans, and takes the word of a person that two leads are two people. For who may merge leads.</summary>
public sealed class DuplicateService(Database database, JobSignal jobs, TimeProvider clock)
{
    public const int LowestThreshold = 40;
    public const int HighestThreshold = 99;
    public const int DefaultThreshold = LeadMatcher.DefaultThreshold;

    /// <param name="threshold">0 to 100: pairs below it are not kept; null for the default.</param>
    /// <returns>The scan; the one that is under way when there is one.</returns>
    public async Task<Outcome<DuplicateScan>> StartAsync(CurrentUser user, int? threshold, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        if (threshold is < LowestThreshold or > HighestThreshold)
            return Refusal.Invalid("threshold", $"The threshold must be between {LowestThreshold} and {HighestThreshold}.");
        var scan = await database.WriteAsync(user.CompanyId, async context =>
        {
            if (await context.DuplicateScans.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken) is { State: ScanState.Waiting or ScanState.Running } running)
                return running;
            var now = clock.GetUtcNow().UtcDateTime;
            var started = new DuplicateScan { UserId = user.UserId, Threshold = threshold ?? DefaultThreshold, CreatedAt = now };
            context.DuplicateScans.Add(started);
            await context.SaveChangesAsync(cancellationToken);
            JobQueue.Add(context, DuplicateScanJob.Kind, user.CompanyId, started.Id.ToString(CultureInfo.InvariantCulture), now, now);
            return started;
        }, cancellationToken);
        jobs.Wake();
        return scan;
    }

    /// <summary>Stops the scan that is under way, if there is one. What it found so far stays.</summary>
    public async Task<Outcome<bool>> CancelAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        return await database.WriteAsync(user.CompanyId, async context =>
            await context.DuplicateScans.Where(row => row.State == ScanState.Waiting || row.State == ScanState.Running).ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelAsked, true), cancellationToken) > 0, cancellationToken);
    }

    /// <summary>Two or more leads are different people: no scan brings their pairs up again.</summary>
    /// <param name="leadIds">2 to 20.</param>
    public async Task<Outcome<int>> DismissAsync(CurrentUser user, IReadOnlyCollection<long> leadIds, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        var ids = leadIds.Distinct().Order().ToList();
        if (ids.Count is < 2 or > LeadMerging.MostAtOnce)
            return Refusal.Invalid("ids", $"Give between 2 and {LeadMerging.MostAtOnce} ids of leads that are different people.");
        return await database.WriteAsync<Outcome<int>>(user.CompanyId, async context =>
        {
            if (await LeadQueries.Visible(context, ComparedLeads.ByIds(context, user.CompanyId, ids), user).CountAsync(cancellationToken) != ids.Count)
                return Refusal.Invalid("ids", "One of these leads does not exist or is in the trash. Check the ids.");
            var known = await context.PossibleDuplicates.Where(row => ids.Contains(row.LeadId) && ids.Contains(row.OtherLeadId)).ToListAsync(cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            foreach (var (one, other) in ids.SelectMany((one, index) => ids.Skip(index + 1).Select(other => (one, other))))
            {
                var pair = known.Find(row => (row.LeadId == one && row.OtherLeadId == other) || (row.LeadId == other && row.OtherLeadId == one));
                if (pair is null)
                    context.PossibleDuplicates.Add(pair = new PossibleDuplicate { LeadId = other, OtherLeadId = one, Reason = "", FoundAt = now });
                (pair.State, pair.DecidedById) = (DuplicateState.Dismissed, user.UserId);
            }

            return ids.Count;
        }, cancellationToken);
    }
}
