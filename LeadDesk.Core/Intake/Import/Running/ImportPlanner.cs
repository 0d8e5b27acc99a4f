using System.Text.Json;
using LeadDesk.Assignment;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Running;

/// <summary>What became of a row.</summary>
/// <param name="State">Null for a new lead.</param>
/// <param name="Reason">Why it changed nothing.</param>
internal sealed record RowOutcome(ImportRowState? State, Lead Lead, IReadOnlyList<ChangedFact> Changes, string? Reason = null);

/// <summary>
/// Decides what the rows of a file become, by the rules of the one door: the same matching, scoring, assignment and counters as for every
/// lead, and one timeline entry per row. Pure over <see cref="IntakeState"/>; a dry run plans the same and writes nothing.
/// </summary>
internal sealed class ImportPlanner(IntakePlanner door, IntakeState state, IntakeAddresses addresses, IntakeRecords records, ImportOrder order)
{
    private const string InTrash = "The lead is in the trash";
    private const string NothingNew = "The lead has all of this already";
    private const string Kept = "The lead is here already";
    private const string SamePerson = "The same person as in an earlier row";

    private readonly HashSet<long> met = [];
    private readonly ImportLabels labels = new(state, door.Rows, order);

    private IntakeRows Rows => door.Rows;

    public ImportTally Plan(ImportBatch batch)
    {
        var tally = new ImportTally();
        foreach (var item in batch.Items)
            Keep(item, Plan(item, batch.Touched), tally);
        foreach (var rejected in batch.Rejected)
        {
            Rows.ImportRows.Add(new ImportRow
            {
                ImportId = order.ImportId, CompanyId = order.CompanyId, RowNumber = rejected.Number, State = ImportRowState.Rejected, Reason = rejected.Problem, Cells = JsonSerializer.Serialize(rejected.Cells ?? []),
            });
        }

        tally.Rejected = batch.Rejected.Count;
        tally.Leads.UnionWith(met);
        Rows.Imports.Add(new ImportProgress(order.CompanyId, order.ImportId, batch.DoneBefore, batch.DoneAfter, tally));
        return tally;
    }

    /// <param name="touched">Leads that earlier rows met; those that they made say it themselves.</param>
    public RowOutcome Plan(IntakeItem item, IReadOnlySet<long> touched)
    {
        var repeat = item.Incoming.RepeatKey is { } key ? new RepeatKey(order.CompanyId, item.Incoming.Source, key) : (RepeatKey?)null;
        var stored = repeat is { } asked ? state.Repeats.GetValueOrDefault(asked) : null;
        var known = stored?.DoneLeadId is { } done ? state.Leads.GetValueOrDefault(done) : null;
        var existing = known ?? addresses.Find(item);
        if (existing is null)
            return Add(item, repeat, stored);
        var again = existing.ImportId == order.ImportId || !met.Add(existing.Id) || touched.Contains(existing.Id);
        var outcome = Change(item, existing, repeat, stored, isRepeat: known is not null);
        return again ? outcome with { State = ImportRowState.DuplicateInFile, Reason = outcome.Reason ?? SamePerson } : outcome;
    }

    private void Keep(IntakeItem item, RowOutcome outcome, ImportTally tally)
    {
        switch (outcome.State)
        {
            case null:
                tally.Added++;
                return;
            case ImportRowState.Updated:
                tally.Updated++;
                break;
            case ImportRowState.Joined:
                tally.Joined++;
                break;
            default:
                tally.Skipped++;
                break;
        }

        Rows.ImportRows.Add(new ImportRow
        {
            ImportId = order.ImportId,
            CompanyId = order.CompanyId,
            RowNumber = item.Row!.Number,
            State = outcome.State.Value,
            LeadId = outcome.Lead.Id,
            Reason = outcome.Reason,
            Before = outcome.Changes.Count > 0 ? LeadTexts.Write(outcome.Changes) : null,
            Version = outcome.Lead.Version,
        });
    }

