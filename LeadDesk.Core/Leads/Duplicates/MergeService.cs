using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <param name="UndoToken">Takes the merge back for a day; afterwards <see cref="MergeService.UndoAsync"/> does.</param>
public sealed record MergeDone(Lead Lead, long MergeId, string UndoToken);

/// <summary>Joins leads that are one person, and takes them apart again. For who may merge leads.</summary>
public sealed class MergeService
{
    private readonly Database database;
    private readonly CompanyDirectory companies;
    private readonly LiveFeed feed;
    private readonly TimeProvider clock;

    public MergeService(Database database, CompanyDirectory companies, LiveFeed feed, TimeProvider clock) =>
        (this.database, this.companies, this.feed, this.clock) = (database, companies, feed, clock);

    /// <summary>What the leads have moves to one of them; the others go away, and their addresses lead to it.</summary>
    /// <param name="others">1 to 20 ids.</param>
    /// <param name="choices">
    /// By a field's key (<see cref="MergePreview.Fields"/>) the id of the lead whose value it takes; fields without a choice
    /// keep the staying lead's value, or take the first there is.
    /// </param>
    /// <param name="version">The staying lead's, else the change is refused as stale.</param>
    public async Task<Outcome<MergeDone>> MergeAsync(
        CurrentUser user, long leadId, IReadOnlyCollection<long> others, IReadOnlyDictionary<string, long>? choices, int? version, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        if (others.Count is < 1 or > LeadMerging.MostAtOnce || others.Contains(leadId) || others.Distinct().Count() != others.Count)
            return LeadRefusals.WrongMergeIds;
        choices ??= new Dictionary<string, long>(StringComparer.Ordinal);
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        if (Problem(company, leadId, others, choices) is { } problem)
            return problem;
        var events = new List<LeadEvent>();
        Outcome<MergeDone> outcome;
        try
        {
            outcome = await database.WriteAsync(user.CompanyId, context => ApplyAsync(context, user, company, leadId, [.. others], choices, version, events, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Lost the race several times in a row.
            return LeadRefusals.Stale(null);
        }

        if (outcome.Succeeded)
            feed.Publish(events);
        return outcome;
    }

    /// <summary>Takes a merge back, however old. Its token is spent with it.</summary>
    public async Task<Outcome<UndoResult>> UndoAsync(CurrentUser user, long mergeId, CancellationToken cancellationToken)
    {
        var events = new List<LeadEvent>();
        var outcome = await database.WriteAsync(user.CompanyId, async context =>
        {
            events.Clear();
            var undone = await new MergeUndo(companies, clock).UndoAsync(context, user, mergeId, events, cancellationToken);
            if (undone.Succeeded)
            {
                var now = clock.GetUtcNow().UtcDateTime;
                await context.UndoEntries.Where(row => row.Kind == UndoKind.Merge && row.SubjectId == mergeId).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken);
            }
            else
            {
                context.ChangeTracker.Clear();
            }

            return undone;
        }, cancellationToken);
        if (outcome.Succeeded)
            feed.Publish(events);
        return outcome;
    }

    private async Task<Outcome<MergeDone>> ApplyAsync(
        AppDbContext context, CurrentUser user, CompanyRules company, long leadId, IReadOnlyList<long> others, IReadOnlyDictionary<string, long> choices, int? version, List<LeadEvent> events, CancellationToken cancellationToken)
    {
        events.Clear();
        var found = await LeadQueries.Visible(context, ComparedLeads.ByIds(context, user.CompanyId, [leadId, .. others]), user).ToDictionaryAsync(row => row.Id, cancellationToken);
        if (!found.TryGetValue(leadId, out var lead))
            return Refusal.Missing("lead");
        if (version is { } expected && expected != lead.Version)
            return LeadRefusals.Stale(lead.Version);
        if (found.Count != others.Count + 1)
            return Refusal.Invalid("ids", "One of these leads does not exist or is in the trash. Check the ids.");
        var now = clock.GetUtcNow().UtcDateTime;
        var change = new LeadChange(context, lead, company, user, now);
        var merge = new LeadMerge { LeadId = leadId, UserId = user.UserId, At = now, Before = "{}" };
        context.LeadMerges.Add(merge);
        await context.SaveChangesAsync(cancellationToken);
        if (await LeadMerging.ApplyAsync(change, user, [.. others.Select(id => found[id])], choices, merge, events, cancellationToken) is { } refusal)
            return refusal;
        await change.SaveAsync(cancellationToken);
        events.Add(change.Event());
        return new MergeDone(lead, merge.Id, UndoTokens.Issue(context, UndoKind.Merge, merge.Id, user, now));
    }

    private static Refusal? Problem(CompanyRules company, long leadId, IReadOnlyCollection<long> others, IReadOnlyDictionary<string, long> choices)
    {
        foreach (var (field, from) in choices)
        {
            var known = MergeFields.Chosen.Any(row => row.Key == field)
                || (field.StartsWith(MergeFields.Custom, StringComparison.Ordinal) && company.Fields.Any(row => row.Key == field[MergeFields.Custom.Length..]));
            if (!known)
                return Refusal.Invalid($"fields.{field}", $"There is no such field to choose. Use {string.Join(", ", MergeFields.Chosen.Select(row => row.Key))} or custom.key.");
            if (from != leadId && !others.Contains(from))
                return Refusal.Invalid($"fields.{field}", "Give the id of one of the leads that are merged.");
        }

        return null;
    }
}
