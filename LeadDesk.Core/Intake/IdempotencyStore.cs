using System.Runtime.InteropServices;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake;

public enum ReservationState
{
    /// <summary>This is the first request with the key: do the work, then remember or release.</summary>
    First,

    /// <summary>The work was done before: give the first answer again.</summary>
    Answered,

    /// <summary>The first request is still being worked on.</summary>
    Running,

    /// <summary>The key was used for another request.</summary>
    Misused,
}

/// <param name="Status">The first answer's status, where there is one.</param>
/// <param name="Response">The first answer, as given to <see cref="IdempotencyStore.RememberAsync"/>.</param>
/// <param name="ReservedAt">Names this reservation: after a take-over the former holder's result no longer counts.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Reservation(ReservationState State, DateTime ReservedAt, int Status = 0, string? Response = null);

/// <summary>
/// First answers by <c>Idempotency-Key</c>, for everything but incoming messages, which carry theirs in their own transaction.
/// The row's primary key decides between requests of the same moment, also on two nodes.
/// </summary>
public sealed class IdempotencyStore(Database database, TimeProvider clock)
{
    /// <summary>After this time a first request is taken for dead, with its process, and the next one does the work.</summary>
    public static readonly TimeSpan TakenOverAfter = TimeSpan.FromSeconds(60);

    /// <summary>How long answers are repeated.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public Task<Reservation> ReserveAsync(long companyId, IdempotencyRequest request, CancellationToken cancellationToken)
    {
        // To the microsecond, as the databases keep it: it must compare equal later.
        var now = clock.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return database.WriteAsync(companyId, async context =>
        {
            var row = await Rows(context, request).FirstOrDefaultAsync(cancellationToken);
            if (row is not null && now - row.CreatedAt < (row.Status is 0 ? TakenOverAfter : KeptFor))
                return Known(row, request);
            if (row is not null && await Rows(context, request).Where(found => found.CreatedAt == row.CreatedAt).ExecuteDeleteAsync(cancellationToken) is 0)
                return new Reservation(ReservationState.Running, now);
            context.ChangeTracker.Clear();
            context.IdempotencyRecords.Add(new IdempotencyRecord { Caller = request.Caller, Key = request.Key, RequestHash = request.RequestHash, CreatedAt = now });
            await context.SaveChangesAsync(cancellationToken);
            return new Reservation(ReservationState.First, now);
        }, cancellationToken);
    }

    /// <summary>Keeps the answer for whoever repeats the request.</summary>
    public Task RememberAsync(long companyId, IdempotencyRequest request, Reservation reservation, int status, string response, CancellationToken cancellationToken) =>
        database.WriteAsync(
            companyId,
            context => Held(context, request, reservation)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status).SetProperty(row => row.Response, response), cancellationToken),
            cancellationToken);

    /// <summary>The work failed: the next request with the key does it anew.</summary>
    public Task ReleaseAsync(long companyId, IdempotencyRequest request, Reservation reservation, CancellationToken cancellationToken) =>
        database.WriteAsync(companyId, context => Held(context, request, reservation).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private static Reservation Known(IdempotencyRecord row, IdempotencyRequest request)
    {
        if (row.RequestHash != request.RequestHash)
            return new Reservation(ReservationState.Misused, row.CreatedAt);
        return row.Status is 0
            ? new Reservation(ReservationState.Running, row.CreatedAt)
            : new Reservation(ReservationState.Answered, row.CreatedAt, row.Status, row.Response);
    }

    private static IQueryable<IdempotencyRecord> Rows(AppDbContext context, IdempotencyRequest request) =>
        context.IdempotencyRecords.Where(row => row.Caller == request.Caller && row.Key == request.Key);

    private static IQueryable<IdempotencyRecord> Held(AppDbContext context, IdempotencyRequest request, Reservation reservation) =>
        Rows(context, request).Where(row => row.Status == 0 && row.CreatedAt == reservation.ReservedAt);
}
