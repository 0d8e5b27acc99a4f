using System.Globalization;
using LeadDesk.Analysis;
using LeadDesk.Assignment;
using LeadDesk.Leads;
using LeadDesk.Live;

namespace LeadDesk.Intake;

/// <summary>
/// Decides, message by message, what a batch of incoming leads becomes: repeat, resubmission or new lead; its score,
/// owner, timeline and counters. Pure over <see cref="IntakeState"/>: no storage, no clock, so the same on both databases.
/// </summary>
internal sealed class IntakePlanner(IntakeState state)
{
    /// <summary>More near matches than this say nothing about any of them.</summary>
    private const int MostNearMatches = 5;

    private readonly HashSet<long> newIds = [];

    public IntakeRows Rows { get; } = new();

    public List<LeadEvent> Events { get; } = [];

    public IntakeResult Plan(IntakeItem item)
    {
        var companyId = item.Company.CompanyId;
        var callerKey = item.Incoming.Idempotency is { } request ? new CallerKey(companyId, request.Caller, request.Key) : (CallerKey?)null;
        if (callerKey is { } asked && state.Answered.TryGetValue(asked, out var first))
            return first.RequestHash == item.Incoming.Idempotency!.RequestHash ? new(null, first.Response) : new(null, KeyMisused: true);

        var repeat = item.RepeatKey is { } key ? new RepeatKey(companyId, item.Incoming.Source, key) : (RepeatKey?)null;
        var answer = repeat is { } known && state.Repeats.TryGetValue(known, out var repeatedLead) && state.Leads.TryGetValue(repeatedLead, out var here)
            ? AnswerOf(here, duplicate: true)
            : Store(item, repeat);
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

    private IntakeAnswer Store(IntakeItem item, RepeatKey? repeat)
    {
        var existing = Match(item);
        var ownerBefore = existing?.OwnerId;
        string? scoreBefore = null;
        Lead lead;
        if (existing is null)
        {
            lead = NewLead(item);
            Rows.NewLeads.Add(lead);
            newIds.Add(lead.Id);
            state.Leads[lead.Id] = lead;
            Note(item, lead, TimelineKind.Received, item.Candidate.Message, after: item.Candidate.Channel);
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

        RememberMessage(item, lead, repeat);
        RememberAddresses(item, lead);
        LeadScoring.Apply(lead, item.Company.Scoring, item.ReceivedAt);
        var score = LeadText.ScoreWords(lead);
        if (score != scoreBefore)
            Note(item, lead, TimelineKind.Scored, before: scoreBefore, after: score);
        Assign(item, lead);
        Count(item, lead, +1);
        Rows.SearchQueue.Add(lead.Id);
        Events.Add(new LeadEvent(lead.CompanyId, lead.Id, existing is null ? LeadEventKind.Created : LeadEventKind.Updated, lead.OwnerId, ownerBefore));
        return AnswerOf(lead, duplicate: existing is not null);
    }

    /// <summary>Phone before e-mail before channel id. An id alone does not join somebody with another phone or e-mail.</summary>
    private Lead? Match(IntakeItem item)
    {
        var (company, candidate) = (item.Company.CompanyId, item.Candidate);
        if (candidate.PhoneValid && Find(company, ContactKind.Phone, candidate.Phone!) is { } byPhone)
            return byPhone;
        if (candidate.EmailValid && Find(company, ContactKind.Email, candidate.Email!) is { } byEmail)
            return byEmail;
        if (item.ChannelId is null || Find(company, ContactKind.ChannelId, item.ChannelId) is not { } byId)
            return null;
        var contradicts = (candidate.PhoneValid && byId.PhoneValid) || (candidate.EmailValid && byId.EmailValid);
        return contradicts ? null : byId;
    }

    private Lead? Find(long companyId, ContactKind kind, string value) =>
        state.Contacts.TryGetValue(new(companyId, kind, value), out var id) ? state.Leads.GetValueOrDefault(id) : null;

    private Lead NewLead(IntakeItem item)
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
            CreatedAt = now,
            LastSubmittedAt = now,
            LastActivityAt = now,
            ResponseDueAt = now + item.Company.ResponseGoal,
            Metadata = item.Incoming.MetadataJson,
            Marks = candidate.Marks,
        };
        if (item.Analysis is { } analysis)
            LeadScoring.SetReading(lead, analysis.Analysis);
        return lead;
    }

