using LeadDesk.Live;

namespace LeadDesk.Web.Live;

/// <summary>
/// What <c>lead_created</c> and <c>lead_updated</c> carry. The lead itself is read through the API, which knows who may see what.
/// <code>{"lead_id":123,"kind":"updated","owner_id":7}</code>
/// </summary>
/// <param name="LeadId">Null with kind <c>reload</c>.</param>
/// <param name="Kind"><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>unassigned</c> (for the former owner) or <c>reload</c>: too much changed to say each, read again.</param>
public sealed record LeadMessage(long? LeadId, string Kind, long? OwnerId)
{
    public const string CreatedMethod = "lead_created";
    public const string UpdatedMethod = "lead_updated";
    public const string StatsMethod = "stats_updated";

    public static LeadMessage Reload { get; } = new(null, "reload", null);

    public static LeadMessage Of(LeadEvent change) => new(
        change.LeadId,
        change.Kind switch { LeadEventKind.Created => "created", LeadEventKind.Deleted => "deleted", _ => "updated" },
        change.OwnerId);

    /// <summary>The lead went to somebody else, which is not the former owner's to know.</summary>
    public static LeadMessage Unassigned(LeadEvent change) => new(change.LeadId, "unassigned", null);

    public static string MethodOf(LeadEvent change) => change.Kind is LeadEventKind.Created ? CreatedMethod : UpdatedMethod;
}
