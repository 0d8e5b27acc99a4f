namespace LeadDesk.Live;

public enum LeadEventKind
{
    Created = 0,
    Updated = 1,
    Deleted = 2,
}

/// <summary>One lead changed, or (<see cref="IsReload"/>) anything of the company may have.</summary>
/// <param name="LeadId">0 means: read everything again.</param>
/// <param name="FormerOwnerId">Who owned it before, when the owner changed.</param>
public sealed record LeadEvent(long CompanyId, long LeadId, LeadEventKind Kind, long? OwnerId, long? FormerOwnerId)
{
    public bool IsReload => LeadId is 0;

    /// <summary>Stands for any number of events of a company that were too many or were missed.</summary>
    public static LeadEvent Reload(long companyId) => new(companyId, 0, LeadEventKind.Updated, null, null);
}
