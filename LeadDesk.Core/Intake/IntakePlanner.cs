using LeadDesk.Assignment;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Leads;
using LeadDesk.Live;

namespace LeadDesk.Intake;

/// <summary>
/// Decides, message by message, what a batch of incoming leads becomes: repeat, resubmission or new lead; its score,
/// owner, timeline and counters. Pure over <see cref="IntakeState"/>: no storage, no clock, so the same on both databases.
/// </summary>
internal sealed class IntakePlanner
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);
    private static readonly TimeSpan TimeForHistory = TimeSpan.FromDays(7);

    private readonly IntakeState state;
    private readonly IntakeAddresses addresses;
    private readonly IntakeRecords records;
    private readonly HashSet<long> newIds = [];

    /// <param name="now">When this commit is made.</param>
    public IntakePlanner(IntakeState state, DateTime now)
    {
        this.state = state;
        addresses = new IntakeAddresses(state, Rows);
        records = new IntakeRecords(state, Rows, now);
    }

    public IntakeRows Rows { get; } = new();

    public List<LeadEvent> Events { get; } = [];

    /// <summary>Whether this batch makes the lead.</summary>
    public bool IsNew(Lead lead) => newIds.Contains(lead.Id);

    /// <summary>Plans rows of a file.</summary>
    public ImportTally Plan(ImportBatch batch) => For(batch.Order).Plan(batch);

    public ImportPlanner For(ImportOrder order) => new(this, state, addresses, records, order);

    public IntakeResult Plan(IntakeItem item)
    {
        var companyId = item.Company.CompanyId;
        var callerKey = item.Incoming.Idempotency is { } request ? new CallerKey(companyId, request.Caller, request.Key) : (CallerKey?)null;
        if (callerKey is { } asked && state.Answered.TryGetValue(asked, out var first))
            return first.RequestHash == item.Incoming.Idempotency!.RequestHash ? new(null, first.Response) : new(null, KeyMisused: true);

        var repeat = item.RepeatKey is { } key ? new RepeatKey(companyId, item.Incoming.Source, key) : (RepeatKey?)null;
        var stored = repeat is { } asks ? state.Repeats.GetValueOrDefault(asks) : null;
        var answer = stored?.DoneLeadId is { } repeatedLead && state.Leads.TryGetValue(repeatedLead, out var here)
            ? AnswerOf(here, duplicate: true)
            : Store(item, repeat, stored);
        if (callerKey is { } toRemember)
            Remember(item, toRemember, answer);
        return new(answer);
    }

    private static IntakeAnswer AnswerOf(Lead lead, bool duplicate) => new(lead.Id, lead.Grade, lead.Score, lead.Intent, lead.Urgency, duplicate);

    private void Remember(IntakeItem item, CallerKey key, IntakeAnswer answer)
    {
        var record = new IdempotencyRecord
        {
            CompanyId = key.CompanyId,
            Caller = key.Caller,
            Key = key.Key,
            RequestHash = item.Incoming.Idempotency!.RequestHash,
            Status = 200,
            Response = item.RenderResponse?.Invoke(answer),
            CreatedAt = item.ReceivedAt,
        };
        state.Answered[key] = record;
        Rows.Answered.Add(record);
    }

    private IntakeAnswer Store(IntakeItem item, RepeatKey? repeat, KnownEvent? stored)
    {
        var existing = addresses.Find(item);
        var ownerBefore = existing?.OwnerId;
        string? scoreBefore = null;
        Lead lead;
        if (existing is null)
        {
            lead = Add(NewLead(item));
            Rows.Note(lead, item.ReceivedAt, TimelineKind.Received, item.Candidate.Message, after: item.Candidate.Channel, messageId: NextMessage(item));
        }
        else
        {
            lead = existing;
            scoreBefore = LeadText.ScoreWords(lead);
            Count(item, lead, -1);
            Join(item, lead);
            if (!newIds.Contains(lead.Id))
                Rows.ChangedLeads.Add(lead);
        }

        item.Fill.Apply(lead, isNew: existing is null, item.Company, Rows);
        records.Remember(item, lead, repeat, stored);
        addresses.Remember(item, lead);
        LeadScoring.Apply(lead, item.Company.Scoring, item.ReceivedAt);
        var score = LeadText.ScoreWords(lead);
        if (score != scoreBefore)
            Rows.Note(lead, item.ReceivedAt, TimelineKind.Scored, before: scoreBefore, after: score);
        Assign(item, lead);
        Count(item, lead, +1);
        Rows.SearchQueue.Add(lead.Id);
        Events.Add(new LeadEvent(lead.CompanyId, lead.Id, existing is null ? LeadEventKind.Created : LeadEventKind.Updated, lead.OwnerId, ownerBefore));
        return AnswerOf(lead, duplicate: existing is not null);
    }

    public Lead Add(Lead lead)
    {
        Rows.NewLeads.Add(lead);
        newIds.Add(lead.Id);
        state.Leads[lead.Id] = lead;
        return lead;
    }

    public Lead NewLead(IntakeItem item)
    {
        var (candidate, now) = (item.Candidate, item.ReceivedAt);
        var stage = item.Company.FirstStage;
        var lead = new Lead
        {
            Id = state.LeadIds.Dequeue(),
            CompanyId = item.Company.CompanyId,
            Name = candidate.Name,
            NameKey = LeadText.NameKey(candidate.Name, candidate.Email, candidate.Phone),
            Organisation = candidate.Organisation,
            JobTitle = candidate.JobTitle,
            City = candidate.City,
            Country = candidate.Country,
            Phone = candidate.Phone,
            PhoneValid = candidate.PhoneValid,
            Email = candidate.Email,
            EmailValid = candidate.EmailValid,
            Channel = candidate.Channel,
            Source = candidate.Source,
            Campaign = candidate.Campaign,
            Interest = candidate.Interest,
            ExternalId = candidate.ChannelId,
            Kind = item.Analysis is null ? LeadKind.Form : LeadKind.Conversation,
            StageId = stage.Id,
            Outcome = stage.Outcome,
            StageChangedAt = now,
            MessageCount = candidate.Message is null ? 0 : 1,
            LastMessage = LeadText.Snippet(candidate.Message),
            CreatedAt = item.OccurredAt,
            LastSubmittedAt = item.OccurredAt,
            LastActivityAt = now,
            ResponseDueAt = ResponseDue(item),
            Metadata = item.Incoming.MetadataJson,
            Marks = candidate.Marks,
        };
        if (item.Analysis is { } analysis)
            LeadScoring.SetReading(lead, analysis.Analysis);
        return lead;
    }

    /// <summary>
    /// From when the person did it. What is fetched from the past when a source is connected gets a week, else it would
    /// stand before today's leads; so do rows of a file that do not say when.
    /// </summary>
    private static DateTime ResponseDue(IntakeItem item) =>
        item.ReceivedAt - item.OccurredAt > LongAgo || (item.Row is not null && item.Incoming.OccurredAt is null) ? item.ReceivedAt + TimeForHistory : item.OccurredAt + item.Company.ResponseGoal;

    /// <summary>The person is here already: fill what was unknown, count, and let the new message speak.</summary>
    private void Join(IntakeItem item, Lead lead)
    {
        var (candidate, now) = (item.Candidate, item.ReceivedAt);
        if (lead.DeletedAt is not null)
        {
            (lead.DeletedAt, lead.DeletedById, lead.DeletedBecause) = (null, null, null);
            Rows.Note(lead, item.ReceivedAt, TimelineKind.Restored, "Came in again");
        }

        // A real submission makes a real lead of a trial.
        if (!item.Incoming.IsTest)
            lead.Marks &= ~LeadMarks.Test;
        if (candidate.PhoneValid || candidate.EmailValid)
            lead.Marks &= ~LeadMarks.NoContact;
        lead.Name ??= candidate.Name;
        lead.Organisation ??= candidate.Organisation;
        lead.JobTitle ??= candidate.JobTitle;
        lead.City ??= candidate.City;
        lead.Country ??= candidate.Country;
        lead.Campaign ??= candidate.Campaign;
        lead.Source ??= candidate.Source;
        lead.Interest ??= candidate.Interest;
        lead.Metadata ??= item.Incoming.MetadataJson;
        if (!lead.PhoneValid && candidate.PhoneValid)
            (lead.Phone, lead.PhoneValid) = (candidate.Phone, true);
        if (!lead.EmailValid && candidate.EmailValid)
            (lead.Email, lead.EmailValid) = (candidate.Email, true);
        lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
        lead.SubmissionCount++;
        // Messages may be worked on in another order than they were written in.
        var isNewest = item.OccurredAt >= lead.LastSubmittedAt;
        lead.LastSubmittedAt = isNewest ? item.OccurredAt : lead.LastSubmittedAt;
        lead.LastActivityAt = now;
        lead.Version++;
        if (candidate.Message is not null)
        {
            lead.MessageCount++;
            if (isNewest || lead.LastMessage is null)
                lead.LastMessage = LeadText.Snippet(candidate.Message);
        }

        if (item.Analysis is { } analysis)
        {
            lead.Kind = LeadKind.Conversation;
            LeadScoring.SetReading(lead, LeadScoring.Telling(LeadScoring.ReadingOf(lead), analysis.Analysis));
        }

        Rows.Note(lead, item.ReceivedAt, TimelineKind.Resubmitted, candidate.Message, after: candidate.Channel, messageId: NextMessage(item));
    }

    /// <summary>The id that <see cref="IntakeRecords"/> is about to give the item's message.</summary>
    private long? NextMessage(IntakeItem item) => item.Candidate.Message is null ? null : state.MessageIds.Peek();

    private void Assign(IntakeItem item, Lead lead)
    {
        if (lead.IsTest)
            return;
        state.LastAssigned.TryGetValue(lead.CompanyId, out var last);
        var decision = Assigner.Assign(new AssignmentRequest(item.Staff, last, lead.OwnerId, item.Incoming.Owners));
        // Nobody else is there to take it: it stays with whom it is.
        if (lead.OwnerId is { } owner && (decision.UserId is null || decision.UserId == owner))
            return;
        var before = item.Staff.FirstOrDefault(person => person.UserId == lead.OwnerId)?.Name;
        Rows.Note(lead, item.ReceivedAt, TimelineKind.Assigned, decision.Reason, before, item.Staff.FirstOrDefault(person => person.UserId == decision.UserId)?.Name);
        lead.OwnerId = decision.UserId;
        lead.AssignedBecause = decision.Reason;
        lead.AssignedAt = decision.UserId is null ? null : item.ReceivedAt;
        if (decision is not { UserId: { } next, Rule: AssignmentRules.RoundRobin or AssignmentRules.SourceOwner })
            return;
        state.LastAssigned[lead.CompanyId] = next;
        Rows.LastAssigned[lead.CompanyId] = next;
    }

    public void Count(IntakeItem item, Lead lead, int sign)
    {
        if (!Rows.Counters.TryGetValue(lead.CompanyId, out var deltas))
            Rows.Counters[lead.CompanyId] = deltas = [];
        CounterKeys.Add(deltas, lead, item.Company.Zone, sign);
    }
}
