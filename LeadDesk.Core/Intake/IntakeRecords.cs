using System.Globalization;
using LeadDesk.Analysis;
using LeadDesk.Leads;

namespace LeadDesk.Intake;

/// <summary>
/// What is kept of a message beside the lead itself: the event, the text and its analysis, consents, files. Pure like
/// <see cref="IntakePlanner"/>, of which it is a part.
/// </summary>
internal sealed class IntakeRecords(IntakeState state, IntakeRows rows, DateTime now)
{
    /// <param name="stored">The event, when it was stored before; this lead finishes it.</param>
    public void Remember(IntakeItem item, Lead lead, RepeatKey? repeat, KnownEvent? stored)
    {
        var eventId = stored?.Id ?? state.EventIds.Dequeue();
        if (stored is null)
            rows.Events.Add(EventRow(item, lead, eventId));
        else
            rows.ClosedEvents.Add(new ClosedEvent(eventId, lead.Id, item, now, Steps(item)));
        if (repeat is { } key)
            state.Repeats[key] = new KnownEvent(eventId, InboundState.Processed, lead.Id);
        foreach (var consent in item.Incoming.Consents)
            rows.Consents.Add(new LeadConsent { CompanyId = lead.CompanyId, LeadId = lead.Id, InboundEventId = eventId, At = item.OccurredAt, Key = consent.Key, Text = consent.Text, Granted = consent.Granted });
        foreach (var file in item.Incoming.Files)
            rows.Files.Add(FileRow(item, lead, eventId, file));
        if (item.Candidate.Message is { } message)
            RememberMessage(item, lead, eventId, message);
    }

    /// <summary>
    /// A row of a file has its event only where its source knows the lead by an id (Meta): a sync or push of the same lead is
    /// recognised by it. Of other rows the file itself is what came in.
    /// </summary>
    /// <returns>The event and the message that were written.</returns>
    public (long? EventId, long? MessageId) RememberImported(IntakeItem item, Lead lead, RepeatKey? repeat, KnownEvent? stored)
    {
        var eventId = repeat is null ? (long?)null : stored?.Id ?? state.EventIds.Dequeue();
        if (repeat is { } key)
        {
            if (stored is null)
                rows.Events.Add(EventRow(item, lead, eventId!.Value));
            else
                rows.ClosedEvents.Add(new ClosedEvent(stored.Id, lead.Id, item, now, Steps(item)));
            state.Repeats[key] = new KnownEvent(eventId!.Value, InboundState.Processed, lead.Id);
        }

        foreach (var consent in item.Incoming.Consents)
            rows.Consents.Add(new LeadConsent { CompanyId = lead.CompanyId, LeadId = lead.Id, InboundEventId = eventId, At = item.OccurredAt, Key = consent.Key, Text = consent.Text, Granted = consent.Granted });
        if (item.Candidate.Message is not { } message)
            return (stored is null ? eventId : null, null);
        var messageId = state.MessageIds.Peek();
        RememberMessage(item, lead, eventId, message);
        return (stored is null ? eventId : null, messageId);
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

    private InboundEvent EventRow(IntakeItem item, Lead lead, long eventId) => new()
    {
        Id = eventId,
        CompanyId = lead.CompanyId,
        Source = item.Incoming.Source,
        Origin = item.Incoming.Origin,
        ExternalId = item.Incoming.ExternalId,
        RepeatKey = item.RepeatKey,
        Raw = item.Incoming.Raw,
        Fetched = item.Incoming.Fetched,
        State = InboundState.Processed,
        LeadId = lead.Id,
        OccurredAt = item.Incoming.OccurredAt,
        ReceivedAt = item.ReceivedAt,
        ProcessedAt = now,
        Steps = Steps(item),
    };

    private static LeadFile FileRow(IntakeItem item, Lead lead, long eventId, IncomingFile file) => new()
    {
        CompanyId = lead.CompanyId,
        LeadId = lead.Id,
        InboundEventId = eventId,
        Name = file.Name,
        ContentType = file.ContentType,
        Size = file.Content.Length,
        At = item.ReceivedAt,
        Content = file.Content.ToArray(),
    };

    private void RememberMessage(IntakeItem item, Lead lead, long? eventId, string message)
    {
        var messageId = state.MessageIds.Dequeue();
        var details = item.Incoming.MessageDetails;
        rows.Messages.Add(new LeadMessage
        {
            Id = messageId,
            CompanyId = lead.CompanyId,
            LeadId = lead.Id,
            InboundEventId = eventId,
            Channel = item.Candidate.Channel,
            Text = message,
            At = item.OccurredAt,
            Kind = details?.Kind ?? MessageKind.Text,
            ExternalId = details?.ExternalId,
            ReplyToExternalId = details?.ReplyToExternalId,
            Media = details?.Media,
        });
        if (item.Analysis is { } analysis)
            rows.Analyses.Add(AnalysisRow(lead, messageId, analysis, item.ReceivedAt));
        if (item.RefineLater)
            rows.Jobs.Add(RefineAnalysis.Job(lead, messageId, item.ReceivedAt));
    }

    /// <summary>Written by hand: this stands in every event, and each part is a number.</summary>
    private string Steps(IntakeItem item)
    {
        var before = item.Incoming.Steps;
        var read = (before?.Read ?? 0) + (item.Analysis?.Duration.TotalMilliseconds ?? 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"waited":{{Number(before?.Waited)}},"fetched":{{Number(before?.Fetched)}},"read":{{Number(read)}},"queued":{{Number((now - item.ReceivedAt).TotalMilliseconds)}}}""");
    }

    private static string Number(double? milliseconds) => milliseconds is { } value ? Math.Max(0, value).ToString("0.###", CultureInfo.InvariantCulture) : "null";
}
