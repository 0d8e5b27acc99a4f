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
    public async Task A_long_wait_goes_to_the_next_provider_and_is_kept()
    {
        var clock = new ManualClock();
        await _models.SetAsync(Mistral, ModelMode.RateLimited, retryAfter: 60, times: 1);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral, time: clock), _models.Provider(Ollama, time: clock)], time: clock);

        (await AnalyseAsync(analyst)).AnsweredBy.ShouldStartWith("ollama/");
        clock.Advance(TimeSpan.FromSeconds(59));
        (await AnalyseAsync(analyst)).Attempts[0].Reason.ShouldBe(NoAnswer.Paused);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await AnalyseAsync(analyst)).AnsweredBy.ShouldStartWith("mistral/");
    }

    [Fact]
    public async Task A_refused_key_pauses_its_provider_for_long()
    {
        var clock = new ManualClock();
        await _models.SetAsync(Mistral, ModelMode.Unauthorized, times: 1);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral, time: clock)], time: clock);

        await AnalyseAsync(analyst);
        clock.Advance(TimeSpan.FromMinutes(9));
        (await AnalyseAsync(analyst)).Attempts.ShouldHaveSingleItem().Reason.ShouldBe(NoAnswer.Paused);
        (await _models.CallsAsync(Mistral)).Count.ShouldBe(1);

        clock.Advance(TimeSpan.FromMinutes(2));
        (await AnalyseAsync(analyst)).AnsweredBy.ShouldStartWith("mistral/");
    }

    [Fact]
    public async Task The_breaker_opens_after_five_failures_and_closes_when_the_provider_is_well_again()
    {
        var clock = new ManualClock();
        await _models.SetAsync(Ollama, ModelMode.Malformed, times: 5);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Ollama, time: clock)], time: clock);

        for (var i = 0; i < 5; i++) (await AnalyseAsync(analyst)).Attempts.ShouldHaveSingleItem().Reason.ShouldBe(NoAnswer.Malformed);
        (await AnalyseAsync(analyst)).Attempts.ShouldHaveSingleItem().Reason.ShouldBe(NoAnswer.Paused);
        (await _models.CallsAsync(Ollama)).Count.ShouldBe(5);

        clock.Advance(ModelProvider.BreakTime + TimeSpan.FromSeconds(1));
        (await AnalyseAsync(analyst)).AnsweredBy.ShouldStartWith("ollama/");
        (await AnalyseAsync(analyst)).AnsweredBy.ShouldStartWith("ollama/");
    }

    [Fact]
    public async Task Refusals_are_about_messages_and_do_not_open_the_breaker()
    {
        await _models.SetAsync(OpenAi, ModelMode.Refusal, times: 8);
        using var analyst = SimulatedModels.Analyst([_models.Provider(OpenAi)]);

        for (var i = 0; i < 8; i++) await AnalyseAsync(analyst);

        (await AnalyseAsync(analyst)).AnsweredBy.ShouldStartWith("openai/");
    }

    [Fact]
    public async Task A_provider_that_hangs_is_left_after_its_time_out()
    {
        await _models.SetAsync(Mistral, ModelMode.Hang);
        var hurried = _models.Provider(Mistral, timeout: TimeSpan.FromMilliseconds(200));
        using var analyst = SimulatedModels.Analyst([hurried, _models.Provider(Ollama)]);

        var outcome = await AnalyseAsync(analyst);

        outcome.Attempts.Select(a => a.Reason).ShouldBe([NoAnswer.Timeout, NoAnswer.Timeout, null]);
        outcome.AnsweredBy.ShouldStartWith("ollama/");
    }

    [Fact]
    public async Task All_providers_together_have_one_deadline()
    {
        foreach (var provider in (string[])[Mistral, Gemini]) await _models.SetAsync(provider, ModelMode.Hang);
        using var analyst = SimulatedModels.Analyst([_models.Provider(Mistral), _models.Provider(Gemini)], deadline: TimeSpan.FromMilliseconds(300));

        var outcome = await AnalyseAsync(analyst);

        outcome.AnsweredBy.ShouldBe(AnalysisOutcome.BuiltIn);
        outcome.Attempts.ShouldHaveSingleItem().Reason.ShouldBe(NoAnswer.Timeout);
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
        var services = new ServiceCollection().AddLogging().AddLeadAnalysis(new AnalysisOptions(), (string text, out bool found) =>
        {
            found = false;
            return text;
        });
        await using var provider = services.BuildServiceProvider();
        var analyst = provider.GetRequiredService<LeadAnalyst>();

        analyst.HasProviders.ShouldBeFalse();
        (await AnalyseAsync(analyst)).AnsweredBy.ShouldBe(AnalysisOutcome.BuiltIn);
    }

    [Fact]
    public async Task A_configured_chain_is_registered_whole()
    {
        var options = new AnalysisOptions { Providers = { _models.Options(Gemini) } };
        var services = new ServiceCollection().AddLogging().AddLeadAnalysis(options, (string text, out bool found) =>
        {
            found = false;
            return text;
        });
        await using var provider = services.BuildServiceProvider();

        (await AnalyseAsync(provider.GetRequiredService<LeadAnalyst>())).AnsweredBy.ShouldBe("gemini/gemini-flash-lite-latest");
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
