using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;
using LeadDesk.Simulators.Models;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class ModelClientTests(SimulatedModels models) : IClassFixture<SimulatedModels>, IAsyncLifetime
{
    private const string OpenAi = SimulatedProviders.OpenAi;
    private const string Mistral = SimulatedProviders.Mistral;
    private const string Gemini = SimulatedProviders.Gemini;
    private const string Ollama = SimulatedProviders.Ollama;

    private static readonly ModelQuestion s_question = new("Sort this.", "I want to buy 50 office chairs today");

    public static TheoryData<string> Providers { get; } = [OpenAi, Mistral, Gemini, Ollama];

    public static TheoryData<string, string, NoAnswer> Failures { get; } = new()
    {
        { OpenAi, ModelMode.Down, NoAnswer.Unavailable },
        { OpenAi, ModelMode.Drop, NoAnswer.Unavailable },
        { OpenAi, ModelMode.RateLimited, NoAnswer.RateLimited },
        { OpenAi, ModelMode.Unauthorized, NoAnswer.Unauthorized },
        { OpenAi, ModelMode.UnknownModel, NoAnswer.Rejected },
        { OpenAi, ModelMode.Refusal, NoAnswer.Refused },
        { OpenAi, ModelMode.ContentFilter, NoAnswer.Refused },
        { OpenAi, ModelMode.CutOff, NoAnswer.CutOff },
        { OpenAi, ModelMode.Html, NoAnswer.Malformed },
        { OpenAi, ModelMode.Huge, NoAnswer.Malformed },
        { OpenAi, ModelMode.Empty, NoAnswer.Malformed },
        { Mistral, ModelMode.Down, NoAnswer.Unavailable },
        { Mistral, ModelMode.RateLimited, NoAnswer.RateLimited },
        { Mistral, ModelMode.Unauthorized, NoAnswer.Unauthorized },
        { Mistral, ModelMode.UnknownModel, NoAnswer.Rejected },
        { Mistral, ModelMode.Flat422, NoAnswer.Rejected },
        { Mistral, ModelMode.Detail422, NoAnswer.Rejected },
        { Mistral, ModelMode.CutOff, NoAnswer.CutOff },
        { Mistral, ModelMode.MidStreamError, NoAnswer.Unavailable },
        { Mistral, ModelMode.Html, NoAnswer.Malformed },
        { Gemini, ModelMode.Down, NoAnswer.Unavailable },
        { Gemini, ModelMode.RateLimited, NoAnswer.RateLimited },
        { Gemini, ModelMode.Unauthorized, NoAnswer.Unauthorized },
        { Gemini, ModelMode.UnknownModel, NoAnswer.Rejected },
        { Gemini, ModelMode.Blocked, NoAnswer.Refused },
        { Gemini, ModelMode.ContentFilter, NoAnswer.Refused },
        { Gemini, ModelMode.CutOff, NoAnswer.CutOff },
        { Gemini, ModelMode.Empty, NoAnswer.Malformed },
        { Gemini, ModelMode.Html, NoAnswer.Malformed },
        { Gemini, ModelMode.Huge, NoAnswer.Malformed },
        { Ollama, ModelMode.Down, NoAnswer.Unavailable },
        { Ollama, ModelMode.Drop, NoAnswer.Unavailable },
        { Ollama, ModelMode.RateLimited, NoAnswer.RateLimited },
        { Ollama, ModelMode.Unauthorized, NoAnswer.Unauthorized },
        { Ollama, ModelMode.UnknownModel, NoAnswer.Rejected },
        { Ollama, ModelMode.MidStreamError, NoAnswer.Unavailable },
        { Ollama, ModelMode.CutOff, NoAnswer.CutOff },
        { Ollama, ModelMode.Empty, NoAnswer.Malformed },
        { Ollama, ModelMode.Html, NoAnswer.Malformed },
    };

    public async ValueTask InitializeAsync()
    {
        foreach (var provider in Providers) await models.SetAsync(provider, ModelMode.Ok);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_provider_that_is_well_answers_with_the_models_text(string provider)
    {
        var answer = await AskAsync(provider);

        answer.Reason.ShouldBeNull();
        JsonInProse.FindObject(answer.Text!, "intent").ShouldNotBeNull().GetProperty("intent").GetString().ShouldBe("buy");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Thoughts_are_left_out_and_parts_are_joined(string provider)
    {
        await models.SetAsync(provider, ModelMode.Parts);

        var answer = await AskAsync(provider);

        using var json = JsonDocument.Parse(answer.Text.ShouldNotBeNull());
        json.RootElement.GetProperty("intent").GetString().ShouldBe("buy");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_of_the_provider_is_a_reason_and_never_an_exception(string provider, string mode, NoAnswer reason)
    {
        await models.SetAsync(provider, mode);

        var answer = await AskAsync(provider);

        answer.Text.ShouldBeNull();
        answer.Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(OpenAi)]
    [InlineData(Mistral)]
    [InlineData(Ollama)]
    public async Task The_wait_a_provider_asks_for_in_a_header_is_read(string provider)
    {
        await models.SetAsync(provider, ModelMode.RateLimited, retryAfter: 7);

        (await AskAsync(provider)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Geminis_wait_is_read_from_its_error_details()
    {
        await models.SetAsync(Gemini, ModelMode.RateLimited, retryAfter: 27.4);

        (await AskAsync(Gemini)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(27.4));
    }

    [Fact]
    public async Task An_empty_account_asks_for_a_long_rest()
    {
        await models.SetAsync(OpenAi, ModelMode.QuotaExhausted);

        var answer = await AskAsync(OpenAi);

        answer.Reason.ShouldBe(NoAnswer.RateLimited);
        answer.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(OpenAi, "authorization", "/openai/v1/chat/completions")]
    [InlineData(Mistral, "authorization", "/mistral/v1/chat/completions")]
    [InlineData(Gemini, "x-goog-api-key", "/gemini/v1beta/models/gemini-flash-lite-latest:generateContent")]
    [InlineData(Ollama, null, "/ollama/api/chat")]
    public async Task The_key_travels_in_a_header_only(string provider, string? header, string path)
    {
        await AskAsync(provider);

        var call = (await models.CallsAsync(provider))[^1];
        call.KeyIn.ShouldBe(header);
        call.Path.ShouldBe(path);
        call.Query.ShouldBeEmpty();
        call.Body.ShouldNotContain("test-key");
    }

    [Theory]
    [InlineData(OpenAi, "response_format", "json_schema", "schema")]
    [InlineData(Mistral, "response_format", "json_schema", "schema")]
    [InlineData(Gemini, "generationConfig", "responseSchema")]
    [InlineData(Ollama, "format")]
    public async Task The_form_of_the_answer_is_asked_for_and_has_no_score(string provider, params string[] path)
    {
        await AskAsync(provider);

        using var body = JsonDocument.Parse((await models.CallsAsync(provider))[^1].Body);
        var schema = path.Aggregate(body.RootElement, (json, name) => json.GetProperty(name));
        var fields = schema.GetProperty("properties").EnumerateObject().Select(field => field.Name).ToList();
        fields.ShouldContain("intent");
        fields.ShouldNotContain("score");
    }

    [Fact]
    public async Task Ollama_is_told_not_to_stream()
    {
        await AskAsync(Ollama);

        using var body = JsonDocument.Parse((await models.CallsAsync(Ollama))[^1].Body);
        body.RootElement.GetProperty("stream").ValueKind.ShouldBe(JsonValueKind.False);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_unavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = AnalysisServices.Client(new() { Kind = "Ollama", Url = $"http://127.0.0.1:{port}" });

        var answer = await client.AskAsync(s_question, TestContext.Current.CancellationToken);

        answer.Reason.ShouldBe(NoAnswer.Unavailable);
        answer.HttpStatus.ShouldBeNull();
    }

    private async Task<ModelAnswer> AskAsync(string provider)
    {
        using var client = models.Client(provider);
        return await client.AskAsync(s_question, TestContext.Current.CancellationToken);
    }
}
