using System.Text.Json;
using LeadDesk.Scoring;

namespace LeadDesk.Tests.Scoring;

public sealed class ScoringProfileTests
{
    [Fact]
    public void The_default_profile_has_no_problems() => ScoringProfile.Default.Problems().ShouldBeEmpty();

    [Fact]
    public void All_problems_are_told_at_once_with_their_place_and_what_is_allowed()
    {
        var profile = new ScoringProfile
        {
            Conversation = new(Intent: 135, Urgency: -80),
            Form = new(Age: 20),
            Services = [new("Kitchen", 1), new(" KITCHEN ", 0.5), new("", 0.5), new("Bath", double.NaN)],
        };
        profile.Problems().Select(problem => (problem.Field, problem.Message)).ShouldBe(
        [
            ("conversation.intent", "Must be a whole number from 0 to 100, not 135."),
            ("conversation.urgency", "Must be a whole number from 0 to 100, not -80."),
            ("form", "The weights must add up to 100, not 110."),
            ("services[1].name", "\" KITCHEN \" stands in the list twice."),
            ("services[2].name", "Must be 1 to 100 characters that can be read."),
            ("services[3].value", "Must be a number from 0 to 1, not NaN."),
        ]);
    }

    [Fact]
    public void The_list_of_services_is_bounded() =>
        new ScoringProfile { Services = [.. Enumerable.Range(0, 101).Select(i => new ServiceValue($"Service {i}", 1))] }
            .Problems().ShouldHaveSingleItem().Field.ShouldBe("services");

    [Fact]
    public void A_profile_survives_storing()
    {
        var profile = new ScoringProfile
        {
            Conversation = new(Intent: 30, Urgency: 25),
            Form = new(Contact: 20, Age: 20),
            Services = [new("Küche", 0.75), new("مطبخ", 1)],
        };
        var read = ScoringProfile.FromJson(profile.ToJson());
        read.Conversation.ShouldBe(profile.Conversation);
        read.Form.ShouldBe(profile.Form);
        read.Services.ShouldBe(profile.Services);
    }

    [Fact]
    public void Missing_fields_take_their_default()
    {
        var read = ScoringProfile.FromJson("""{"conversation":{"intent":30,"urgency":25},"services":null}""");
        read.Conversation.ShouldBe(new ConversationWeights(Intent: 30, Urgency: 25));
        read.Form.ShouldBe(new FormWeights());
        read.Services.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"services":[{"name":null,"value":1}]}""")]
    [InlineData("[]")]
    public void What_is_no_profile_is_refused(string json) => Should.Throw<JsonException>(() => ScoringProfile.FromJson(json));
}