    /// <summary>The person is here already: fill what was unknown, count, and let the new message speak.</summary>
    private void Join(IntakeItem item, Lead lead)
    {
        var (candidate, now) = (item.Candidate, item.ReceivedAt);
        if (lead.DeletedAt is not null)
        {
            (lead.DeletedAt, lead.DeletedById, lead.DeletedBecause) = (null, null, null);
            Note(item, lead, TimelineKind.Restored, "Came in again");
        }

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
        lead.LastSubmittedAt = now;
        lead.LastActivityAt = now;
        lead.Version++;
        if (candidate.Message is not null)
        {
            lead.MessageCount++;
            lead.LastMessage = LeadText.Snippet(candidate.Message);
        }

        if (item.Analysis is { } analysis)
        {
            lead.Kind = LeadKind.Conversation;
            LeadScoring.SetReading(lead, LeadScoring.Telling(LeadScoring.ReadingOf(lead), analysis.Analysis));
        }

        Note(item, lead, TimelineKind.Resubmitted, candidate.Message, after: candidate.Channel);
    }

    private void RememberMessage(IntakeItem item, Lead lead, RepeatKey? repeat)
    {
        var eventId = state.EventIds.Dequeue();
        Rows.Events.Add(new InboundEvent
        {
            Id = eventId,
            CompanyId = lead.CompanyId,
            Source = item.Incoming.Source,
            ExternalId = item.Incoming.ExternalId,
            RepeatKey = item.RepeatKey,
            Raw = item.Incoming.Raw,
            State = InboundState.Processed,
            LeadId = lead.Id,
            ReceivedAt = item.ReceivedAt,
            ProcessedAt = item.ReceivedAt,
        });
        if (repeat is { } key)
            state.Repeats[key] = lead.Id;
        if (item.Candidate.Message is not { } message)
            return;

        var messageId = state.MessageIds.Dequeue();
        Rows.Messages.Add(new LeadMessage
        {
            Id = messageId,
            CompanyId = lead.CompanyId,
            LeadId = lead.Id,
            InboundEventId = eventId,
            Channel = item.Candidate.Channel,
            Text = message,
            At = item.ReceivedAt,
        });
        if (item.Analysis is { } analysis)
            Rows.Analyses.Add(AnalysisRow(lead, messageId, analysis, item.ReceivedAt));
        if (item.RefineLater)
            Rows.Jobs.Add(RefineAnalysis.Job(lead, messageId, item.ReceivedAt));
    }

    internal static LeadAnalysis AnalysisRow(Lead lead, long messageId, AnalysisOutcome outcome, DateTime at) => new()
    {
        CompanyId = lead.CompanyId,
        LeadId = lead.Id,
        MessageId = messageId,
        At = at,
        Intent = outcome.Analysis.Intent,
        Urgency = outcome.Analysis.Urgency,
        Category = outcome.Analysis.Category,
        Sentiment = outcome.Analysis.Sentiment,
        Confidence = outcome.Analysis.Confidence,
        Language = outcome.Analysis.Language,
        Extracted = LeadScoring.WriteExtracted(outcome.Analysis.Extracted),
        OptOut = outcome.Analysis.OptOut,
        InstructionLike = outcome.Analysis.InstructionLike,
        AnsweredBy = outcome.AnsweredBy,
        Duration = (long)outcome.Duration.TotalMicroseconds,
    };

