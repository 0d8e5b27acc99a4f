using System.Text.Json;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

/// <summary>Scores a lead as it stands: gathers the facts, asks the pure scorer, writes score, grade and reasons back.</summary>
internal static class LeadScoring
{
    /// <returns>Whether score or grade changed.</returns>
    public static bool Apply(Lead lead, ScoringProfile profile, DateTime now)
    {
        var (before, gradeBefore) = (lead.Score, lead.Grade);
        var score = Score(lead, profile, now);
        lead.Score = lead.ScoreByHand ?? score.Score;
        lead.Grade = lead.ScoreByHand is { } byHand ? GradeWords.FromScore(byHand) : score.Grade;
        lead.ScoreReasons = score.ReasonsJson();
        lead.RescoreAt = lead.Kind is LeadKind.Form ? FormRescoring.NextChangeAt(FormFactsOf(lead), now) : null;
        return before != lead.Score || gradeBefore != lead.Grade;
    }

    public static LeadScore Score(Lead lead, ScoringProfile profile, DateTime now) =>
        ReadingOf(lead) is { } reading && lead.Kind is LeadKind.Conversation
            ? LeadScorer.Score(ConversationFacts.From(reading, ContactFactsOf(lead), lead.Channel, lead.LastMessage), profile)
            : LeadScorer.Score(FormFactsOf(lead), profile, now);

    public static MessageAnalysis? ReadingOf(Lead lead) =>
        lead.Reading is null ? null : JsonSerializer.Deserialize(lead.Reading, LeadJson.Default.MessageAnalysis);

    /// <summary>Makes <paramref name="reading"/> the one the lead is scored and filtered by.</summary>
    public static void SetReading(Lead lead, MessageAnalysis reading)
    {
        lead.Reading = JsonSerializer.Serialize(reading, LeadJson.Default.MessageAnalysis);
        lead.Intent = reading.Intent;
        lead.Urgency = reading.Urgency;
        lead.Interest ??= reading.Extracted.Product;
        if (reading.OptOut)
            lead.Marks |= LeadMarks.OptedOut;
        if (reading.InstructionLike)
            lead.Marks |= LeadMarks.InstructionLike;
    }

    /// <summary>
    /// Which of two readings tells more about the lead: the newer one, unless it is small talk ("thanks", "ok?") after a
    /// message that did say something. Saying stop, complaining and spam always count.
    /// </summary>
    public static MessageAnalysis Telling(MessageAnalysis? earlier, MessageAnalysis later) =>
        earlier is { Intent: not Intent.Other, OptOut: false } && later is { OptOut: false, Intent: Intent.Other or Intent.Question } && Weight(later) < Weight(earlier)
            ? earlier
            : later;

    public static string? WriteExtracted(ExtractedData data) =>
        data == ExtractedData.None ? null : JsonSerializer.Serialize(data, LeadJson.Default.ExtractedData);

    private static int Weight(MessageAnalysis reading) => reading.Intent switch
    {
        Intent.Other => 0,
        Intent.Question => 1,
        _ => 2,
    };

    private static ContactFacts ContactFactsOf(Lead lead) => new(
        State(lead.Phone, lead.PhoneValid),
        State(lead.Email, lead.EmailValid),
        lead is { EmailValid: true, Email: { } address } && EmailAddress.IsDisposable(address),
        lead.Name is not null);

    private static ContactState State(string? written, bool valid) =>
        written is null ? ContactState.Missing : valid ? ContactState.Valid : ContactState.Unreadable;

    private static FormFacts FormFactsOf(Lead lead) => new(
        lead.CreatedAt,
        lead.LastSubmittedAt,
        ContactFactsOf(lead),
        lead.Interest,
        CountAnswers(lead.Metadata),
        lead.SubmissionCount,
        lead.MessageCount,
        lead.LastMessage?.Length ?? 0,
        lead.Marks.HasFlag(LeadMarks.OptedOut),
        lead.Intent is Intent.Spam);

    private static int CountAnswers(string? metadata)
    {
        if (metadata is null)
            return 0;
        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.EnumerateObject().Count(field => field.Value.ValueKind is not JsonValueKind.Null);
    }
}
