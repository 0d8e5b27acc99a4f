using System.Diagnostics.Metrics;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>What comes in, in numbers for the monitoring: the meter "LeadDesk". Words of ours only, never a caller's.</summary>
public static class IntakeMeter
{
    /// <summary>The signature does not fit the body.</summary>
    public const string WrongSignature = "signature";

    /// <summary>No form, mailbox or account has this key or address.</summary>
    public const string UnknownKey = "unknown_key";

    /// <summary>The handshake's verify token is another.</summary>
    public const string WrongToken = "verify_token";

    /// <summary>The body is nothing that this address takes.</summary>
    public const string WrongBody = "body";

    /// <summary>The body is larger than is taken.</summary>
    public const string TooLarge = "too_large";

    private const string Later = "later";

    private static readonly Meter s_meter = new("LeadDesk");

    private static readonly Counter<long> s_events = s_meter.CreateCounter<long>(
        "leaddesk.inbound.events", description: "Inbound events by source and by what became of them: received (repeats too), processed, ignored, unreadable, failed, or later for one more attempt.");

    private static readonly Counter<long> s_rejected = s_meter.CreateCounter<long>(
        "leaddesk.inbound.rejected", description: "Requests from sources that were refused and not stored, by source and reason.");

    /// <summary>A request of a source was refused and nothing of it stored.</summary>
    /// <param name="source">One of <see cref="InboundSources"/>.</param>
    /// <param name="reason">One of the words of this class.</param>
    public static void Rejected(string source, string reason) => s_rejected.Add(1, new("source", source), new("reason", reason));

    internal static void Became(string source, InboundState state) => Count(source, WordOf(state));

    /// <summary>An attempt ended without a result; the event goes on waiting.</summary>
    internal static void Delayed(string source) => Count(source, Later);

    private static void Count(string source, string state) => s_events.Add(1, new("source", source), new("state", state));

    private static string WordOf(InboundState state) => state switch
    {
        InboundState.Received => "received",
        InboundState.Processed => "processed",
        InboundState.Failed => "failed",
        InboundState.Ignored => "ignored",
        _ => "unreadable",
    };
}

/// <summary>How many events of all companies wait, as a gauge. Counted when the monitoring asks, at most every five seconds.</summary>
public sealed class InboundWaitingGauge : IDisposable
{
    private const int MostCounted = 100_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Meter meter = new("LeadDesk");
    private readonly ShortLivedCache<bool, int> counts;
    private int? waiting;

    public InboundWaitingGauge(Database database, TimeProvider clock)
    {
        counts = new(Fresh, 1, clock, async _ =>
        {
            await using var context = database.Open(CompanyScope.Installation);
            return await InboundEventTimes.OfAllCompanies(context).Where(row => row.State == InboundState.Received).Take(MostCounted).CountAsync();
        });
        meter.CreateObservableGauge("leaddesk.inbound.waiting", () => waiting is { } count ? [new Measurement<int>(count)] : Array.Empty<Measurement<int>>(), description: "Inbound events that wait or are worked on, up to 100,000.");
    }

    /// <summary>Call before the gauge is read. While the database is away the gauge is missing, and the other numbers stay.</summary>
    public async Task RefreshAsync()
    {
        try
        {
            waiting = await counts.GetAsync(true);
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            waiting = null;
        }
    }

    public void Dispose() => meter.Dispose();
}
