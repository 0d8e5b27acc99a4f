using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;
using LeadDesk.Simulators.Models;

namespace LeadDesk.Tests.Analysis.Models;

/// <summary>Breaker, pauses, time-outs and the deadline.</summary>
public sealed class LeadAnalystResilienceTests : IAsyncLifetime
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
        outcome.Attempts.ShouldHaveSingleItem().Reason.ShouldBe(NoAnswer.OutOfTime);
    }

    [Fact]
    public async Task A_deadline_that_others_used_up_does_not_open_the_breaker()
    {
        await _models.SetAsync(Mistral, ModelMode.Hang, times: 6);
        var provider = _models.Provider(Mistral);
        using var hurried = SimulatedModels.Analyst([provider], deadline: TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 6; i++) (await AnalyseAsync(hurried)).Attempts.ShouldHaveSingleItem().Reason.ShouldBe(NoAnswer.OutOfTime);
        using var patient = SimulatedModels.Analyst([provider]);

        await _models.SetAsync(Mistral, ModelMode.Ok);

        (await AnalyseAsync(patient)).AnsweredBy.ShouldStartWith("mistral/");
    }

    private static Task<AnalysisOutcome> AnalyseAsync(LeadAnalyst analyst) =>
        analyst.AnalyseAsync(Message, Answers.BuiltIn, TestContext.Current.CancellationToken);
}
