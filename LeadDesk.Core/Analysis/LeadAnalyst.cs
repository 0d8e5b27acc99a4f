using LeadDesk.Analysis.Models;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Analysis;

/// <summary>
/// Refines the built-in classifier's answer by the configured models: in order, each with a time-out, one retry and a breaker,
/// all within one deadline. Without a usable answer the classifier's stands. Safe for concurrent use.
/// </summary>
public sealed partial class LeadAnalyst : IDisposable
{
    private static readonly TimeSpan s_leastTimeForRetry = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<ModelProvider> _providers;
    private readonly RemoveInstructions _removeInstructions;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly ILogger<LeadAnalyst> _log;

    internal LeadAnalyst(
        IReadOnlyList<ModelProvider> providers, RemoveInstructions removeInstructions, TimeSpan deadline, TimeProvider time, ILogger<LeadAnalyst> log)
    {
        _providers = providers;
        _removeInstructions = removeInstructions;
        _deadline = deadline;
        _time = time;
        _log = log;
    }

    /// <summary>False when only the built-in classifier answers, so that there is nothing to refine.</summary>
    public bool HasProviders => _providers.Count > 0;

    /// <summary>Asks the providers in order until one gives a usable answer. A provider's failure is never an exception.</summary>
    /// <param name="message">The customer's text, of any length.</param>
    /// <param name="builtIn">The built-in classifier's answer to the same text.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<AnalysisOutcome> AnalyseAsync(string message, MessageAnalysis builtIn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(builtIn);
        var start = _time.GetTimestamp();
        var attempts = new List<ModelAttempt>();
        if (!HasProviders || string.IsNullOrWhiteSpace(message) || AnswerGuard.IsSettled(builtIn)) return Outcome(builtIn, AnalysisOutcome.BuiltIn);

        var prompt = ModelPrompt.For(message, _removeInstructions);
        if (string.IsNullOrWhiteSpace(prompt.Text)) return Outcome(builtIn, AnalysisOutcome.BuiltIn);
        var judged = builtIn with { InstructionLike = builtIn.InstructionLike || prompt.InstructionLike };

        using var deadline = new CancellationTokenSource(_deadline, _time);
        foreach (var provider in _providers)
        {
            if (deadline.IsCancellationRequested) break;
            if (await AskWithRetryAsync(provider, prompt, attempts, start, deadline.Token, cancellationToken) is { } answer)
                return Outcome(AnswerGuard.Reconcile(judged, answer), provider.Name);
        }

        LogNoModelAnswered(_log, attempts.Count);
        return Outcome(judged, AnalysisOutcome.BuiltIn);

        AnalysisOutcome Outcome(MessageAnalysis analysis, string answeredBy)
        {
            AnalysisMetrics.Answered(answeredBy);
            return new(analysis, answeredBy, _time.GetElapsedTime(start), attempts);
        }
    }

    public void Dispose()
    {
        foreach (var provider in _providers) provider.Dispose();
    }

    private async Task<MessageAnalysis?> AskWithRetryAsync(
        ModelProvider provider, ModelPrompt prompt, List<ModelAttempt> attempts, long start, CancellationToken deadline, CancellationToken caller)
    {
        var first = await AskAsync(provider, prompt, attempts, deadline, caller);
        if (first.Reason is null) return first.Analysis;
        if (WaitBeforeRetry(first, provider, _deadline - _time.GetElapsedTime(start)) is not { } wait) return null;

        await Task.Delay(wait, _time, caller);
        return (await AskAsync(provider, prompt, attempts, deadline, caller)).Analysis;
    }

    private async Task<ModelVerdict> AskAsync(
        ModelProvider provider, ModelPrompt prompt, List<ModelAttempt> attempts, CancellationToken deadline, CancellationToken caller)
    {
        var start = _time.GetTimestamp();
        var verdict = await provider.AskAsync(prompt, deadline, caller);
        var attempt = new ModelAttempt(provider.Name, verdict.Reason, verdict.HttpStatus, _time.GetElapsedTime(start));
        attempts.Add(attempt);
        AnalysisMetrics.Attempted(attempt);
        if (verdict.Reason is NoAnswer.Paused) LogPaused(_log, provider.Name);
        else if (verdict.Reason is { } reason) LogNoAnswer(_log, provider.Name, reason, verdict.HttpStatus, attempt.Duration.TotalMilliseconds);
        return verdict;
    }

    /// <summary>
    /// Null when a second request is pointless: the failure is not a passing one, the provider wants a longer rest, or the time
    /// that is left is better spent with the next provider.
    /// </summary>
    private static TimeSpan? WaitBeforeRetry(ModelVerdict verdict, ModelProvider provider, TimeSpan left)
    {
        var passing = verdict.Reason is NoAnswer.Unavailable or NoAnswer.Timeout
            || (verdict.Reason is NoAnswer.RateLimited && verdict.RetryAfter is not null);
        var wait = verdict.RetryAfter ?? TimeSpan.FromMilliseconds(Random.Shared.Next(150, 350));
        var needed = verdict.Reason is NoAnswer.Timeout ? provider.Timeout : s_leastTimeForRetry;
        return passing && wait <= ModelProvider.ShortWait && wait + needed <= left ? wait : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} gave no answer: {Reason}, HTTP status {Status}, after {Milliseconds:0} ms")]
    private static partial void LogNoAnswer(ILogger logger, string provider, NoAnswer reason, int? status, double milliseconds);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Provider} is paused after failures and was not asked")]
    private static partial void LogPaused(ILogger logger, string provider);

    [LoggerMessage(Level = LogLevel.Information, Message = "No model answered in {Attempts} attempts; the built-in classifier's answer stands")]
    private static partial void LogNoModelAnswered(ILogger logger, int attempts);
}