    private RowOutcome Add(IntakeItem item, RepeatKey? repeat, KnownEvent? stored)
    {
        var row = item.Row!;
        var lead = door.NewLead(item);
        lead.ImportId = order.ImportId;
        lead.Value = row.Value;
        if (row.Stage is { } stage)
            (lead.StageId, lead.Outcome) = (stage.Id, stage.Outcome);
        door.Add(lead);
        var (_, messageId) = records.RememberImported(item, lead, repeat, stored);
        addresses.Remember(item, lead);
        Assign(item, lead);
        labels.Add(lead, row);
        LeadScoring.Apply(lead, item.Company.Scoring, item.ReceivedAt);
        Note(item, lead, TimelineKind.Imported, item.Candidate.Message, after: order.FileName, messageId: messageId);
        door.Count(item, lead, +1);
        Rows.SearchQueue.Add(lead.Id);
        return new(null, lead, []);
    }

    private RowOutcome Change(IntakeItem item, Lead lead, RepeatKey? repeat, KnownEvent? stored, bool isRepeat)
    {
        if (order.Existing is ExistingLeads.Skip)
            return new(ImportRowState.Skipped, lead, [], Kept);
        var joins = order.Existing is ExistingLeads.Join && !isRepeat;
        if (lead.DeletedAt is not null && !joins)
            return new(ImportRowState.Skipped, lead, [], InTrash);
        var before = LeadTexts.Take(lead);
        door.Count(item, lead, -1);
        var changed = Fill(item, lead, order.Existing is ExistingLeads.Overwrite);
        if (joins)
            Join(item, lead);
        var changes = LeadTexts.Differences(before, lead);
        changes.AddRange(changed);
        if (changes.Count is 0 && !joins)
        {
            door.Count(item, lead, +1);
            return new(ImportRowState.Skipped, lead, [], NothingNew);
        }

        lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
        (lead.LastActivityAt, lead.Version) = (item.ReceivedAt, lead.Version + 1);
        long? messageId = null;
        if (joins)
        {
            (var eventId, messageId) = records.RememberImported(item, lead, repeat, stored);
            changes.Add(new(LeadTexts.Submission, null, LeadTexts.Ids(eventId, messageId)));
        }

        var contacts = Rows.Contacts.Count;
        addresses.Remember(item, lead);
        if (Rows.Contacts.Count > contacts)
            changes.Add(new(LeadTexts.Contacts, null, string.Join('\n', Rows.Contacts.Skip(contacts).Select(static contact => $"{(int)contact.Kind}{contact.Value}"))));
        LeadScoring.Apply(lead, item.Company.Scoring, item.ReceivedAt);
        var shown = string.Join(", ", changes.Where(static change => LeadTexts.IsShown(change.Name)).Select(static change => change.Name).Where(static name => !name.StartsWith(LeadTexts.FieldPrefix, StringComparison.Ordinal)));
        Note(item, lead, TimelineKind.Imported, joins ? item.Candidate.Message : null, shown.Length > 0 ? shown : null, order.FileName, messageId);
        door.Count(item, lead, +1);
        if (!door.IsNew(lead))
            Rows.ChangedLeads.Add(lead);
        Rows.SearchQueue.Add(lead.Id);
        return new(joins ? ImportRowState.Joined : ImportRowState.Updated, lead, changes);
    }

