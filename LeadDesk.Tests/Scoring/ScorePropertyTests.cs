using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Analysis;
using LeadDesk.Scoring;
using static LeadDesk.Tests.Scoring.ScoringSamples;

namespace LeadDesk.Tests.Scoring;

/// <summary>What the scorer promises for every legal profile and every lead.</summary>
public sealed class ScorePropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly Arbitrary<(ConversationFacts Facts, ScoringProfile Profile)> Conversation =
        Conversations.SelectMany(_ => Profiles, (facts, profile) => (facts, profile)).ToArbitrary();

    private static readonly Arbitrary<(FormFacts Facts, ScoringProfile Profile)> FormLead =
        Forms.SelectMany(_ => Profiles, (facts, profile) => (facts, profile)).ToArbitrary();

    [Fact]
    public void The_generated_profiles_are_legal() =>
        Prop.ForAll(Profiles.ToArbitrary(), profile => profile.Problems().Count == 0).Check(Many);

    [Fact]
    public void A_score_stays_between_0_and_100_and_is_the_sum_of_its_reasons()
    {
        Prop.ForAll(Conversation, pair => Holds(LeadScorer.Score(pair.Facts, pair.Profile), 7)).Check(Many);
        Prop.ForAll(FormLead, pair => Holds(LeadScorer.Score(pair.Facts, pair.Profile, Noon), 5)).Check(Many);
    }

    private static bool Holds(LeadScore score, int factors) =>
        score.Score is >= 0 and <= 100
        && score.Score == score.Reasons.Sum(reason => reason.Points)
        && score.Grade == GradeWords.FromScore(score.Score)
        && score.Reasons.Count(reason => reason.Factor != "limit") == factors
        && score.Reasons.All(reason => reason.Factor == "limit" ? reason.Points <= 0 : reason.Points >= 0 && reason.Points <= reason.Max);

    [Fact]
    public void A_valid_phone_never_lowers_the_score()
    {
        Prop.ForAll(Conversation, pair =>
        {
            var better = pair.Facts with { Contact = pair.Facts.Contact with { Phone = ContactState.Valid } };
            return LeadScorer.Score(better, pair.Profile).Score >= LeadScorer.Score(pair.Facts, pair.Profile).Score;
        }).Check(Many);
        Prop.ForAll(FormLead, pair =>
        {
            var better = pair.Facts with { Contact = pair.Facts.Contact with { Phone = ContactState.Valid } };
            return LeadScorer.Score(better, pair.Profile, Noon).Score >= LeadScorer.Score(pair.Facts, pair.Profile, Noon).Score;
        }).Check(Many);
    }

    [Fact]
    public void A_wish_to_buy_never_lowers_the_score_however_unsure() =>
        Prop.ForAll(Conversation, Gen.Choose(0, 100).ToArbitrary(), (pair, confidence) =>
            LeadScorer.Score(pair.Facts with { Intent = Intent.Buy, IntentConfidence = confidence }, pair.Profile).Score
            >= LeadScorer.Score(
                pair.Facts.Intent == Intent.Buy ? pair.Facts with { IntentConfidence = Math.Min(confidence, pair.Facts.IntentConfidence) } : pair.Facts,
                pair.Profile).Score).Check(Many);

    [Fact]
    public void No_other_intent_counts_more_than_the_most_unsure_wish_to_buy()
    {
        var intentOnly = new ScoringProfile { Conversation = new(100, 0, 0, 0, 0, 0, 0) };
        int least = LeadScorer.Score(Buyer with { IntentConfidence = 0 }, intentOnly).Score;
        var others =
            from intent in Enum.GetValues<Intent>()
            where intent != Intent.Buy
            from category in MessageCategory.All
            from confidence in Enumerable.Range(0, 101)
            select LeadScorer.Score(Buyer with { Intent = intent, Category = category, IntentConfidence = confidence }, intentOnly).Score;
        others.Max().ShouldBeLessThanOrEqualTo(least);
    }

    [Fact]
    public void More_details_and_more_urgency_never_lower_the_score() =>
        Prop.ForAll(Conversation, Gen.Choose(0, 31).ToArbitrary(), (pair, details) =>
            LeadScorer.Score(pair.Facts with { Details = pair.Facts.Details | (OrderDetails)details, Urgency = Urgency.High }, pair.Profile).Score
            >= LeadScorer.Score(pair.Facts, pair.Profile).Score).Check(Many);

    [Fact]
    public void Spam_has_20_points_at_most_and_who_opted_out_10()
    {
        Prop.ForAll(Conversation, pair =>
            LeadScorer.Score(pair.Facts with { Intent = Intent.Spam }, pair.Profile).Score <= 20
            && LeadScorer.Score(pair.Facts with { OptOut = true }, pair.Profile).Score <= 10).Check(Many);
        Prop.ForAll(FormLead, pair =>
            LeadScorer.Score(pair.Facts with { Spam = true }, pair.Profile, Noon).Score <= 20
            && LeadScorer.Score(pair.Facts with { OptOut = true }, pair.Profile, Noon).Score <= 10).Check(Many);
    }

    [Fact]
    public void Time_alone_never_raises_the_score() =>
        Prop.ForAll(FormLead, Gen.Choose(0, 3000).ToArbitrary(), (pair, hours) =>
            LeadScorer.Score(pair.Facts, pair.Profile, Noon.AddHours(hours)).Score
            <= LeadScorer.Score(pair.Facts, pair.Profile, Noon).Score).Check(Many);

    [Fact]
    public void Nothing_changes_before_the_next_change_and_something_does_then() =>
        Prop.ForAll(FormLead, Gen.Choose(0, 1_000_000).ToArbitrary(), (pair, millionth) =>
        {
            var reasons = LeadScorer.Score(pair.Facts, pair.Profile, Noon).Reasons;
            if (FormRescoring.NextChangeAt(pair.Facts, Noon) is not { } next)
                return LeadScorer.Score(pair.Facts, pair.Profile, Noon.AddMinutes(millionth)).Reasons.SequenceEqual(reasons);

            var before = Noon.AddTicks((long)((next - Noon).Ticks * (millionth / 1_000_001.0)));
            return next > Noon
                && LeadScorer.Score(pair.Facts, pair.Profile, before).Reasons.SequenceEqual(reasons)
                && !LeadScorer.Score(pair.Facts, pair.Profile, next).Reasons.SequenceEqual(reasons);
        }).Check(Many);

    [Fact]
    public void Reasons_survive_storing() =>
        Prop.ForAll(Conversation, pair =>
        {
            var score = LeadScorer.Score(pair.Facts, pair.Profile);
            return LeadScore.ReasonsFromJson(score.ReasonsJson()).SequenceEqual(score.Reasons);
        }).Check(Many);
}
