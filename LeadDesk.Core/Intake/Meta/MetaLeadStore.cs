using System.Security.Cryptography;
using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Intake.Meta;

/// <summary>What became of a page of leads.</summary>
internal sealed record MetaStored(int New, int Joined, int Repeated, int Bad)
{
    public static MetaStored Nothing { get; } = new(0, 0, 0, 0);
}

/// <summary>Brings leads that were read from Meta through the one door, a page in one shared commit. One that cannot be taken is kept and does not stop the others.</summary>
internal sealed partial class MetaLeadStore(Database database, LeadIntake intake, InboundDoor door, ILogger<MetaLeadStore> logger)
{
    private enum Result
    {
        New,
        Joined,
        Bad,
    }

    /// <param name="readings">Of one page; a lead that stands in it twice counts once.</param>
    /// <param name="formId">For those that do not name theirs.</param>
    /// <exception cref="IntakeOverloadedException">Try again later; what was stored by then is found as repeated.</exception>
    public async Task<MetaStored> StoreAsync(long companyId, IReadOnlyList<MetaReading> readings, string? formId, CancellationToken cancellationToken)
    {
        var distinct = readings.DistinctBy(KeyOf).ToList();
        var known = await KnownAsync(companyId, [.. distinct.Select(KeyOf)], cancellationToken);
        var open = distinct.FindAll(reading => known.GetValueOrDefault(KeyOf(reading)) is not { Done: true });
        var results = await Task.WhenAll(open.Select(reading => StoreAsync(companyId, reading, formId, known.ContainsKey(KeyOf(reading)), cancellationToken)));
        return new MetaStored(
            results.Count(result => result is Result.New),
            results.Count(result => result is Result.Joined),
            readings.Count - open.Count,
            results.Count(result => result is Result.Bad));
    }

    private static string KeyOf(MetaReading reading) =>
        reading.LeadId ?? $"unreadable:{Convert.ToHexStringLower(SHA256.HashData(reading.Raw).AsSpan(0, 16))}";

    private async Task<Dictionary<string, KnownLead>> KnownAsync(long companyId, List<string> keys, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        var rows = await context.InboundEvents.Where(row => row.Source == InboundSources.Meta && keys.Contains(row.RepeatKey!))
            .Select(row => new { row.RepeatKey, row.State, row.LeadId }).ToListAsync(cancellationToken);
        // A push that waits or failed is finished by the lead itself.
        return rows.ToDictionary(row => row.RepeatKey!, row => new KnownLead(row.LeadId is not null || row.State is InboundState.Unreadable), StringComparer.Ordinal);
    }

    private async Task<Result> StoreAsync(long companyId, MetaReading reading, string? formId, bool isKnown, CancellationToken cancellationToken)
    {
        if (reading.Lead is null)
            return await KeepAsync(companyId, reading, formId, InboundState.Unreadable, reading.Problem!);
        try
        {
            // Beside a push the fetched lead is kept too; a polled one is the event itself.
            var lead = isKnown ? reading.Lead with { Fetched = reading.Raw } : reading.Lead;
            var received = await intake.ReceiveAsync(CurrentUser.OfSource(companyId), lead, null, cancellationToken);
            if (!received.Succeeded)
                return await KeepAsync(companyId, reading, formId, InboundState.Failed, received.Refusal.Message);
            return received.Value.Answer is { Duplicate: true } ? Result.Joined : Result.New;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IntakeOverloadedException) && !Database.IsUnavailable(exception))
        {
            LogBad(logger, exception, companyId);
            return await KeepAsync(companyId, reading, formId, InboundState.Failed, $"The lead could not be stored ({exception.GetType().Name}).");
        }
    }

    private async Task<Result> KeepAsync(long companyId, MetaReading reading, string? formId, InboundState state, string reason)
    {
        var unit = new InboundUnit(InboundSources.Meta, KeyOf(reading), reading.Raw)
        {
            Origin = reading.Lead?.Origin ?? formId,
            ExternalId = reading.LeadId,
            OccurredAt = reading.CreatedAt,
            State = state,
            Reason = reason,
        };
        await door.StoreAsync(companyId, [unit]);
        return Result.Bad;
    }

    /// <param name="Done">Is a lead, or can never be one.</param>
    private sealed record KnownLead(bool Done);

    [LoggerMessage(LogLevel.Error, "A lead of Meta for company {CompanyId} could not be stored and is kept as failed.")]
    private static partial void LogBad(ILogger logger, Exception exception, long companyId);
}
