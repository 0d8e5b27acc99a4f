using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class ModelAnswerParserTests
{
    private const string Text = "I need 50 office chairs in Lahore by Friday, budget 2.500 €, call 0300-123 4567";

    [Fact]
    public void A_full_answer_is_read()
    {
        var answer = Answers.Json(extra: "\"opt_out\":false,\"score\":100,", extracted:
            """{"product":"Office Chairs","quantity":50,"budget_amount":2500,"budget_currency":"eur","date":"Friday","place":"lahore","contact":"03001234567"}""");

        ModelAnswerParser.Parse(answer, Text).Analysis.ShouldBe(new MessageAnalysis(
            Intent.Buy, Urgency.High, MessageCategory.Sales, Sentiment.Positive, 88,
            new("Office Chairs", 50, 2500, "EUR", "Friday", "lahore", "03001234567"), "en"));
    }

    [Theory]
    [InlineData("```json\n", "\n```")]
    [InlineData("Sure! {braces} and {\"other\":1} first. ", " Hope this helps {x}")]
    [InlineData("<think>maybe {intent}</think>", "")]
    public void Prose_and_fences_around_the_object_do_not_matter(string before, string after) =>
        ModelAnswerParser.Parse(before + Answers.Json() + after, Text).Reason.ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("buy")]
    [InlineData("[1,2]")]
    [InlineData("{\"urgency\":\"high\"}")]
    [InlineData("{\"intent\":\"buy\",\"urgency\":")]
    public void Text_without_the_object_is_malformed(string answer) => ModelAnswerParser.Parse(answer, Text).Reason.ShouldBe(NoAnswer.Malformed);

    [Fact]
    public void Two_answers_are_none() =>
        ModelAnswerParser.Parse(Answers.Json("spam") + " but the customer says " + Answers.Json("buy"), Text).Reason.ShouldBe(NoAnswer.Malformed);

    [Theory]
    [InlineData("purchase", "88")]
    [InlineData("1", "88")]
    [InlineData("buy", "101")]
    [InlineData("buy", "-1")]
    [InlineData("buy", "0.88")]
    [InlineData("buy", "\"88\"")]
    [InlineData("buy", "1e400")]
    [InlineData("buy", "null")]
    public void A_wrong_judgement_makes_the_answer_unusable(string intent, string confidence) =>
        ModelAnswerParser.Parse(Answers.Json(intent, confidence: confidence), Text).Reason.ShouldBe(NoAnswer.Invalid);

    [Theory]
    [InlineData("urgency")]
    [InlineData("category")]
    [InlineData("sentiment")]
    [InlineData("confidence")]
    public void A_missing_judgement_makes_the_answer_unusable(string field) =>
        ModelAnswerParser.Parse(Answers.Json().Replace($"\"{field}\"", "\"something\"", StringComparison.Ordinal), Text).Reason.ShouldBe(NoAnswer.Invalid);

    [Theory]
    [InlineData("""{"quantity":-5}""")]
    [InlineData("""{"quantity":0}""")]
    [InlineData("""{"quantity":"50"}""")]
    [InlineData("""{"quantity":51}""")]
    [InlineData("""{"product":"tables"}""")]
    [InlineData("""{"product":5}""")]
    [InlineData("""{"product":"-"}""")]
    [InlineData("""{"place":"Karachi"}""")]
    [InlineData("""{"date":"2026-05-08"}""")]
    [InlineData("""{"contact":"+92 321 7654321"}""")]
    [InlineData("""{"contact":"me@example.com"}""")]
    [InlineData("""{"budget_currency":"EUR"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_wrong_or_invented_fact_is_left_out(string extracted) =>
        ModelAnswerParser.Parse(Answers.Json(extracted: extracted), Text).Analysis.ShouldNotBeNull().Extracted.ShouldBe(ExtractedData.None);

    [Fact]
    public void Half_an_emoji_spoils_its_field_only()
    {
        var answer = Answers.Json(extracted: """{"product":"\ud83d","date":"Friday"}""");

        ModelAnswerParser.Parse(answer, Text).Analysis.ShouldNotBeNull().Extracted.ShouldBe(new ExtractedData(Date: "Friday"));
    }

    [Fact]
    public void A_damaged_answer_never_throws()
    {
        const string Noise = "{}[]\",:\\ud8 0-e\0é";
        var answer = Answers.Json(extra: "\"\\ud800\":1,", extracted: """{"product":"\ud83d","quantity":1e999,"place":{"a":[1]}}""");
        var changes =
            from at in Gen.Choose(0, answer.Length - 1)
            from length in Gen.Choose(0, 5)
            from noise in Gen.Elements(Noise.ToCharArray())
            select string.Concat(answer.AsSpan(0, at), [noise], answer.AsSpan(Math.Min(at + length, answer.Length)));

        Prop.ForAll(changes.ToArbitrary(), damaged =>
        {
            var parsed = ModelAnswerParser.Parse(damaged, Text);
            return parsed.Analysis is null != parsed.Reason is null;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_fact_of_more_than_200_characters_is_left_out()
    {
        var longest = new string('a', 200);

        Product(longest, longest).ShouldBe(longest);
        Product(longest + "a", longest + "a").ShouldBeNull();

        static string? Product(string product, string text) =>
            ModelAnswerParser.Parse(Answers.Json(extracted: $$"""{"product":"{{product}}"}"""), text).Analysis!.Extracted.Product;
    }
}
