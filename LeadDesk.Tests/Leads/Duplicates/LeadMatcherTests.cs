using System.Text.Json;
using LeadDesk.Leads.Duplicates;

namespace LeadDesk.Tests.Leads.Duplicates;

/// <summary>When two leads look like one person, without a company's counts.</summary>
public sealed class LeadMatcherTests
{
    [Fact]
    public void Two_people_of_one_name_with_different_phones_are_two_people()
    {
        var one = Lead("Ali Khan", "+923001234567", "ali.khan@example.com");
        ScoreOf(one, Lead("Ali Khan", "+923217654321", null)).ShouldBeLessThan(LeadMatcher.DefaultThreshold);
        ScoreOf(one, Lead("Ali Khan", "+923001234568", null)).ShouldBeLessThan(LeadMatcher.DefaultThreshold);
        ScoreOf(one, Lead("Ali Khan", "+923217654321", "khan.ali@example.org") with { City = "Lahore" }).ShouldBeLessThan(LeadMatcher.DefaultThreshold);
        ScoreOf(Lead("Ali Khan", null, null), Lead("Ali Khan", null, null)).ShouldBeLessThan(LeadMatcher.DefaultThreshold);
    }

    [Theory]
    [InlineData("Jon Smith", "John Smith")]
    [InlineData("Smith John", "John Smith")]
    [InlineData("J. Smith", "John Smith")]
    [InlineData("Şükrü Yılmaz", "Sukru Yilmaz")]
    [InlineData("محمد علي", "محمد علی")]
    [InlineData("สมชาย ใจดี", "สมชายใจดี")]
    [InlineData("王小明", "王小明")]
    public void A_name_written_differently_is_the_same_person_where_the_phone_agrees(string one, string other)
    {
        ScoreOf(Lead(one, "+447400123456", null), Lead(other, "+447400123456", null)).ShouldBeGreaterThanOrEqualTo(90);
    }

    [Fact]
    public void A_phone_written_with_and_without_its_country_brings_one_name_together()
    {
        ScoreOf(Lead("Jon Smith", "+447400123456", null), Lead("John Smith", "07400123456", null)).ShouldBeGreaterThanOrEqualTo(80);
    }

    [Fact]
    public void A_mistyped_mail_address_of_the_same_name_is_found_and_a_counted_one_is_not()
    {
        ScoreOf(Lead("Jane Doe", null, "jane.doe@example.com"), Lead("Jane Doe", null, "jane.doe@exmaple.com")).ShouldBeGreaterThanOrEqualTo(LeadMatcher.DefaultThreshold);
        ScoreOf(Lead("Jane Doe", null, "jane.doe1@example.com"), Lead("Jane Doe", null, "jane.doe2@example.com")).ShouldBeLessThan(LeadMatcher.DefaultThreshold);
    }

    [Fact]
    public void Husband_and_wife_at_one_address_are_two_people()
    {
        var one = Lead("Anna Beispiel", null, null, ("street", "Hauptstrasse 5"), ("postcode", "10115"), ("city", "Berlin"));
        var other = Lead("Peter Beispiel", null, null, ("street", "Hauptstrasse 5"), ("postcode", "10115"), ("city", "Berlin"));
        ScoreOf(one, other).ShouldBeLessThan(LeadMatcher.DefaultThreshold);
    }

    [Fact]
    public void Two_rare_facts_outweigh_a_mistake_in_another()
    {
        var one = Lead("Evangelia Shepherd", null, null, ("date_of_birth", "1990-09-09"), ("postcode", "2794"), ("Address 1", "9 Crichton Cres"));
        var other = Lead("Evangelia Sheperd", null, null, ("dob", "09.09.1990"), ("zip", "2749"), ("address", "9 Crichton Crescent"));
        ScoreOf(one, other).ShouldBeGreaterThanOrEqualTo(90);
    }

    [Fact]
    public void Facts_that_say_nothing_about_a_person_are_not_compared()
    {
        var one = Lead("Ali Khan", null, null, ("form_id", "99887766"), ("utm_campaign", "spring"), ("page_url", "https://example.com/a"));
        ScoreOf(one, one).ShouldBe(ScoreOf(Lead("Ali Khan", null, null), Lead("Ali Khan", null, null)));
    }

    [Fact]
    public void The_explanation_names_what_agrees_first_and_shows_names_that_differ()
    {
        var one = Lead("Jon Smith", "+447400123456", null, ("postcode", "10115"));
        var other = Lead("John Smith", "+447400123456", null, ("postcode", "99999"));
        var reasons = DuplicateExplanation.Read(DuplicateExplanation.ToJson(Compare(one, other)), one.Name, other.Name);
        reasons.Select(reason => reason.Sentence).ShouldBe(["Same phone", "Name much alike: Jon Smith / John Smith", "Different postcode"]);
    }

    [Fact]
    public void A_comparison_is_the_same_both_ways_and_whatever_the_order_of_facts()
    {
        var people = new InventedPeople(11).Make(60, 60, 3, 8);
        foreach (var (one, _) in people.Take(40))
        {
            foreach (var (other, _) in people.Skip(40).Take(40))
                Math.Abs(ScoreOf(one, other) - ScoreOf(other, one)).ShouldBeLessThanOrEqualTo(1);
        }
    }

    internal static ComparedLead Lead(string? name, string? phone, string? email, params (string Name, string Value)[] facts) => new()
    {
        Id = 1,
        Name = name,
        Phone = phone,
        Email = email,
        EmailValid = email is not null,
        Metadata = facts.Length is 0 ? null : JsonSerializer.Serialize(facts.ToDictionary(fact => fact.Name, fact => fact.Value)),
    };

    private static int ScoreOf(ComparedLead one, ComparedLead other) => Compare(one, other).Score;

    private static MatchScore Compare(ComparedLead one, ComparedLead other) =>
        LeadMatcher.Compare(new ProfileWriter().Write(one), new ProfileWriter().Write(other), ValueRarity.Usual);
}
