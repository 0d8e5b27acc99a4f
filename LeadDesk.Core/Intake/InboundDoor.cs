using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake;

/// <summary>
/// Where senders that do not wait for a lead put their bodies: stored as they came, answered, worked on right behind.
/// Nothing that was answered with 2xx can be lost, whatever dies next.
/// </summary>
public sealed class InboundDoor
{
    /// <summary>How long a request works on its own event before any runner may.</summary>
    private static readonly TimeSpan OwnTime = TimeSpan.FromSeconds(30);

    private readonly Database database;
    private readonly LeadIntake intake;
    private readonly InboundRunner runner;
    private readonly InboundSignal signal;
    private readonly TimeProvider clock;

    internal InboundDoor(Database database, LeadIntake intake, InboundRunner runner, InboundSignal signal, TimeProvider clock) =>
        (this.database, this.intake, this.runner, this.signal, this.clock) = (database, intake, runner, signal, clock);

    /// <summary>Stores the units of a body, durable when this returns. Units that are here already are not stored again.</summary>
    /// <exception cref="IntakeOverloadedException">Try again later; nothing was stored.</exception>
    public async Task StoreAsync(long companyId, IReadOnlyList<InboundUnit> units)
    {
        var now = Now();
        await intake.StoreRawAsync([.. units.Select(unit => Row(companyId, unit, now, now))]);
        signal.Wake();
    }

    /// <summary>
    /// Stores one unit and works on it before returning, for senders that look at once. What cannot be worked on now is
    /// stored all the same and tried again.
    /// </summary>
    /// <returns>The event as it stands then.</returns>
    /// <exception cref="IntakeOverloadedException">Try again later; nothing was stored.</exception>
    public async Task<InboundEvent> StoreAndProcessAsync(long companyId, InboundUnit unit, CancellationToken cancellationToken)
    {
        var now = Now();
        await intake.StoreRawAsync([Row(companyId, unit, now, now + OwnTime)]);
        var stored = await FindAsync(companyId, unit);
        if (stored.State is not InboundState.Received || stored.ReceivedAt != now)
            return stored;
        await runner.RunAsync(companyId, unit.Source, [stored.Id], cancellationToken);
        return await FindAsync(companyId, unit);
    }

    /// <summary>In whole microseconds, as databases keep it.</summary>
    private DateTime Now()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static InboundEvent Row(long companyId, InboundUnit unit, DateTime now, DateTime dueAt) => new()
    {
        CompanyId = companyId,
        Source = unit.Source,
        Origin = unit.Origin,
        ExternalId = unit.ExternalId,
        RepeatKey = unit.RepeatKey,
        Raw = unit.Raw,
        ContentType = unit.ContentType,
        State = unit.State,
        OccurredAt = unit.OccurredAt,
        ReceivedAt = now,
        DueAt = unit.State is InboundState.Received ? dueAt : null,
        ProcessedAt = unit.State is InboundState.Received ? null : now,
        Error = unit.Reason,
    };

    private async Task<InboundEvent> FindAsync(long companyId, InboundUnit unit)
    {
        await using var context = database.Open(companyId);
        return await context.InboundEvents.FirstAsync(row => row.Source == unit.Source && row.RepeatKey == unit.RepeatKey);
    }
}
