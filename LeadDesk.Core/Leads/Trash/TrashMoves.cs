using LeadDesk.Common;

namespace LeadDesk.Leads.Trash;

/// <summary>Into the trash, and out of it again.</summary>
internal static class TrashMoves
{
    public static void Delete(LeadChange change, string? reason)
    {
        change.Note(TimelineKind.Deleted, reason);
        (change.Lead.DeletedAt, change.Lead.DeletedById, change.Lead.DeletedBecause) = (change.Now, change.User?.UserId, reason);
    }

    /// <summary>A lead that is not in the trash stays as it is.</summary>
    public static Refusal? Restore(LeadChange change)
    {
        if (change.Lead.MergedIntoId is { } into)
            return LeadRefusals.WasMerged(into);
        if (change.Lead.DeletedAt is null)
            return null;
        change.Note(TimelineKind.Restored);
        (change.Lead.DeletedAt, change.Lead.DeletedById, change.Lead.DeletedBecause) = (null, null, null);
        return null;
    }
}
