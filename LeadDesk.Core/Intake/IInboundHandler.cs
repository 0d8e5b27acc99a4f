using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake;

/// <summary>
/// Does the stored events of its sources. An event may come again after a crash between the work and its outcome, so the
/// work must be idempotent; a lead made through <see cref="LeadIntake"/> with the event's repeat key is.
/// Each batch gets its own service scope. What throws is tried again later.
/// </summary>
public interface IInboundHandler
{
    /// <summary>Words of <see cref="InboundSources"/>.</summary>
    static abstract IReadOnlyList<string> Sources { get; }

    /// <param name="events">Of one company and one source, claimed for <see cref="InboundClaims.Lease"/>.</param>
    /// <returns>An outcome for each event, in their order.</returns>
    Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, IReadOnlyList<InboundEvent> events, CancellationToken cancellationToken);
}

/// <summary>What became of an event.</summary>
/// <param name="State">Null: the intake has closed the event together with its lead, nothing is left to write.</param>
/// <param name="DueAt">When to try again, UTC; the event goes on waiting.</param>
/// <param name="Reason">For people, in the monitor.</param>
public sealed record InboundOutcome(InboundState? State, long? LeadId, DateTime? DueAt, string? Reason)
{
    /// <summary>The intake closed the event in the lead's transaction.</summary>
    public static InboundOutcome Finished { get; } = new(null, null, null, null);

    /// <summary>Done by other means than a new message: a status, an edit.</summary>
    public static InboundOutcome Done(long? leadId) => new(InboundState.Processed, leadId, null, null);

    /// <summary>Understood, and rightly no lead.</summary>
    public static InboundOutcome Ignored(string reason) => new(InboundState.Ignored, null, null, reason);

    /// <summary>Cannot be done until a person does something.</summary>
    public static InboundOutcome Failed(string reason) => new(InboundState.Failed, null, null, reason);

    public static InboundOutcome Unreadable(string reason) => new(InboundState.Unreadable, null, null, reason);

    /// <summary>Not now: the other side is down or asks to wait.</summary>
    public static InboundOutcome Later(DateTime dueAt, string reason) => new(InboundState.Received, null, dueAt, reason);
}

/// <summary>How events of some sources are done.</summary>
internal sealed record InboundHandlerRegistration(
    IReadOnlyList<string> Sources, Func<IServiceProvider, long, IReadOnlyList<InboundEvent>, CancellationToken, Task<IReadOnlyList<InboundOutcome>>> HandleAsync);

public static class InboundHandlerServices
{
    /// <summary>Has events of <typeparamref name="THandler"/>'s sources done by it.</summary>
    public static IServiceCollection AddInboundHandler<THandler>(this IServiceCollection services)
        where THandler : class, IInboundHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new InboundHandlerRegistration(
            THandler.Sources,
            static (provider, companyId, events, cancellationToken) => provider.GetRequiredService<THandler>().HandleAsync(companyId, events, cancellationToken)));
    }
}
