using LeadDesk.Analysis.BuiltIn;

namespace LeadDesk.Analysis;

/// <summary>
/// Answers for every message, without a network: what the sender wants, how soon, in what tone, and the facts in the text. It adds up the words
/// and phrases of its lexicon (nine languages), so the same text always gets the same answer. Safe to call from many threads.
/// </summary>
public static class BuiltInClassifier
{
    /// <summary>Longer messages are judged by their beginning, UTF-16 units.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Loads the lexicon, so that the first message need not wait for it.</summary>
    public static void WarmUp() => _ = Lexicon.Instance;

    /// <summary>Never throws for any text. Parts written as orders to software are left out of the judgement.</summary>
    public static MessageAnalysis Classify(string? message, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(message))
            return Empty(instructionLike: false);
        var text = message.Length <= MaxLength ? message : message[..MaxLength];
        var lexicon = Lexicon.Instance;
        var (tokens, instructionLike) = InstructionLikeText.ReadWithout(text, lexicon);
        using (tokens)
        {
            if (tokens.Count == 0)
                return Empty(instructionLike);
            var (language, plausible) = Languages.Guess(tokens, lexicon);
            using var matches = new PhraseMatches(tokens, lexicon, plausible);
            Reading.NumberClauses(tokens, matches);
            var evidence = Evidence.Sum(tokens, matches, now);
            var intent = IntentDecision.From(evidence, tokens);
            var facts = new FactReader(tokens, matches, language).Read(intent.Intent);
            return new MessageAnalysis(
                intent.Intent,
                UrgencyDecision.From(evidence, intent),
                CategoryDecision.From(evidence, intent),
                SentimentDecision.From(evidence, intent),
                Confidence.Of(intent, tokens, language),
                facts,
                language,
                intent.OptOut,
                instructionLike);
        }
    }

    private static MessageAnalysis Empty(bool instructionLike) =>
        new(Intent.Other, Urgency.Low, MessageCategory.General, Sentiment.Neutral, instructionLike ? 30 : 0, ExtractedData.None, InstructionLike: instructionLike);
}
