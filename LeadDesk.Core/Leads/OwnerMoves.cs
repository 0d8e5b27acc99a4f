using LeadDesk.Access;

namespace LeadDesk.Leads;

/// <summary>Giving a lead to somebody, or to nobody.</summary>
internal static class OwnerMoves
{
    /// <returns>Whether it was somebody else's before.</returns>
    public static bool Apply(LeadChange change, DirectoryUser? owner, CompanyUsers people)
    {
        var lead = change.Lead;
        if (lead.OwnerId == owner?.Id)
            return false;
        var before = lead.OwnerId is { } former ? people.Find(former)?.Name : null;
        var reason = $"Assigned by {change.User?.Name}";
        change.Note(TimelineKind.Assigned, reason, before, owner?.Name);
        (lead.OwnerId, lead.AssignedAt, lead.AssignedBecause) = (owner?.Id, owner is null ? null : change.Now, owner is null ? null : reason);
        return true;
    }

    /// <summary>People who can own leads.</summary>
    public static DirectoryUser? Find(CompanyUsers people, long id) => people.Find(id) is { Active: true, Role: not Role.Integration } owner ? owner : null;
}
