using System.Text.Json;

namespace LeadDesk.Live;

/// <summary>
/// Events on their way to other nodes, in PostgreSQL's notices of at most 8,000 bytes.
/// <code>{"n":"5f0c21d9","e":[[12,34567,0,5,null],[12,34560,1,5,7]]}</code>
/// n: the sending node; e: company, lead, kind, owner, former owner.
/// </summary>
internal static class LiveNotice
{
    public const string Channel = "leaddesk_live";

    /// <summary>Five numbers take at most 84 characters with their commas, so that a notice stays below 7,000 bytes.</summary>
    private const int EventsPerNotice = 80;

    public static IEnumerable<string> Write(string node, IEnumerable<LeadEvent> events) =>
        events.Chunk(EventsPerNotice).Select(chunk => JsonSerializer.Serialize(new Notice(node, [.. chunk.Select(Row)])));

    /// <returns>Null for this node's own notices, and for what a later version may send and this one cannot read.</returns>
    public static IReadOnlyList<LeadEvent>? Read(string payload, string ownNode)
    {
        try
        {
            return JsonSerializer.Deserialize<Notice>(payload) is { n: { } node, e: { } rows } && node != ownNode ? [.. rows.SelectMany(Event)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<LeadEvent> Event(long?[]? row) =>
        row is [{ } company, { } lead, { } kind, var owner, var former] ? [new LeadEvent(company, lead, (LeadEventKind)kind, owner, former)] : [];

    private static long?[] Row(LeadEvent change) => [change.CompanyId, change.LeadId, (long)change.Kind, change.OwnerId, change.FormerOwnerId];

#pragma warning disable IDE1006 // One-letter names on the wire.
    private sealed record Notice(string? n, long?[]?[]? e);
#pragma warning restore IDE1006
}
