using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Making one lead of several that are the same person, and writing down how to take them apart again.</summary>
internal static class LeadMerging
{
    public const int MostAtOnce = 20;

    /// <param name="others">The leads that go away, in the caller's order.</param>
    /// <param name="choices">For a field the lead whose value it takes; others keep the staying lead's value, or the first there is.</param>
    /// <param name="merge">Saved already; gets the record.</param>
    /// <param name="events">Gets what the live feed tells about the leads that went away.</param>
    public static async Task<Refusal?> ApplyAsync(
        LeadChange change, CurrentUser user, IReadOnlyList<Lead> others, IReadOnlyDictionary<string, long> choices, LeadMerge merge, List<LeadEvent> events, CancellationToken cancellationToken)
    {
        var (context, lead) = (change.Context, change.Lead);
        var record = new MergeRecord();
        var before = MergeFields.All.ToDictionary(field => field.Key, field => field.Read(lead), StringComparer.Ordinal);
        record.NearBefore.AddRange(await context.LeadNearKeys.Where(row => row.LeadId == lead.Id).Select(row => row.Value).ToListAsync(cancellationToken));
        await MergeLabels.JoinAsync(change, others, choices, record, cancellationToken);
        Choose(change, others, choices);
        foreach (var other in others)
        {
            record.MessagesAdded += other.MessageCount;
            record.SubmissionsAdded += other.SubmissionCount;
            MergeFields.FillByRule(lead, other);
            var rows = new MergedRows { LeadId = other.Id };
            record.Leads.Add(rows);
            await MergeRows.MoveAsync(context, rows, lead.Id, cancellationToken);
            var gone = new LeadChange(context, other, change.Company, user, change.Now);
            (other.DeletedAt, other.DeletedById, other.MergedIntoId) = (change.Now, user.UserId, lead.Id);
            gone.Note(TimelineKind.Merged, after: $"#{lead.Id}");
            context.MergedLeads.Add(new MergedLead { MergeId = merge.Id, CompanyId = lead.CompanyId, LeadId = other.Id });
            await SaveQuietlyAsync(gone, cancellationToken);
            events.Add(gone.Event());
            change.Note(TimelineKind.Merged, LeadNames.Display(other.Name, other.Email, other.Phone, other.Id), before: $"#{other.Id}", details: Details(merge.Id));
        }

        lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
        lead.NextFollowUpAt = await NextFollowUpAsync(change, lead.Id, cancellationToken);
        change.SearchTextChanged = true;
        LeadEditing.Rescore(change);
        foreach (var field in MergeFields.All.Where(field => field.Read(lead) != before[field.Key]))
            record.Fields[field.Key] = new BeforeAfter(before[field.Key], field.Read(lead));
        merge.Before = record.ToJson();
        return null;
    }

    /// <summary>Saves a lead whose merge is no activity of the person: its place among the latest stays.</summary>
    public static async Task SaveQuietlyAsync(LeadChange change, CancellationToken cancellationToken)
    {
        change.Recount();
        await change.Context.SaveChangesAsync(cancellationToken);
        await CounterStore.ApplyAsync(change.Context, change.Lead.CompanyId, new Dictionary<CounterKey, long>(change.Deltas), cancellationToken);
        await LeadSearchQueue.AddAsync(change.Context, change.Lead.Id, cancellationToken);
    }

    public static Task<DateTime?> NextFollowUpAsync(LeadChange change, long leadId, CancellationToken cancellationToken) =>
        change.Context.FollowUps.Where(row => row.LeadId == leadId && row.DoneAt == null).MinAsync(row => (DateTime?)row.DueAt, cancellationToken);

    /// <summary>Of a timeline entry: by which merge it can be taken back.</summary>
    private static string Details(long mergeId) => JsonSerializer.Serialize(new Dictionary<string, long> { ["merge_id"] = mergeId });

    private static void Choose(LeadChange change, IReadOnlyList<Lead> others, IReadOnlyDictionary<string, long> choices)
    {
        var lead = change.Lead;
        IReadOnlyList<Lead> all = [lead, .. others];
        foreach (var field in MergeFields.Chosen)
        {
            var source = MergeFields.Source(field, all, choices);
            if (source == lead)
                continue;
            if (field.Key is MergeFields.Status)
                change.Note(TimelineKind.StageChanged, before: change.Company.Stage(lead.StageId)?.Name, after: change.Company.Stage(source.StageId)?.Name);
            if (choices.ContainsKey(field.Key) && field.Key is not (MergeFields.Status or MergeFields.Owner))
                change.Note(TimelineKind.FieldChanged, field.Key, field.Show(lead), field.Show(source));
            field.Write(lead, field.Read(source));
        }
    }
}