    /// <summary>Takes the addresses that are still free; one that belongs to another lead links the two as possible duplicates.</summary>
    private void RememberAddresses(IntakeItem item, Lead lead)
    {
        foreach (var (kind, value) in Addresses(item))
        {
            var key = new ContactKey(lead.CompanyId, kind, value);
            if (state.Contacts.TryGetValue(key, out var holder))
            {
                Link(item, lead, holder, kind switch { ContactKind.Phone => "Same phone", ContactKind.Email => "Same e-mail", _ => $"Same id on {lead.Channel}" });
                continue;
            }

            state.Contacts[key] = lead.Id;
            Rows.Contacts.Add(new LeadContact { CompanyId = lead.CompanyId, Kind = kind, Value = value, LeadId = lead.Id });
        }

        // Those of the message, not of the lead: only for these has storage been asked.
        foreach (var value in LeadContacts.Near(item.Candidate.Phone, item.Candidate.EmailValid ? item.Candidate.Email : null))
        {
            var key = new NearKey(lead.CompanyId, value);
            if (!state.NearLeads.TryGetValue(key, out var others))
                state.NearLeads[key] = others = [];
            if (others.Contains(lead.Id))
                continue;
            if (others.Count <= MostNearMatches)
            {
                foreach (var other in others)
                    Link(item, lead, other, value[0] is 'p' ? "Phone numbers end alike" : "E-mail addresses differ only in dots or tags");
            }

            others.Add(lead.Id);
            Rows.NearKeys.Add(new LeadNearKey { CompanyId = lead.CompanyId, Value = value, LeadId = lead.Id });
        }
    }

    private static IEnumerable<(ContactKind Kind, string Value)> Addresses(IntakeItem item)
    {
        if (item.Candidate is { PhoneValid: true, Phone: { } phone })
            yield return (ContactKind.Phone, phone);
        if (item.Candidate is { EmailValid: true, Email: { } email })
            yield return (ContactKind.Email, email);
        if (item.ChannelId is { } id)
            yield return (ContactKind.ChannelId, id);
    }

    private void Link(IntakeItem item, Lead lead, long other, string reason)
    {
        if (other == lead.Id || state.Linked.Contains((other, lead.Id)) || !state.Linked.Add((lead.Id, other)))
            return;
        Rows.Duplicates.Add(new PossibleDuplicate { CompanyId = lead.CompanyId, LeadId = lead.Id, OtherLeadId = other, Reason = reason, FoundAt = item.ReceivedAt });
        Note(item, lead, TimelineKind.PossibleDuplicate, reason, after: other.ToString(CultureInfo.InvariantCulture));
    }

    private void Assign(IntakeItem item, Lead lead)
    {
        state.LastAssigned.TryGetValue(lead.CompanyId, out var last);
        var decision = Assigner.Assign(new AssignmentRequest(item.Staff, last, lead.OwnerId));
        // Nobody else is there to take it: it stays with whom it is.
        if (lead.OwnerId is { } owner && (decision.UserId is null || decision.UserId == owner))
            return;
        var before = item.Staff.FirstOrDefault(person => person.UserId == lead.OwnerId)?.Name;
        Note(item, lead, TimelineKind.Assigned, decision.Reason, before, item.Staff.FirstOrDefault(person => person.UserId == decision.UserId)?.Name);
        lead.OwnerId = decision.UserId;
        lead.AssignedBecause = decision.Reason;
        lead.AssignedAt = decision.UserId is null ? null : item.ReceivedAt;
        if (decision is not { UserId: { } next, Rule: AssignmentRules.RoundRobin })
            return;
        state.LastAssigned[lead.CompanyId] = next;
        Rows.LastAssigned[lead.CompanyId] = next;
    }

    private void Note(IntakeItem item, Lead lead, TimelineKind kind, string? text = null, string? before = null, string? after = null) =>
        Rows.Timeline.Add(new TimelineEntry { CompanyId = lead.CompanyId, LeadId = lead.Id, At = item.ReceivedAt, Kind = kind, Text = text, Before = before, After = after });

    private void Count(IntakeItem item, Lead lead, int sign)
    {
        if (!Rows.Counters.TryGetValue(lead.CompanyId, out var deltas))
            Rows.Counters[lead.CompanyId] = deltas = [];
        CounterKeys.Add(deltas, lead, item.Company.Zone, sign);
    }
}
