using LeadDesk.Scoring;
using static LeadDesk.Tests.Scoring.ScoringSamples;

namespace LeadDesk.Tests.Scoring;

public sealed class FormScoreTests
{
    private static LeadScore Score(FormFacts facts) => LeadScorer.Score(facts, ScoringProfile.Default, Noon);

    [Theory]
    [InlineData(0, 0, 85, 100)]
    [InlineData(0, 3, 85, 100)]
    [InlineData(2, 0, 75, 90)]
    [InlineData(10, 0, 60, 75)]
    [InlineData(30, 0, 40, 59)]
    [InlineData(90, 0, 0, 39)]
    public void A_complete_form_cools_down_with_time(int days, int hours, int least, int most) =>
        Score(Form(new TimeSpan(days, hours, 0, 0))).Score.ShouldBeInRange(least, most);

    [Fact]
    public void A_bare_form_with_an_interest_is_hot_while_fresh_and_cold_without_contact()
    {
        var bare = new FormFacts(Noon, Noon, Full, "Kitchen");
        Score(bare).Grade.ShouldBe(Grade.Hot);
        Score(bare with { Contact = ValidPhone }).Grade.ShouldBe(Grade.Hot);
        Score(bare with { Contact = ValidPhone, ServiceInterest = null }).Grade.ShouldBe(Grade.Warm);
        Score(bare with { Contact = default, ServiceInterest = null }).Grade.ShouldBe(Grade.Cold);
    }

    [Fact]
    public void Coming_back_makes_an_old_lead_fresh_again()
    {
        var old = Form(TimeSpan.FromDays(60));
        var back = old with { LastHeardAt = Noon, SubmissionsCount = 2 };
        Score(old).Grade.ShouldBe(Grade.Warm);
        Score(back).Grade.ShouldBe(Grade.Hot);
        Score(back).Reasons.Single(reason => reason.Factor == "engagement").Reason.ShouldBe("Wrote a message, answered questions and came back");
    }

    [Fact]
    public void A_quiet_lead_says_why_it_is_no_longer_hot() =>
        Score(Form(TimeSpan.FromDays(30)) with { InteractionsCount = 4 }).Reasons[^1].ReasonKey.ShouldBe("limit.quiet_30_days");

    [Fact]
    public void A_clock_that_runs_ahead_counts_as_now() =>
        Score(Form(TimeSpan.FromHours(-3))).ShouldSatisfyAllConditions(
            score => score.Score.ShouldBe(Score(Form(TimeSpan.Zero)).Score));

    [Theory]
    [InlineData("Kitchen", 25, "Interested in kitchen")]
    [InlineData("Bathroom or KITCHEN?", 25, "Interested in kitchen")]
    [InlineData("a new báthroom", 5, "Interested in Bathroom")]
    [InlineData("Kitchenette", 10, "Names a service that is not on your list")]
    [InlineData("  ", 0, "Names no service")]
    public void An_interest_counts_what_the_best_service_in_it_is_worth(string interest, int points, string reason)
    {
        var profile = ScoringProfile.Default with { Services = [new("Bathroom", 0.2), new("kitchen", 1)] };
        var found = LeadScorer.Score(Form(TimeSpan.Zero) with { ServiceInterest = interest }, profile, Noon)
            .Reasons.Single(candidate => candidate.Factor == "service");
        found.Points.ShouldBe(points);
        found.Reason.ShouldBe(reason);
    }

    [Fact]
    public void The_next_change_is_the_next_step_of_any_clock()
    {
        FormRescoring.NextChangeAt(Form(TimeSpan.Zero), Noon).ShouldBe(Noon.AddHours(1));
        FormRescoring.NextChangeAt(Form(TimeSpan.FromHours(1)), Noon).ShouldBe(Noon.AddHours(5));
        FormRescoring.NextChangeAt(Form(TimeSpan.FromDays(20)), Noon).ShouldBe(Noon.AddDays(10));
        FormRescoring.NextChangeAt(Form(TimeSpan.FromDays(31)) with { LastHeardAt = Noon.AddDays(-2) }, Noon).ShouldBe(Noon.AddDays(1));
        FormRescoring.NextChangeAt(Form(TimeSpan.FromDays(90)), Noon).ShouldBeNull();
    }
}
