using Polly;
using Polly.CircuitBreaker;

namespace LeadDesk.Analysis.Models;

/// <summary>What one request to a provider led to.</summary>
internal readonly record struct ModelVerdict(MessageAnalysis? Analysis, NoAnswer? Reason, TimeSpan? RetryAfter = null, int? HttpStatus = null);

/// <summary>
/// One provider with its time-out and its breaker. The breaker opens for half a minute when at least five requests within half a
/// minute went out and half of them failed; a refused key or a long "retry after" pauses the provider at once.
/// </summary>
internal sealed class ModelProvider(IModelClient client, TimeSpan timeout, TimeProvider time) : IDisposable
{
    /// <summary>A longer wait is left to the next provider.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan BreakTime = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a refused key, and the longest pause a provider can ask for.</summary>
    public static readonly TimeSpan LongPause = TimeSpan.FromMinutes(10);

    private readonly ResiliencePipeline<ModelVerdict> _breaker = Breaker(time);
    private long _pausedUntil;

    public string Name => client.Name;

    public TimeSpan Timeout => timeout;

    /// <summary>Asks once. Every failure of the provider is a value.</summary>
    /// <param name="deadline">The end of the whole analysis.</param>
    /// <exception cref="OperationCanceledException"><paramref name="caller"/> was cancelled.</exception>
    public async Task<ModelVerdict> AskAsync(ModelPrompt prompt, CancellationToken deadline, CancellationToken caller)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _pausedUntil)) return new(null, NoAnswer.Paused);
        try
        {
            var verdict = await _breaker.ExecuteAsync(async token => await AskOnceAsync(prompt, deadline, token), caller);
            Pause(verdict);
            return verdict;
        }
        catch (BrokenCircuitException)
        {
            return new(null, NoAnswer.Paused);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<ModelVerdict> AskOnceAsync(ModelPrompt prompt, CancellationToken deadline, CancellationToken caller)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline, caller);
        try
        {
            var answer = await client.AskAsync(prompt.Question, either.Token);
            if (answer.Text is null) return new(null, answer.Reason, answer.RetryAfter, answer.HttpStatus);
            var parsed = ModelAnswerParser.Parse(answer.Text, prompt.Text);
            return new(parsed.Analysis, parsed.Reason, HttpStatus: answer.HttpStatus);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new(null, limit.IsCancellationRequested ? NoAnswer.Timeout : NoAnswer.OutOfTime);
        }
    }

    private void Pause(ModelVerdict verdict)
    {
        var pause = verdict switch
        {
            { Reason: NoAnswer.Unauthorized } => LongPause,
            { RetryAfter: { } wait } when wait > ShortWait => wait < LongPause ? wait : LongPause,
            _ => TimeSpan.Zero,
        };
        if (pause > TimeSpan.Zero) Volatile.Write(ref _pausedUntil, (time.GetUtcNow() + pause).UtcTicks);
    }

    private static ResiliencePipeline<ModelVerdict> Breaker(TimeProvider time) =>
        new ResiliencePipelineBuilder<ModelVerdict> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ModelVerdict>
            {
                MinimumThroughput = 5,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = BreakTime,
                // A refusal or a cut-off answer is about one message, and the time may have been spent by the providers before.
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Result.Reason is not (null or NoAnswer.Refused or NoAnswer.CutOff or NoAnswer.OutOfTime)),
            })
            .Build();
}
