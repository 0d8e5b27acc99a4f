using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Live;

namespace LeadDesk.Leads;

/// <param name="Restored">How many leads are again as they were.</param>
/// <param name="NotRestored">Those that were left as they are, with the reason; of very many the first thousand.</param>
/// <param name="BulkId">The change that is being taken back in steps; null when everything is done.</param>
public sealed record UndoResult(int Restored, IReadOnlyList<UndoLeft> NotRestored, long? BulkId = null);

/// <summary>A lead that an undo left as it is.</summary>
/// <param name="Reason">In a sentence.</param>
public sealed record UndoLeft(long LeadId, string Name, string Reason);

/// <summary>How one kind of change is taken back.</summary>
internal interface IUndo
{
    UndoKind Kind { get; }

    /// <summary>
    /// Takes it back in the caller's transaction, which may run again after a lost race. Who asks may do so; that it is the first
    /// time is checked. A refusal writes nothing.
    /// </summary>
    /// <param name="events">Gets what the live feed tells after the commit.</param>
    Task<Outcome<UndoResult>> UndoAsync(AppDbContext context, CurrentUser user, long subjectId, List<LeadEvent> events, CancellationToken cancellationToken);
}
