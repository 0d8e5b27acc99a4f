using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Live;

/// <summary>
/// Events and signals on their way to other nodes, in PostgreSQL's notices of at most 8,000 bytes.
/// <code>{"n":"5f0c21d9","e":[[12,34567,0,5,null],[12,34560,1,5,7]]}
/// {"n":"5f0c21d9","s":[[12,2,5,34567,8812]]}</code>
/// n: the sending node; e: company, lead, kind, owner, former owner; s: company, kind, user, lead, session.
/// </summary>
internal static class LiveNotice
{
    public const string Channel = "leaddesk_live";

    /// <summary>Five numbers take at most 84 characters with their commas, so that a notice stays below 7,000 bytes.</summary>
    private const int RowsPerNotice = 80;

    public static IEnumerable<string> Write(string node, IEnumerable<LeadEvent> events) =>
        events.Chunk(RowsPerNotice).Select(chunk => JsonSerializer.Serialize(new Notice(node, [.. chunk.Select(Row)], null)));

    public static IEnumerable<string> Write(string node, IEnumerable<LiveSignal> signals) =>
        signals.Chunk(RowsPerNotice).Select(chunk => JsonSerializer.Serialize(new Notice(node, null, [.. chunk.Select(Row)])));

    /// <returns>Nothing of this node's own notices, and nothing of what a later version may send and this one cannot read.</returns>
    public static (IReadOnlyList<LeadEvent> Events, IReadOnlyList<LiveSignal> Signals) Read(string payload, string ownNode)
    {
        try
        {
            return JsonSerializer.Deserialize<Notice>(payload) is { n: { } node } notice && node != ownNode
                ? ([.. (notice.e ?? []).SelectMany(Event)], [.. (notice.s ?? []).SelectMany(Signal)])
                : ([], []);
        }
        catch (JsonException)
        {
            return ([], []);
        }
    }

    private static IEnumerable<LeadEvent> Event(long?[]? row) =>
        row is [{ } company, { } lead, { } kind, var owner, var former] ? [new LeadEvent(company, lead, (LeadEventKind)kind, owner, former)] : [];

    private static IEnumerable<LiveSignal> Signal(long?[]? row) =>
        row is [{ } company, { } kind, { } user, { } lead, { } session] ? [new LiveSignal(company, (LiveSignalKind)kind, user, lead, session)] : [];

    private static long?[] Row(LeadEvent change) => [change.CompanyId, change.LeadId, (long)change.Kind, change.OwnerId, change.FormerOwnerId];

    private static long?[] Row(LiveSignal signal) => [signal.CompanyId, (long)signal.Kind, signal.UserId, signal.LeadId, signal.Session];

#pragma warning disable IDE1006 // One-letter names on the wire.
    private sealed record Notice(
        string? n,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long?[]?[]? e,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long?[]?[]? s);
#pragma warning restore IDE1006
}
