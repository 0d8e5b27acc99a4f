using LeadDesk.Analysis;
using Microsoft.Extensions.Configuration;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class AnalysisOptionsTests
{
    [Theory]
    [InlineData("Mistral", "key")]
    [InlineData("gemini", "key")]
    [InlineData("OLLAMA", null)]
    [InlineData("OpenAI", "key")]
    public void A_kind_and_its_key_are_enough(string kind, string? key) =>
        Problems(new() { Kind = kind, ApiKey = key }).ShouldBeEmpty();

    [Fact]
    public void A_private_server_with_OpenAIs_format_needs_no_key() =>
        Problems(new() { Kind = "OpenAI", Url = "http://192.168.1.5:8000/v1", Model = "qwen" }).ShouldBeEmpty();

    [Theory]
    [InlineData("Kind", "Claude", "key", null, null, 8)]
    [InlineData("Kind", "0", "key", null, null, 8)]
    [InlineData("Kind", null, "key", null, null, 8)]
    [InlineData("ApiKey", "Mistral", " ", null, null, 8)]
    [InlineData("ApiKey", "OpenAI", null, null, null, 8)]
    [InlineData("ApiKey", "Gemini", "two words", null, null, 8)]
    [InlineData("ApiKey", "Gemini", "line\r\nbreak", null, null, 8)]
    [InlineData("Url", "Ollama", null, "localhost:11434", null, 8)]
    [InlineData("Url", "Ollama", null, "ftp://localhost", null, 8)]
    [InlineData("Url", "Ollama", null, "http://user:pass@localhost", null, 8)]
    [InlineData("Url", "Gemini", "key", "https://example.com/v1?key=secret", null, 8)]
    [InlineData("Model", "Ollama", null, null, "two words", 8)]
    [InlineData("TimeoutSeconds", "Ollama", null, null, null, 0)]
    [InlineData("TimeoutSeconds", "Ollama", null, null, null, 61)]
    public void A_wrong_value_is_one_sentence_that_names_its_key_and_no_secret(string key, string? kind, string? apiKey, string? url, string? model, int timeout)
    {
        var problem = Problems(new() { Kind = kind, ApiKey = apiKey, Url = url, Model = model, TimeoutSeconds = timeout }).ShouldHaveSingleItem();

        problem.ShouldStartWith($"LeadDesk:Analysis:Providers:0:{key} ");
        problem.ShouldNotContain("pass@");
        problem.ShouldNotContain("secret");
        problem.ShouldNotContain("break");
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var options = new AnalysisOptions { DeadlineSeconds = 0, Providers = { new() { Kind = "x" }, new() { Kind = "Mistral", TimeoutSeconds = -1 } } };

        options.Problems("LeadDesk:Analysis").Count().ShouldBe(4);
    }

    [Fact]
    public void The_deadline_follows_the_longest_time_out_unless_it_is_set()
    {
        Deadline(8, null).ShouldBe(TimeSpan.FromSeconds(10));
        Deadline(60, null).ShouldBe(TimeSpan.FromSeconds(62));
        Deadline(60, 90).ShouldBe(TimeSpan.FromSeconds(90));

        static TimeSpan Deadline(int timeout, int? deadline) =>
            new AnalysisOptions { DeadlineSeconds = deadline, Providers = { new() { Kind = "Ollama", TimeoutSeconds = timeout } } }.Deadline;
    }

    [Theory]
    [InlineData(8)]
    [InlineData(121)]
    public void A_deadline_that_hides_a_hanging_provider_is_a_problem(int deadline) =>
        new AnalysisOptions { DeadlineSeconds = deadline, Providers = { new() { Kind = "Ollama" } } }.Problems("LeadDesk:Analysis")
            .ShouldHaveSingleItem().ShouldBe(
                $"LeadDesk:Analysis:DeadlineSeconds is {deadline}; allowed are 9 to 120 seconds, longer than every provider's TimeoutSeconds.");

    [Fact]
    public void The_section_is_bound()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LeadDesk:Analysis:DeadlineSeconds"] = "40",
            ["LeadDesk:Analysis:Providers:0:Kind"] = "Mistral",
            ["LeadDesk:Analysis:Providers:0:ApiKey"] = "key",
            ["LeadDesk:Analysis:Providers:1:Kind"] = "Ollama",
            ["LeadDesk:Analysis:Providers:1:Model"] = "qwen3",
            ["LeadDesk:Analysis:Providers:1:TimeoutSeconds"] = "30",
        }).Build();

        var options = configuration.GetSection("LeadDesk:Analysis").Get<AnalysisOptions>().ShouldNotBeNull();

        options.DeadlineSeconds.ShouldBe(40);
        options.Providers.Select(p => (p.Name, p.TimeoutSeconds)).ShouldBe([("mistral/mistral-small-latest", 8), ("ollama/qwen3", 30)]);
        options.Problems("LeadDesk:Analysis").ShouldBeEmpty();
    }

    private static List<string> Problems(ModelProviderOptions provider) =>
        [.. new AnalysisOptions { Providers = { provider } }.Problems("LeadDesk:Analysis")];
}
