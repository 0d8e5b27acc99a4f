using LeadDesk.Analysis;
using LeadDesk.Scoring;
using static LeadDesk.Tests.Scoring.ScoringSamples;

namespace LeadDesk.Tests.Scoring;

public sealed class ConversationScoreTests
{
    private static LeadScore Score(ConversationFacts facts) => LeadScorer.Score(facts, ScoringProfile.Default);

    [Fact]
    public void A_buyer_in_a_hurry_is_very_hot()
    {
        var score = Score(Buyer);
        score.Score.ShouldBeGreaterThanOrEqualTo(80);
        score.Grade.ShouldBe(Grade.Hot);
    }

    [Fact]
    public void Each_factor_gives_its_reason()
    {
        Score(Buyer).Reasons.Select(reason => (reason.Factor, reason.Points, reason.Max, reason.Reason)).ShouldBe(
        [
            ("intent", 34, 35, "Wants to buy, very sure"),
            ("urgency", 20, 20, "Expects an answer now"),
            ("contact", 11, 15, "Phone number is valid"),
            ("channel", 8, 8, "Wrote on WhatsApp"),
            ("data", 8, 8, "Has a name and readable contact details"),
            ("message", 7, 7, "Wrote a full message"),
            ("completeness", 5, 7, "Names the quantity and the date"),
        ]);
    }

    [Fact]
    public void Stop_messaging_me_is_cold_and_says_why()
    {
        var score = Score(Buyer with { Intent = Intent.Other, OptOut = true, Details = OrderDetails.None });
        score.Grade.ShouldBe(Grade.Cold);
        score.Score.ShouldBe(10);
        score.Reasons[^1].Factor.ShouldBe("limit");
        score.Reasons[^1].Points.ShouldBeLessThan(0);
        score.Reasons[^1].Reason.ShouldBe("Asked to be left alone: at most 10 points");
    }

    [Theory]
    [InlineData(true, Urgency.Low)]
    [InlineData(false, Urgency.Low)]
    [InlineData(true, Urgency.High)]
    public void A_greeting_is_cold(bool named, Urgency urgency)
    {
        var greeting = new ConversationFacts(
            Intent.Other, 70, urgency, MessageCategory.Greeting, false, ValidPhone with { HasName = named }, "whatsapp", 2, OrderDetails.None);
        Score(greeting).Grade.ShouldBe(Grade.Cold);
    }

    [Theory]
    [InlineData(MessageCategory.Pricing, Urgency.Medium, 55, 70)]
    [InlineData(MessageCategory.General, Urgency.Low, 40, 55)]
    public void A_question_is_worth_what_is_asked(string category, Urgency urgency, int least, int most)
    {
        var question = new ConversationFacts(
            Intent.Question, 80, urgency, category, false, ValidPhone with { HasName = true }, "whatsapp", 30, OrderDetails.Product);
        Score(question).Score.ShouldBeInRange(least, most);
    }

    [Theory]
    [InlineData(Intent.Complaint, Grade.Warm)]
    [InlineData(Intent.Support, Grade.Warm)]
    [InlineData(Intent.Job, Grade.Cold)]
    [InlineData(Intent.Spam, Grade.Cold)]
    public void Who_does_not_want_to_buy_is_not_hot_however_complete_and_urgent(Intent intent, Grade most) =>
        Score(Buyer with { Intent = intent, Contact = Full, Details = (OrderDetails)31 }).Grade.ShouldBe(most);

    [Fact]
    public void Who_gave_nothing_but_a_channel_can_still_be_answered_there()
    {
        var silent = Buyer with { Contact = default, Channel = "Instagram" };
        Score(silent).Reasons.Single(reason => reason.Factor == "contact")
            .ShouldBe(new ScoreReason("contact", 4, 15, "contact.channel_only", "Can be answered in the channel only"));
        Score(silent with { Channel = "fax" }).Reasons.Single(reason => reason.Factor == "contact").Points.ShouldBe(0);
    }

    [Fact]
    public void Facts_are_taken_from_the_analysis()
    {
        var analysis = new MessageAnalysis(
            Intent.Buy, Urgency.High, MessageCategory.Sales, Sentiment.Neutral, 90, new ExtractedData(Quantity: 50, Date: "today"));
        ConversationFacts.From(analysis, Buyer.Contact, "whatsapp", "  I want to buy 50 units today, please call me\n").ShouldBe(Buyer);
        ConversationFacts.From(analysis, default, null, null).MessageLength.ShouldBe(0);
    }

    [Theory]
    [InlineData(100, Grade.Hot)]
    [InlineData(60, Grade.Hot)]
    [InlineData(59, Grade.Warm)]
    [InlineData(40, Grade.Warm)]
    [InlineData(39, Grade.Cold)]
    [InlineData(0, Grade.Cold)]
    public void Grades_begin_at_60_and_40(int score, Grade grade) => GradeWords.FromScore(score).ShouldBe(grade);

    [Fact]
    public void Grades_have_words()
    {
        foreach (var grade in Enum.GetValues<Grade>())
        {
            GradeWords.TryParse(grade.ToWord().ToLowerInvariant(), out var read).ShouldBeTrue();
            read.ShouldBe(grade);
        }

        GradeWords.TryParse("2", out _).ShouldBeFalse();
        GradeWords.TryParse(null, out _).ShouldBeFalse();
    }
}
