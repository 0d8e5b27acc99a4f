using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Intake;

/// <summary>Does claimed events: loads their bodies, hands them to their source's handler, writes down what became of them.</summary>
internal sealed partial class InboundRunner(
    InboundClaims claims, IEnumerable<InboundHandlerRegistration> registrations, IServiceScopeFactory scopes, TimeProvider clock, ILogger<InboundRunner> logger)
{
    private readonly Dictionary<string, InboundHandlerRegistration> handlers =
        registrations.SelectMany(registration => registration.Sources.Select(source => (source, registration))).ToDictionary(pair => pair.source, pair => pair.registration, StringComparer.Ordinal);

    public IReadOnlyList<string> Sources => [.. handlers.Keys];

    /// <summary>Does events of one company and source. What cannot be done now waits for its next attempt.</summary>
    public async Task RunAsync(long companyId, string source, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var events = await claims.LoadAsync(companyId, ids, cancellationToken);
        if (events.Count is 0)
            return;
        var outcomes = await HandleAsync(companyId, source, events, cancellationToken);
        await claims.RecordAsync(companyId, [.. events.Zip(outcomes)], clock.GetUtcNow().UtcDateTime, CancellationToken.None);
    }

    private async Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, string source, List<InboundEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var outcomes = await handlers[source].HandleAsync(scope.ServiceProvider, companyId, events, cancellationToken);
            return outcomes.Count == events.Count ? outcomes : throw new InvalidOperationException($"The handler of {source} gave {outcomes.Count} outcomes for {events.Count} events.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, exception, source, events.Count);
            if (events.Count is 1)
                return [AfterFailure(events[0], exception)];
        }

        // One event must not hold up the others: each is tried alone.
        var alone = new List<InboundOutcome>(events.Count);
        foreach (var one in events)
            alone.AddRange(await HandleAsync(companyId, source, [one], cancellationToken));
        return alone;
    }

    private InboundOutcome AfterFailure(InboundEvent failed, Exception exception)
    {
        var reason = $"Something went wrong while this was worked on ({exception.GetType().Name}).";
        var delay = RetrySchedule.DelayAfter(Math.Max(1, failed.Attempts), Random.Shared.NextDouble());
        return delay is { } wait ? InboundOutcome.Later(clock.GetUtcNow().UtcDateTime + wait, reason) : InboundOutcome.Failed(reason + " It was tried several times.");
    }

    [LoggerMessage(LogLevel.Error, "Working on {Count} events of {Source} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string source, int count);
}
