using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;
using LeadDesk.Simulators.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class LeadAnalystTests : IAsyncLifetime
{
    private const string OpenAi = SimulatedProviders.OpenAi;
    private const string Mistral = SimulatedProviders.Mistral;
    private const string Gemini = SimulatedProviders.Gemini;
    private const string Ollama = SimulatedProviders.Ollama;
    private const string Message = "I want to buy 50 office chairs today";

    private readonly SimulatedModels _models = new();

    public ValueTask InitializeAsync() => _models.InitializeAsync();

    public ValueTask DisposeAsync() => _models.DisposeAsync();

    [Fact]
    public async Task The_first_provider_that_answers_refines_the_classifiers_answer()
    {
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral), _models.Provider(Gemini)]);

        var outcome = await AnalyseAsync(analyst);

        outcome.AnsweredBy.ShouldBe("mistral/mistral-small-latest");
        outcome.Analysis.ShouldBe(new MessageAnalysis(
            Intent.Buy, Urgency.High, MessageCategory.Sales, Sentiment.Neutral, 88, new("office chairs", 50, Date: "today"), "en"));
        outcome.Attempts.ShouldHaveSingleItem().HttpStatus.ShouldBe(200);
        (await _models.CallsAsync(Gemini)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_provider_is_asked_in_order_until_one_answers()
    {
        await _models.SetAsync(Mistral, ModelMode.Unauthorized);
        await _models.SetAsync(Gemini, ModelMode.Blocked);
        await _models.SetAsync(Ollama, ModelMode.WrongWords);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral), _models.Provider(Gemini), _models.Provider(Ollama), _models.Provider(OpenAi)]);

        var outcome = await AnalyseAsync(analyst);

        outcome.AnsweredBy.ShouldBe("openai/gpt-4.1-mini");
        outcome.Attempts.Select(a => (a.Provider.Split('/')[0], a.Reason)).ShouldBe(
            [(Mistral, NoAnswer.Unauthorized), (Gemini, NoAnswer.Refused), (Ollama, NoAnswer.Invalid), (OpenAi, null)]);
    }

    [Theory]
    [InlineData(ModelMode.Malformed)]
    [InlineData(ModelMode.WrongWords)]
    [InlineData(ModelMode.Html)]
    [InlineData(ModelMode.Refusal)]
    [InlineData(ModelMode.CutOff)]
    public async Task Without_a_usable_answer_the_classifiers_stands(string mode)
    {
        await _models.SetAsync(OpenAi, mode);
        using var analyst = SimulatedModels.Analyst([_models.Provider(OpenAi)]);

        var outcome = await AnalyseAsync(analyst);

        outcome.AnsweredBy.ShouldBe(AnalysisOutcome.BuiltIn);
        outcome.Analysis.ShouldBe(Answers.BuiltIn);
        (await _models.CallsAsync(OpenAi)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ModelMode.Down)]
    [InlineData(ModelMode.Drop)]
    public async Task A_passing_failure_is_tried_once_more(string mode)
    {
        await _models.SetAsync(Mistral, mode, times: 1);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral)]);

        var outcome = await AnalyseAsync(analyst);

        outcome.Attempts.Select(a => a.Reason).ShouldBe([NoAnswer.Unavailable, null]);
        outcome.AnsweredBy.ShouldStartWith("mistral/");
    }

    [Fact]
    public async Task A_lasting_failure_is_tried_only_once_more()
    {
        await _models.SetAsync(Mistral, ModelMode.Down);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral)]);

        await AnalyseAsync(analyst);

        (await _models.CallsAsync(Mistral)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_rate_limit_without_a_wait_goes_to_the_next_provider()
    {
        await _models.SetAsync(Mistral, ModelMode.RateLimited);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral), _models.Provider(Ollama)]);

        (await AnalyseAsync(analyst)).Attempts.Select(a => a.Reason).ShouldBe([NoAnswer.RateLimited, null]);
    }

    [Fact]
    public async Task Logs_hold_neither_the_key_nor_the_message()
    {
        foreach (var provider in (string[])[Mistral, Gemini]) await _models.SetAsync(provider, ModelMode.Unauthorized);
        await _models.SetAsync(Ollama, ModelMode.Down);
        var log = new RecordingLog();
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral), _models.Provider(Gemini), _models.Provider(Ollama)], log: log);

        await AnalyseAsync(analyst);

        log.Lines.Count.ShouldBe(5);
        log.Lines.ShouldAllBe(line => !line.Contains("test-key") && !line.Contains("chairs"));
    }

    [Fact]
    public async Task A_text_with_broken_characters_is_sent_all_the_same()
    {
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral), _models.Provider(Gemini), _models.Provider(Ollama), _models.Provider(OpenAi)]);

        var outcome = await analyst.AnalyseAsync("I want to buy 5 chairs \ud83d \0 \uffff \udc00", Answers.BuiltIn, TestContext.Current.CancellationToken);

        outcome.AnsweredBy.ShouldStartWith("mistral/");
        outcome.Analysis.Extracted.ShouldBe(new ExtractedData("chairs", 5));
    }

    [Fact]
    public async Task A_short_wait_is_waited_for()
    {
        await _models.SetAsync(Gemini, ModelMode.RateLimited, retryAfter: 0.05, times: 1);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Gemini)]);

        var outcome = await AnalyseAsync(analyst);

        outcome.Attempts.Select(a => a.Reason).ShouldBe([NoAnswer.RateLimited, null]);
    }

    [Fact]
    public async Task The_callers_cancellation_is_an_exception()
    {
        await _models.SetAsync(Mistral, ModelMode.Hang);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral)]);
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => analyst.AnalyseAsync(Message, Answers.BuiltIn, caller.Token));
    }

    [Fact]
    public async Task A_sure_opt_out_is_not_sent_to_any_provider()
    {
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral)]);
        var optOut = Answers.BuiltIn with { Intent = Intent.Other, OptOut = true, Confidence = 90 };

        var outcome = await analyst.AnalyseAsync("stop messaging me", optOut, TestContext.Current.CancellationToken);

        outcome.Analysis.ShouldBe(optOut);
        (await _models.CallsAsync(Mistral)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_providers_the_classifier_answers_alone()
    {
        var services = new ServiceCollection().AddLogging().AddLeadAnalysis(new AnalysisOptions(), SimulatedModels.KeepAll);
        await using var provider = services.BuildServiceProvider();
        var analyst = provider.GetRequiredService<LeadAnalyst>();

        analyst.HasProviders.ShouldBeFalse();
        (await AnalyseAsync(analyst)).AnsweredBy.ShouldBe(AnalysisOutcome.BuiltIn);
    }

    [Fact]
    public async Task A_configured_chain_is_registered_whole()
    {
        var options = new AnalysisOptions { Providers = { _models.Options(Gemini) } };
        var services = new ServiceCollection().AddLogging().AddLeadAnalysis(options, SimulatedModels.KeepAll);
        await using var provider = services.BuildServiceProvider();

        (await AnalyseAsync(provider.GetRequiredService<LeadAnalyst>())).AnsweredBy.ShouldBe("gemini/gemini-flash-lite-latest");
    }

    [Fact]
    public async Task Every_request_is_measured_by_provider_and_result()
    {
        var options = _models.Options(Ollama);
        options.Model = "measured";
        await _models.SetAsync(Ollama, ModelMode.Down, times: 1);
        var results = new ConcurrentQueue<string?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "LeadDesk") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (tags[0].Value is "ollama/measured") results.Enqueue((string?)tags[1].Value);
        });
        listener.Start();
        using var analyst = SimulatedModels.Analyst([new ModelProvider(AnalysisServices.Client(options), SimulatedModels.Patient, TimeProvider.System)]);

        await AnalyseAsync(analyst);

        results.ShouldBe(["unavailable", "answered"]);
    }

    private static Task<AnalysisOutcome> AnalyseAsync(LeadAnalyst analyst) =>
        analyst.AnalyseAsync(Message, Answers.BuiltIn, TestContext.Current.CancellationToken);

    private sealed class RecordingLog : ILogger<LeadAnalyst>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception) + exception);
    }
}