    /// <returns>What was changed beside the lead's own facts.</returns>
    private List<ChangedFact> Fill(IntakeItem item, Lead lead, bool overwrite)
    {
        var (candidate, row) = (item.Candidate, item.Row!);
        string? Put(string? here, string? given) => given is not null && (here is null || overwrite) ? given : here;
        lead.Name = Put(lead.Name, candidate.Name);
        lead.Organisation = Put(lead.Organisation, candidate.Organisation);
        lead.JobTitle = Put(lead.JobTitle, candidate.JobTitle);
        lead.City = Put(lead.City, candidate.City);
        lead.Country = Put(lead.Country, candidate.Country);
        lead.Campaign = Put(lead.Campaign, candidate.Campaign);
        lead.Source = Put(lead.Source, candidate.Source);
        lead.Interest = Put(lead.Interest, candidate.Interest);
        lead.Metadata = ImportLabels.Answers(lead.Metadata, item.Incoming.MetadataJson, overwrite);
        if (candidate.PhoneValid && (overwrite || !lead.PhoneValid) && IsFree(lead, ContactKind.Phone, candidate.Phone!))
            (lead.Phone, lead.PhoneValid, lead.Marks) = (candidate.Phone, true, lead.Marks & ~(LeadMarks.PhoneUnreadable | LeadMarks.NoContact));
        if (candidate.EmailValid && (overwrite || !lead.EmailValid) && IsFree(lead, ContactKind.Email, candidate.Email!))
            (lead.Email, lead.EmailValid, lead.Marks) = (candidate.Email, true, lead.Marks & ~(LeadMarks.EmailUnreadable | LeadMarks.NoContact));
        if (lead.Name is not null)
            lead.Marks &= ~LeadMarks.NameMissing;
        if (row.Value is { } value && (overwrite || lead.Value is null))
            lead.Value = value;
        if (row.Stage is { } stage && overwrite && stage.Id != lead.StageId)
            (lead.StageId, lead.Outcome, lead.StageChangedAt, lead.LostReasonId) = (stage.Id, stage.Outcome, item.ReceivedAt, null);
        if (row.OwnerId is { } owner && owner != lead.OwnerId && (overwrite || lead.OwnerId is null))
            (lead.OwnerId, lead.AssignedAt, lead.AssignedBecause) = (owner, item.ReceivedAt, $"Named in {order.FileName}");
        return labels.Change(lead, row, overwrite);
    }

    private void Join(IntakeItem item, Lead lead)
    {
        if (lead.DeletedAt is not null)
        {
            (lead.DeletedAt, lead.DeletedById, lead.DeletedBecause) = (null, null, null);
            Note(item, lead, TimelineKind.Restored, "Came in again");
        }

        lead.Marks &= ~LeadMarks.Test;
        lead.SubmissionCount++;
        lead.LastSubmittedAt = item.OccurredAt > lead.LastSubmittedAt ? item.OccurredAt : lead.LastSubmittedAt;
        if (item.Candidate.Message is null)
            return;
        lead.MessageCount++;
        lead.LastMessage = LeadText.Snippet(item.Candidate.Message);
        if (item.Analysis is { } analysis)
        {
            lead.Kind = LeadKind.Conversation;
            LeadScoring.SetReading(lead, LeadScoring.Telling(LeadScoring.ReadingOf(lead), analysis.Analysis));
        }
    }

    /// <summary>An address that is another lead's stays there; the two are linked as possible duplicates.</summary>
    private bool IsFree(Lead lead, ContactKind kind, string value) =>
        !state.Contacts.TryGetValue(new(order.CompanyId, kind, value), out var holder) || holder == lead.Id;

    private void Assign(IntakeItem item, Lead lead)
    {
        var row = item.Row!;
        if (row.OwnerId is { } named)
        {
            (lead.OwnerId, lead.AssignedAt, lead.AssignedBecause) = (named, item.ReceivedAt, $"Named in {order.FileName}");
            return;
        }

        if (order.Assignment is ImportAssignment.Nobody || lead.Outcome is not LeadOutcome.Open)
            return;
        state.LastAssigned.TryGetValue(lead.CompanyId, out var last);
        var decision = Assigner.Assign(new AssignmentRequest(item.Staff, last, null, []));
        if (decision.UserId is not { } next)
            return;
        (lead.OwnerId, lead.AssignedAt, lead.AssignedBecause) = (next, item.ReceivedAt, decision.Reason);
        if (decision.Rule is not AssignmentRules.RoundRobin)
            return;
        state.LastAssigned[lead.CompanyId] = next;
        Rows.LastAssigned[lead.CompanyId] = next;
    }

    private void Note(IntakeItem item, Lead lead, TimelineKind kind, string? text = null, string? before = null, string? after = null, long? messageId = null) =>
        Rows.Timeline.Add(new TimelineEntry { CompanyId = lead.CompanyId, LeadId = lead.Id, At = item.ReceivedAt, Kind = kind, ActorId = order.UserId, Text = text, Before = before, After = after, MessageId = messageId, Details = order.Details });
}
